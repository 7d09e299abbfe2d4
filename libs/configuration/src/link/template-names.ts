import type { NamedAt, TemplateNames } from '#documents';
import { type LinkContext, missingSentence, type Sentence } from './link-context.js';

/** What a template may name. */
export interface KnownNames {
  readonly variables: ReadonlySet<string>;
  /** Groups that the platform gives, with all their members. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
}

/** Each name that a template prints and nothing gives: it would print as a blank, an unknown dictionary as its raw value. */
export function unknownNames(
  { set }: LinkContext,
  { reads, dictionaries, dictionaryParameters }: TemplateNames,
  known: KnownNames,
): readonly { readonly line: number; readonly text: Sentence }[] {
  const variables = [...known.variables, ...Object.keys(known.groups)];
  return [
    ...reads.flatMap(({ path, line }) => {
      const text = unknownRead(path, variables, known.groups);
      return text ? [{ line, text }] : [];
    }),
    ...[...dictionaries, ...dictionaryParameters.flatMap((one) => chosenBy(set.parameters, one))]
      .filter(({ id }) => !Object.hasOwn(set.dictionaries, id))
      .map(({ id, line }) => {
        const what: Sentence = ['the dictionary', '字典'];
        return { line, text: missingSentence({ what, id, known: Object.keys(set.dictionaries) }) };
      }),
  ];
}

/** The dictionaries that a parameter may name; a missing parameter is told as what the template reads. */
function chosenBy(parameters: LinkContext['set']['parameters'], { id, line }: NamedAt): readonly NamedAt[] {
  const parameter = Object.hasOwn(parameters, id) ? parameters[id] : undefined;
  return (parameter?.choices ?? (parameter ? [parameter.value] : [])).map((choice) => ({ id: String(choice), line }));
}

function unknownRead(
  [name = '', member]: readonly string[],
  variables: readonly string[],
  groups: KnownNames['groups'],
): Sentence | undefined {
  if (!variables.includes(name)) return missingSentence({ what: ['the variable', '变量'], id: name, known: variables });
  const members = Object.hasOwn(groups, name) ? groups[name] : undefined;
  if (!members || member === undefined || members.includes(member)) return undefined;
  return missingSentence({ what: [`in "${name}" the name`, `“${name}”里的名称`], id: member, known: members });
}
