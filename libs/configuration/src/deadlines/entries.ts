import { pointerPart } from '../json-text.js';
import type { JsonFile } from '../read-json-files.js';
import { compileFormulas, type Formulas, type PlacedFormula } from '../ledgers/entries.js';
import type { DeadlineDeclaration, DeadlineMark } from './declarations.js';

export const deadlinesPath = 'workflows/deadlines.json';

/** A declared deadline, its formulas by the JSON pointer in the file. */
export interface DeadlineEntry {
  readonly kind: 'deadline';
  readonly path: string;
  /** JSON pointer of the declaration. */
  readonly place: string;
  readonly declaration: DeadlineDeclaration;
  readonly formulas: Formulas;
}

/** Gathers the declarations; their faults are the linker's to name. */
export function readDeadlines(json: ReadonlyMap<string, JsonFile>): readonly DeadlineEntry[] {
  const declarations = (json.get(deadlinesPath)?.json.value ?? []) as readonly DeadlineDeclaration[];
  return declarations.map((declaration, index) => {
    const place = `/${index}`;
    const formulas = compileFormulas(deadlineFormulas(declaration, place));
    return { kind: 'deadline', path: deadlinesPath, place, declaration, formulas };
  });
}

const SUBJECT = ['each', 'key', 'when', 'from', 'until', 'unit'] as const;

/** Every formula of a declaration. */
export function deadlineFormulas(declaration: DeadlineDeclaration, place: string): readonly PlacedFormula[] {
  const { of, period, due, marks = [] } = declaration;
  return [
    ...SUBJECT.flatMap((name) => formula(`${place}/of/${name}`, of[name])),
    ...formula(`${place}/period`, period),
    ...formula(`${place}/due`, due),
    ...marks.flatMap((mark, index) => actFormulas(mark, `${place}/marks/${index}/do`)),
  ];
}

function actFormulas({ do: act }: DeadlineMark, place: string): readonly PlacedFormula[] {
  const { notify, message, start } = act;
  return [
    ...(notify ? [...formula(`${place}/notify/to`, notify.to), ...formula(`${place}/notify/text`, notify.text)] : []),
    ...(message ? formula(`${place}/message/correlationKey`, message.correlationKey) : []),
    ...variableFormulas(message?.variables, `${place}/message/variables`),
    ...variableFormulas(start?.variables, `${place}/start/variables`),
  ];
}

const variableFormulas = (variables: Readonly<Record<string, unknown>> = {}, place: string): readonly PlacedFormula[] =>
  Object.entries(variables).flatMap(([name, source]) => formula(`${place}/${pointerPart(name)}`, source));

const formula = (place: string, source: unknown): readonly PlacedFormula[] =>
  typeof source === 'string' && source.startsWith('=') ? [{ place, source }] : [];
