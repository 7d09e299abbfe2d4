import type { LinkContext, Sentence } from './link-context.js';

interface ArgumentRule {
  readonly pattern: RegExp;
  readonly what: Sentence;
  known(context: LinkContext): readonly string[];
}

const argumentRules: readonly ArgumentRule[] = [
  {
    pattern: /\bparameter\(\s*"([^"]*)"\s*\)/g,
    what: ['the parameter', '参数'],
    known: ({ set }) => Object.keys(set.parameters),
  },
  {
    pattern: /\b(?:unit name|parent unit|sub units)\(\s*"([^"]*)"\s*\)/g,
    what: ['the unit', '单位'],
    known: ({ set }) => set.organization.units.map(({ id }) => id),
  },
  {
    pattern: /\b(?:portfolio|deputy) (?:post|group)\(\s*"([^"]*)"/g,
    what: ['the field of a portfolio', '分管领域'],
    known: ({ set }) => [...new Set(set.portfolios.map(({ field }) => field))],
  },
  {
    pattern: /\bdictionary label\(\s*"([^"]*)"/g,
    what: ['the dictionary', '字典'],
    known: ({ set }) => Object.keys(set.dictionaries),
  },
];

/** What an expression hands by name to a function of the configuration without it being there. */
export function unknownArguments(
  context: LinkContext,
  source: string,
): readonly { readonly id: string; readonly what: Sentence; readonly known: readonly string[] }[] {
  return argumentRules.flatMap((rule) => {
    const named = [...source.matchAll(rule.pattern)].map((match) => match[1] ?? '');
    if (named.length === 0) return [];
    const known = rule.known(context);
    return named.filter((id) => !known.includes(id)).map((id) => ({ id, what: rule.what, known }));
  });
}
