import type { ProcessEntry } from '../configuration-set.js';
import { markFactNames, taskFactNames } from '../deadlines/facts.js';
import {
  NUMERATOR_FROM,
  type IndicatorEntry,
  type LedgerEntry,
  type PlacedFormula,
  type ReadModelEntry,
} from '../ledgers/entries.js';
import { formulasOf } from '../ledgers/read-model.js';
import { factNames, instanceFactNames, stepFactNames } from '../ledgers/facts.js';
import { sealedFieldsOf } from './ledger-sealed.js';
import { type LinkContext, missingSentence, reportPlace, type Sentence } from './link-context.js';
import { protectedVariables } from './protection.js';
import { expectFeel } from './settings-expressions.js';

export interface FormulaWorld {
  readonly process: ProcessEntry;
  /** Variables that something gives the process; absent where that cannot be told. */
  readonly variables: ReadonlySet<string> | undefined;
  /** What an indicator counts above the line by itself. */
  readonly isAbove?: boolean;
}

const isAbove = (place: string): boolean => place.startsWith(`${NUMERATOR_FROM}/`);

/** Checks that every formula of a declaration is FEEL, reads what there is, and nothing that it must not. */
export function linkFormulas(context: LinkContext, entry: ReadModelEntry, world: FormulaWorld): void {
  const facts = [...factNames, ...(entry.kind === 'deadline' ? ['task', 'mark'] : []), ...relatedNames(entry)];
  const sealed = sealedFieldsOf(context, world.process);
  const guarded = protectedVariables(context, world.process);
  for (const formula of formulasOf(entry).filter(({ place }) => isAbove(place) === (world.isAbove === true))) {
    const refuse = (code: string, text: Sentence) => reportPlace(context, entry.path, formula.place, { code, text });
    expectFeel(context, { file: entry.path, place: formula.place, source: formula.source, known: undefined });
    expectRepeatable(formula, refuse);
    for (const path of entry.formulas.get(formula.place)?.reads ?? []) {
      const [name = '', ...below] = path.split('.');
      if (facts.includes(name)) {
        linkFact(entry, formula, { process: world.process, path: [name, ...below] }, refuse);
        continue;
      }
      if (sealed.has(name)) refuseSealed(entry, formula, name, refuse);
      else if (guarded.has(name)) refuseGuarded(entry, formula, name, refuse);
      else if (world.variables && !world.variables.has(name))
        refuse(
          'link.unknownReference',
          missingSentence({ what: ['the variable', '变量'], id: name, known: world.variables }),
        );
    }
  }
}

const relatedNames = (entry: ReadModelEntry): readonly string[] =>
  entry.kind === 'deadline' ? [] : (entry.declaration.related ?? []).map(({ as }) => as);

type Refuse = (code: string, text: Sentence) => void;

/** Texts of a formula do not call anything. */
const withoutTexts = (source: string): string => source.replace(/"(?:[^"\\]|\\.)*"/g, '""');

function expectRepeatable({ source }: PlacedFormula, refuse: Refuse): void {
  const called = /\b(now|today|random number|uuid)\s*\(/.exec(withoutTexts(source))?.[1];
  if (called !== undefined)
    refuse('ledger.notRepeatable', [
      `Expected a formula that gives the same at any time but it calls ${called}(): take a time of the process, or a column of type "lamp" or "overdueDays".`,
      `公式不得调用 ${called}()：同样的事实任何时候都要得出同样的结果。请用流程记下的时间，或用类型 lamp、overdueDays 的列。`,
    ]);
}

interface ReadFact {
  readonly process: ProcessEntry;
  readonly path: readonly string[];
}

function linkFact(entry: ReadModelEntry, { place }: PlacedFormula, { process, path }: ReadFact, refuse: Refuse): void {
  const [root = '', second, third] = path;
  const unknown = (what: Sentence, id: string, known: Iterable<string>) =>
    refuse('link.unknownReference', missingSentence({ what, id, known }));
  const missing = missingOf(entry, root, place);
  if (missing) return refuse('ledger.declaration', missing);
  const known = factsBelow[root];
  if (known && second !== undefined && !known.names.includes(second)) unknown(known.what, second, known.names);
  if (root !== 'steps' || second === undefined) return;
  const elements = process.definition.elements.map(({ id }) => id);
  if (!elements.includes(second)) unknown(['in the process the element', '流程中的步骤'], second, elements);
  else if (third !== undefined && !(stepFactNames as readonly string[]).includes(third))
    unknown(['the fact of a step', '步骤事实'], third, stepFactNames);
}

const factsBelow: Readonly<Record<string, { readonly what: Sentence; readonly names: readonly string[] }>> = {
  instance: { what: ['the fact of the instance', '实例事实'], names: instanceFactNames },
  task: { what: ['the fact of the task', '任务事实'], names: taskFactNames },
  mark: { what: ['the fact of the mark', '标记事实'], names: markFactNames },
};

/** What is not there to be read at this place; undefined where it is. */
function missingOf(entry: ReadModelEntry, root: string, place: string): Sentence | undefined {
  if (entry.kind !== 'deadline') {
    const isMissing = root === 'item' && itemsAt(entry, place) === undefined;
    return isMissing
      ? ['Expected "items" where a formula reads "item".', '公式用到 item，声明中要写 "items"。']
      : undefined;
  }
  const { each, task } = entry.declaration.of;
  if (root === 'item' && (each === undefined || place.endsWith('/of/each')))
    return ['Expected "each" where a formula reads "item".', '公式用到 item，声明中要写 "each"。'];
  if (root === 'task' && task === undefined)
    return ['Expected "task" in "of" where a formula reads "task".', '公式用到 task，声明的 of 中要写 "task"。'];
  if (root === 'mark' && !place.includes('/marks/'))
    return ['Expected "mark" to be read at marks alone.', '只有 marks 中的公式才能读取 mark。'];
  return undefined;
}

function itemsAt(entry: IndicatorEntry | LedgerEntry, place: string): string | undefined {
  if (!isAbove(place)) return entry.declaration.items;
  return entry.kind === 'indicator' ? entry.declaration.numeratorFrom?.items : undefined;
}

/** Protected content enters a ledger as a column of its own type or not at all. */
function refuseSealed(entry: ReadModelEntry, { place }: PlacedFormula, name: string, refuse: Refuse): void {
  if (columnAt(entry, place)?.type === 'sealed') return;
  refuse('ledger.protected', [
    `Expected a formula over open variables but it reads "${name}", a protected field. A ledger may show it as a column of type "sealed"; an indicator never reads it.`,
    `公式只能读公开变量，“${name}”是受保护字段。台账可用类型为 sealed 的列显示掩码；指标一律不得读取。`,
  ]);
}

/** A protected name may be compared by, or stand in a column that neither orders nor picks rows. */
function refuseGuarded(entry: ReadModelEntry, { place }: PlacedFormula, name: string, refuse: Refuse): void {
  const column = columnAt(entry, place);
  if (column && column.sort !== true && column.filter !== true) return;
  if (entry.kind === 'indicator' && place === '/compare/by') return;
  refuse('ledger.protected', [
    `Expected no "${name}" here, a protected name (roles.json): it may be compared by ("compare"), or shown in a column that is neither sorted nor filtered.`,
    `此处不得读取“${name}”（roles.json 中受保护的名称）：只能用于对比（compare），或显示在不排序、不筛选的列中。`,
  ]);
}

function columnAt(entry: ReadModelEntry, place: string) {
  if (entry.kind !== 'ledger') return undefined;
  const index = /^\/columns\/(\d+)\/value$/.exec(place)?.[1];
  return index === undefined ? undefined : entry.declaration.columns[Number(index)];
}
