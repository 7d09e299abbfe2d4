import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One clause of the rules that the shipped configuration carries out (`docs/regulation-clauses.json`). */
export interface Clause {
  readonly id: string;
  readonly says: string;
  /** What it asks for, such as `PRO` (process) or `POL` (text without automation). */
  readonly kinds: readonly string[];
  /** Of a clause of kind `TRA`, which is not carried out as it stands: what is done instead. */
  readonly instead?: string;
}

/** A place in the configuration that names a clause. */
export interface Mark {
  readonly clause: string;
  /** The file below the configuration folder; of a scenario with its name behind `#`. */
  readonly place: string;
  readonly isScenario: boolean;
}

/** Another law may be an ordinance too (工伤保险条例): only the one that is cited by this word alone counts. */
const CLAUSE = /((?<!\p{Script=Han})条例 ?\d+|[二三四五六七八]-\d+(?:\([一二三四五六七八九]\))*)/gu;
/** `六-5(二)(三)` in short for two clauses. */
const PARTS = /\([一二三四五六七八九]\)/g;

export const readClauses = (): readonly Clause[] =>
  JSON.parse(readFileSync('docs/regulation-clauses.json', 'utf8')) as Clause[];

/** Clauses that are not carried out as they stand, of which nobody wrote what is done instead; and the other way round. */
export const unreplaced = (clauses: readonly Clause[]): readonly string[] =>
  clauses.filter(({ kinds, instead }) => kinds.includes('TRA') !== Boolean(instead)).map(({ id }) => id);

/** All marks of the files below `workflows/` and `forms/`. */
export function readMarks(): readonly Mark[] {
  return ['workflows', 'forms'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .sort()
      .flatMap((file) => marksOf(join(folder, file))),
  );
}

function marksOf(path: string): readonly Mark[] {
  if (path.endsWith('.scenarios.json')) return scenarioMarks(path);
  if (path.endsWith('.bpmn')) return markAll(path, matches(path, /name="ct\.clauses" value="([^"]*)"/g));
  if (path.endsWith('.dmn'))
    return markAll(path, matches(path, /<annotationEntry>\s*<text>([^<]*)|<description>([^<]*)/g));
  if (path.endsWith('.json')) return markAll(path, declared(JSON.parse(readFileSync(path, 'utf8'))));
  return [];
}

function scenarioMarks(path: string): readonly Mark[] {
  const scenarios = JSON.parse(readFileSync(path, 'utf8')) as { name: string; clauses?: string[] }[];
  return scenarios.flatMap(({ name, clauses = [] }) =>
    idsIn(clauses.join(' ')).map((clause) => ({ clause, place: `${path}#${name}`, isScenario: true })),
  );
}

const markAll = (place: string, texts: readonly string[]): readonly Mark[] =>
  [...new Set(texts.flatMap(idsIn))].map((clause) => ({ clause, place, isScenario: false }));

const matches = (path: string, pattern: RegExp): readonly string[] =>
  [...readFileSync(path, 'utf8').matchAll(pattern)].map((match) => match[1] ?? match[2] ?? '');

/** Values of the keys `clause` and `clauses`, however deep they stand. */
function declared(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const isMark = key === 'clause' || key === 'clauses';
    return isMark ? [inner].flat().filter((one) => typeof one === 'string') : declared(inner);
  });
}

function idsIn(text: string): readonly string[] {
  return (text.match(CLAUSE) ?? []).flatMap((found) => {
    const parts = found.match(PARTS) ?? [];
    const bare = found.replace(PARTS, '');
    return parts.length > 0 ? parts.map((part) => bare + part) : [bare.replace(/^条例 ?/, '条例 ')];
  });
}

/** The document of which clause is carried out by which file and proven by which scenario; ends with a line break. */
export function traceDocument(clauses: readonly Clause[], marks: readonly Mark[]): string {
  const rows = clauses.map((clause) => row(clause, marks));
  const cited = articles(marks).map((id) => row({ id, says: 'article that is cited', kinds: [] }, marks));
  const open = [...rows, ...cited].filter(({ state }) => state === 'open' || state === 'no scenario');
  return [
    '# Which clause stands where',
    '',
    'Written by `npm run trace` from the marks in the files (`clauses`, `clause`, `ct.clauses`, annotations of decision tables); a test keeps it true. Clauses are cited as chapter-article of the rules of the mine.',
    '',
    'Kinds: PRO process, FRM form, RUL decision rule, SCH schedule, LED ledger, REP report, KPI indicator, ROL role, POL text without automation, TRA not carried out as it stands; then `instead` says what is done.',
    '',
    `Of ${clauses.length} clauses ${count(rows, 'done')} stand in a file and in a scenario, ${count(rows, 'no scenario')} in a file alone, ${count(rows, 'text')} are text without automation, ${count(rows, 'open')} in neither.`,
    '',
    '## Open',
    '',
    ...list(open),
    '',
    '## All clauses',
    '',
    ...table(rows),
    '',
    '## Regulation on petition work (信访工作条例), articles that are cited',
    '',
    ...table(cited),
    '',
  ].join('\n');
}

type State = 'done' | 'no scenario' | 'text' | 'open';

interface Row extends Clause {
  readonly files: readonly string[];
  readonly scenarios: readonly string[];
  readonly state: State;
}

function row(clause: Clause, marks: readonly Mark[]): Row {
  const own = marks.filter((mark) => mark.clause === clause.id);
  const files = own.filter(({ isScenario }) => !isScenario).map(({ place }) => place);
  const scenarios = own.filter(({ isScenario }) => isScenario).map(({ place }) => place);
  const isTextAlone = clause.kinds.length === 1 && clause.kinds[0] === 'POL';
  return { ...clause, files, scenarios, state: stateOf({ files, scenarios, isTextAlone }) };
}

function stateOf(found: { files: readonly string[]; scenarios: readonly string[]; isTextAlone: boolean }): State {
  if (found.files.length > 0) return found.scenarios.length > 0 ? 'done' : 'no scenario';
  return found.isTextAlone ? 'text' : 'open';
}

const count = (rows: readonly Row[], state: State): number => rows.filter((one) => one.state === state).length;

const list = (rows: readonly Row[]): readonly string[] =>
  rows.length === 0
    ? ['None.']
    : rows.map(({ id, state, says }) => `- ${id} (${state === 'open' ? 'no file' : state}): ${says}`);

/** One line a clause, so that a change of one shows as one. */
function table(rows: readonly Row[]): readonly string[] {
  return rows.map(
    ({ id, kinds, instead, state, files, scenarios }) =>
      `- **${id}** ${state}${part('kinds', kinds)}${part('files', files)}${part('scenarios', scenarios.map(shortened))}${part('instead', instead ? [instead] : [])}`,
  );
}

const part = (name: string, places: readonly string[]): string =>
  places.length === 0 ? '' : `; ${name}: ${places.join(', ')}`;

/** `workflows/xf_main/xf_main.scenarios.json#name` becomes `xf_main: name`. */
const shortened = (place: string): string => place.replace(/^.*\/([^/]+)\.scenarios\.json#/, '$1: ');

const articles = (marks: readonly Mark[]): readonly string[] =>
  [...new Set(marks.map(({ clause }) => clause))]
    .filter((clause) => clause.startsWith('条例'))
    .sort((one, other) => Number(one.slice(3)) - Number(other.slice(3)));
