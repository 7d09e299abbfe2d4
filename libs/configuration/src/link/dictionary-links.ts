import { textsCompared, textsGiven, type CompiledExpression } from '#feel';
import type { FormFile } from '#forms';
import { formPath } from '../configuration-set.js';
import { leavesOf, schemasOf, type FormLeaf } from '../form-fields.js';
import { pointerPart } from '../json-text.js';
import { assignmentsOf, variablesRead } from './expressions.js';
import { lineOfId, type LinkContext, reportPlace, type Sentence } from './link-context.js';

const file = 'workflows/dictionaries.json';

/** Checks that each dictionary has values, each once, and that decisions and forms ask for values that it has. */
export function linkDictionaries(context: LinkContext): void {
  for (const [id, entries] of Object.entries(context.set.dictionaries)) {
    const place = `/${pointerPart(id)}`;
    const refuse = (at: string, text: Sentence) =>
      reportPlace(context, file, at, { code: 'settings.dictionary', text });
    if (entries.length === 0)
      refuse(place, [
        `Expected at least one value in the dictionary "${id}": a field with it could not be filled.`,
        `字典“${id}”没有任何值，用它的字段无法填写。`,
      ]);
    const values = entries.map(({ value }) => value);
    values.forEach((value, index) => {
      if (values.indexOf(value) !== index)
        refuse(`${place}/${index}/value`, [
          `Expected the value "${value}" once in the dictionary "${id}" but found it twice.`,
          `字典“${id}”的值“${value}”重复。`,
        ]);
    });
  }
  if (context.broken.has('form') || context.broken.has('process')) return;
  linkDecisions(context);
  linkForms(context);
}

type Values = ReadonlySet<unknown>;

const dictionaryOf = ({ schema }: FormLeaf): string | undefined =>
  (schema['x-dictionary'] ?? schema.items?.['x-dictionary']) as string | undefined;

/** Top-level fields of a form that choose from a dictionary, with its values. */
function choicesOf(context: LinkContext, form: FormFile): ReadonlyMap<string, Values> {
  const leaves = leavesOf(form).filter(({ field, place }) => isTop(field, place));
  return new Map(
    leaves.flatMap((leaf) => {
      const entries = context.set.dictionaries[dictionaryOf(leaf) ?? ''];
      return entries ? [[leaf.field, new Set(entries.map(({ value }) => value))] as const] : [];
    }),
  );
}

const isTop = (field: string, place: string): boolean =>
  [`/schema/properties/${pointerPart(field)}`, `/schema/properties/${pointerPart(field)}/items`].includes(place);

/** What a variable may hold: what forms choose for it and mappings write out; undefined where something else gives it too. */
type ValuesOf = (variable: string) => Values | undefined;

/** Forms and mappings are looked through once for all variables. */
function valuesIn(context: LinkContext): ValuesOf {
  const chosen = choicesByVariable(context);
  const written = assignmentsByVariable(context);
  return (variable) => {
    const all = [
      ...(chosen.get(variable) ?? []),
      ...(written.get(variable) ?? []).map((expression) => writtenOut(expression, variable)),
    ];
    if (!chosen.has(variable) || all.includes(undefined)) return undefined;
    return new Set(all.flatMap((values) => [...(values ?? [])]));
  };
}

/** One entry for each form that has the variable: undefined where it does not choose from a dictionary. */
function choicesByVariable(context: LinkContext): ReadonlyMap<string, readonly (Values | undefined)[]> {
  const found = new Map<string, (Values | undefined)[]>();
  for (const form of context.set.forms.values()) {
    const chosen = choicesOf(context, form);
    for (const variable of Object.keys(form.schema.properties ?? {})) push(found, variable, chosen.get(variable));
  }
  return found;
}

function assignmentsByVariable(context: LinkContext): ReadonlyMap<string, readonly CompiledExpression[]> {
  const found = new Map<string, CompiledExpression[]>();
  for (const { definition } of context.set.processes)
    for (const { variable, expression } of assignmentsOf(definition)) push(found, variable, expression);
  return found;
}

function push<T>(lists: Map<string, T[]>, name: string, entry: T): void {
  const list = lists.get(name);
  if (list) list.push(entry);
  else lists.set(name, [entry]);
}

/** Texts that an expression gives, if it gives nothing else but the variable itself. */
function writtenOut({ source, isStatic, reads }: CompiledExpression, variable: string): Values | undefined {
  if (isStatic) return new Set([source]);
  return reads.every((read) => read === variable) ? new Set(textsGiven(source).map(({ text }) => text)) : undefined;
}

/** What an input of a decision may be asked, from every step that calls it. */
function valuesAsked(
  context: LinkContext,
  valuesOf: ValuesOf,
  { decisionId, input }: { readonly decisionId: string; readonly input: string },
): Values | undefined {
  const callers = context.set.processes
    .flatMap(({ definition }) => definition.elements)
    .filter(({ calledDecision }) => calledDecision?.decisionId === decisionId);
  const asked = callers.map(({ inputMappings }) => {
    const source = inputMappings.find(({ target }) => target === input)?.source;
    if (!source) return valuesOf(input);
    const [read = input, ...others] = variablesRead(source);
    const values = others.length === 0 ? valuesOf(read) : undefined;
    const written = writtenOut(source, read);
    return values && written && new Set([...values, ...written]);
  });
  if (asked.length === 0 || asked.includes(undefined)) return undefined;
  return new Set(asked.flatMap((values) => [...(values ?? [])]));
}

const sentence = (field: string, text: string): Sentence => [
  `Nobody can choose "${text}" for "${field}": no dictionary of its fields has that value.`,
  `“${field}”不会是“${text}”：字典里没有这个值。`,
];

function linkDecisions(context: LinkContext): void {
  const valuesOf = valuesIn(context);
  for (const { id, path, xml, decision } of context.set.decisions) {
    const { inputs = [], rules = [] } = decision.table ?? {};
    inputs.forEach(({ expression }, index) => {
      const input = expression.trim();
      const values = valuesAsked(context, valuesOf, { decisionId: id, input });
      if (!values) return;
      for (const { ruleId, inputEntries } of rules)
        for (const [, text = ''] of (inputEntries[index] ?? '').matchAll(/"([^"\\]*)"/g)) {
          if (values.has(text)) continue;
          const [message, messageZh] = sentence(input, text);
          const line = lineOfId(xml, ruleId);
          const at = { file: path, elementId: ruleId, ...(line !== undefined && { line }) };
          context.report({ severity: 'warning', code: 'link.unknownValue', ...at, message, messageZh });
        }
    });
  }
}

/** Rules of a form that compare one of its own fields; inside of a list, names are those of its entries. */
function linkForms(context: LinkContext): void {
  for (const form of context.set.forms.values()) {
    const chosen = choicesOf(context, form);
    for (const { place, schema } of schemasOf(form).filter((one) => !one.place.includes('/items')))
      for (const [key, rule] of Object.entries(schema)) {
        if (typeof rule !== 'string' || !key.startsWith('x-') || !rule.startsWith('=')) continue;
        for (const { name, text } of textsCompared(rule))
          if (chosen.get(name)?.has(text) === false)
            reportPlace(context, formPath(form.id), `${place}/${key}`, {
              code: 'link.unknownValue',
              severity: 'warning',
              text: sentence(name, text),
            });
      }
  }
}
