import type { Problem } from '#bpmn';
import { columnOf, type Column } from './cells.js';
import type { CompiledDecision, DecisionTable } from './model.js';

const MAX_COMBINATIONS = 20_000;
const MAX_GAPS = 5;
const MAX_OVERLAPS = 20;

/**
 * Finds gaps (no rule matches) and, for UNIQUE and ANY, overlaps (several rules match) of a decision table, as warnings. Simple cells are
 * numbers, intervals, listed texts and booleans. In a column with other cells two rules are taken to meet only where both hold the same
 * text or one holds `-`, and no gaps are looked for at all. Null inputs are left aside.
 */
export function analyzeDecisionTable(decision: CompiledDecision): Problem[] {
  const { table } = decision;
  if (!table || table.rules.length === 0 || table.inputs.length === 0) return [];
  const columns = table.inputs.map((input, index) =>
    columnOf(
      table.rules.map(({ inputEntries }) => inputEntries[index] ?? ''),
      input.allowedValues,
    ),
  );
  const at = { severity: 'warning' as const, elementId: decision.decisionId, elementName: decision.name };
  return [
    ...overlaps(table, columns).map((each) => ({ ...at, ...each })),
    ...gaps(table, columns).map((each) => ({ ...at, ...each })),
  ];
}

type Finding = Pick<Problem, 'code' | 'message' | 'messageZh' | 'place'>;

function overlaps(table: DecisionTable, columns: readonly (Column | undefined)[]): Finding[] {
  if (table.hitPolicy !== 'UNIQUE' && table.hitPolicy !== 'ANY') return [];
  const found: Finding[] = [];
  for (let a = 0; a < table.rules.length; a++) {
    for (let b = a + 1; b < table.rules.length && found.length < MAX_OVERLAPS; b++) {
      if (overlap(table, columns, a, b) && !(table.hitPolicy === 'ANY' && sameOutput(table, a, b)))
        found.push(overlapFinding(a + 1, b + 1));
    }
  }
  return found;
}

function overlap(table: DecisionTable, columns: readonly (Column | undefined)[], a: number, b: number): boolean {
  return columns.every((column, index) => {
    const [first, second] = [table.rules[a]?.inputEntries[index], table.rules[b]?.inputEntries[index]];
    if (!column) return first === second || isAny(first) || isAny(second);
    return [...(column.cells[a] as ReadonlySet<number>)].some((atom) => column.cells[b]?.has(atom));
  });
}

function isAny(text: string | undefined): boolean {
  return text === '-' || text === '';
}

function sameOutput(table: DecisionTable, a: number, b: number): boolean {
  return table.rules[a]?.outputEntries.join('\n') === table.rules[b]?.outputEntries.join('\n');
}

function overlapFinding(a: number, b: number): Finding {
  return {
    code: 'dmn.overlap',
    message: `Expected at most one rule to match but rules ${a} and ${b} overlap. Narrow one of them.`,
    messageZh: `规则 ${a} 与规则 ${b} 重叠，同一输入会命中两条规则，请缩小其中一条的范围。`,
    place: `rule ${a}, rule ${b}`,
  };
}

function gaps(table: DecisionTable, columns: readonly (Column | undefined)[]): Finding[] {
  if (table.hasDefault || table.hitPolicy === 'COLLECT') return [];
  const decidable = columns.filter((column) => column !== undefined);
  const combinations = decidable.reduce((product, { atoms }) => product * atoms.length, 1);
  if (decidable.length < columns.length || combinations > MAX_COMBINATIONS) return [];
  const found: Finding[] = [];
  for (let number = 0; number < combinations && found.length < MAX_GAPS; number++) {
    const atoms = combination(decidable, number);
    const isCovered = table.rules.some((_, rule) =>
      atoms.every((atom, index) => decidable[index]?.cells[rule]?.has(atom)),
    );
    if (!isCovered) found.push(gapFinding(table, decidable, atoms));
  }
  return found;
}

/** The nth combination of one atom per column. */
function combination(columns: readonly Column[], number: number): number[] {
  let rest = number;
  return columns.map(({ atoms }) => {
    const atom = rest % atoms.length;
    rest = Math.floor(rest / atoms.length);
    return atom;
  });
}

function gapFinding(table: DecisionTable, columns: readonly Column[], atoms: readonly number[]): Finding {
  const where = atoms.map((atom, index) => `${table.inputs[index]?.label}: ${columns[index]?.atoms[atom]}`).join(', ');
  return {
    code: 'dmn.gap',
    message: `Expected a rule for every input but none matches ${where}. Add a rule or a default output.`,
    messageZh: `没有规则覆盖以下输入：${where}。请补充规则或默认输出。`,
    place: where,
  };
}
