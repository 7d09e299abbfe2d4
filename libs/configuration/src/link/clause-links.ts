import { pointerPart } from '../json-text.js';
import type { JsonFile } from '../read-json-files.js';
import { type LinkContext, missingSentence, reportElement, reportMissing, reportPlace } from './link-context.js';

const file = 'workflows/clauses.json';
const what = ['the clause', '条款'] as const;

interface ClauseGroup {
  readonly title: string;
  readonly ids: readonly string[];
}

/** Clauses that files cite, and where. */
interface Cited {
  readonly text: string;
  readonly place: string;
}

/** Where a list of clauses is kept, all that cites one has to cite one of them: a mistyped one would prove nothing. */
export function linkClauses(context: LinkContext): void {
  const listed = context.json.get(file)?.json.value as readonly ClauseGroup[] | undefined;
  if (!listed) return;
  refuseTwice(context, listed);
  const known = listed.flatMap(({ ids }) => ids).toSorted((one, other) => other.length - one.length);
  for (const one of context.json.values())
    for (const { text, place } of citedIn(one))
      for (const id of unknownIn(text, known)) reportMissing(context, one.path, place, { what, id, known });
  for (const process of context.set.processes)
    for (const element of process.definition.elements) {
      const properties = element.type === 'process' ? process.definition.properties : element.properties;
      for (const id of unknownIn(properties['ct.clauses'] ?? '', known))
        reportElement(context, process, element, {
          code: 'link.unknownReference',
          text: missingSentence({ what, id, known }),
        });
    }
}

function refuseTwice(context: LinkContext, listed: readonly ClauseGroup[]): void {
  const seen = new Set<string>();
  listed.forEach(({ ids }, group) =>
    ids.forEach((id, index) => {
      if (seen.has(id))
        reportPlace(context, file, `/${group}/ids/${index}`, {
          code: 'settings.clause',
          text: [`Expected the clause "${id}" once but found it twice.`, `条款“${id}”重复。`],
        });
      seen.add(id);
    }),
  );
}

/** Forms and scenarios cite at their head alone: below stand fields and values, as in variables, which may bear the same name. */
function citedIn({ schema, json }: JsonFile): readonly Cited[] {
  const { value } = json;
  if (schema === 'clauses') return [];
  if (schema === 'form') return ofKeys(value, '');
  if (schema === 'scenarios')
    return (value as readonly unknown[]).flatMap((scenario, index) => ofKeys(scenario, `/${index}`));
  return below(value, '');
}

function below(value: unknown, place: string): readonly Cited[] {
  if (typeof value !== 'object' || value === null) return [];
  const deeper = Object.entries(value).flatMap(([key, inner]) =>
    key === 'variables' ? [] : below(inner, `${place}/${pointerPart(key)}`),
  );
  return [...ofKeys(value, place), ...deeper];
}

function ofKeys(value: unknown, place: string): readonly Cited[] {
  const { clause, clauses } = value as { readonly clause?: unknown; readonly clauses?: unknown };
  const list = Array.isArray(clauses) ? (clauses as readonly unknown[]) : [];
  return [
    ...(typeof clause === 'string' ? [{ text: clause, place: `${place}/clause` }] : []),
    ...list.flatMap((text, index) => (typeof text === 'string' ? [{ text, place: `${place}/clauses/${index}` }] : [])),
  ];
}

const SEPARATORS = /^[\s;；、,，]+/;

/** What a text cites beside the known clauses, the longest of which come first; a clause may have a space inside. */
function unknownIn(text: string, known: readonly string[]): readonly string[] {
  const unknown: string[] = [];
  let rest = text.replace(SEPARATORS, '');
  let passed = '';
  const take = () => {
    if (passed !== '') unknown.push(passed.trim());
    passed = '';
  };
  while (rest !== '') {
    const found = known.find((id) => rest.startsWith(id) && isOver(rest.slice(id.length)));
    if (found !== undefined) take();
    const word = found ?? /^[^\s;；、,，]+/.exec(rest)?.[0] ?? rest;
    const after = rest.slice(word.length);
    const between = SEPARATORS.exec(after)?.[0] ?? '';
    if (found === undefined) passed += `${word} `;
    if (/[;；、,，]/.test(between)) take();
    rest = after.slice(between.length);
  }
  take();
  return unknown;
}

const isOver = (rest: string): boolean => rest === '' || SEPARATORS.test(rest);
