import type { ModuleDeclaration } from 'didi';

export type Words = Readonly<Record<string, string>>;

/** The translate service of diagram-js: looks the sentence up, then fills `{name}` in; unknown sentences stay. */
export function translateModule(words: Words): ModuleDeclaration {
  return { translate: ['value', translator(words)] };
}

/** "User Task" in a heading and "User task" in a menu are the same word. */
export function translator(words: Words): (template: string, replacements?: Record<string, string>) => string {
  const loose = new Map(Object.entries(words).map(([template, word]) => [looseKey(template), word]));
  return (template, replacements = {}) =>
    (words[template] ?? loose.get(looseKey(template)) ?? template).replace(
      /{([^}]+)}/g,
      (whole, name: string) => replacements[name] ?? whole,
    );
}

function looseKey(template: string): string {
  return template.toLowerCase().replaceAll('-', ' ');
}
