import { DmnModdle } from 'dmn-moddle';
import type { Difference } from './differences.js';

type Text = { text?: string };
type Rule = { id: string; inputEntry?: Text[]; outputEntry?: Text[]; annotationEntry?: Text[] };
type Clause = { id: string; label?: string; name?: string };
type Logic = { rule?: Rule[]; input?: Clause[]; output?: Clause[]; hitPolicy?: string; text?: string };
type Decision = { $type: string; id: string; name?: string; decisionLogic?: Logic };

/** Rows added, changed and removed in each table; columns, hit policy and expressions likewise. */
export async function decisionDifferences(before: string, after: string): Promise<Difference[]> {
  const [old, fresh] = await Promise.all([decisionsOf(before), decisionsOf(after)]);
  const ids = [...new Set([...old.keys(), ...fresh.keys()])];
  return ids.flatMap((id) => decisionDifference(old.get(id), fresh.get(id)));
}

async function decisionsOf(xml: string): Promise<Map<string, Decision>> {
  const { rootElement } = await new DmnModdle().fromXML(xml, 'dmn:Definitions');
  const elements = ((rootElement as { drgElement?: Decision[] }).drgElement ?? []).filter(
    ({ $type }) => $type === 'dmn:Decision',
  );
  return new Map(elements.map((decision) => [decision.id, decision]));
}

function decisionDifference(before: Decision | undefined, after: Decision | undefined): Difference[] {
  const table = (after ?? before)?.name ?? (after ?? before)?.id ?? '';
  if (!before) return [{ kind: 'added', key: 'decisionAdded', values: { table } }];
  if (!after) return [{ kind: 'removed', key: 'decisionRemoved', values: { table } }];
  const [old, fresh] = [before.decisionLogic ?? {}, after.decisionLogic ?? {}];
  return [
    ...rowDifferences(table, old, fresh),
    ...columnDifferences(table, old, fresh),
    ...(policyOf(old) === policyOf(fresh)
      ? []
      : [
          {
            kind: 'changed' as const,
            key: 'policyChanged',
            values: { table, before: policyOf(old), after: policyOf(fresh) },
          },
        ]),
    ...(old.text === fresh.text ? [] : [{ kind: 'changed' as const, key: 'expressionChanged', values: { table } }]),
  ];
}

function rowDifferences(table: string, before: Logic, after: Logic): Difference[] {
  const [old, fresh] = [before.rule ?? [], after.rule ?? []];
  const byId = new Map(old.map((rule) => [rule.id, rule]));
  const kept = new Set(fresh.map(({ id }) => id));
  const present = fresh.flatMap((rule, index): Difference[] => {
    const values = { table, row: index + 1, text: rowText(rule) };
    const known = byId.get(rule.id);
    if (!known) return [{ kind: 'added', key: 'rowAdded', values }];
    return rowText(known) === rowText(rule)
      ? []
      : [{ kind: 'changed', key: 'rowChanged', values: { ...values, before: rowText(known) } }];
  });
  const gone = old.flatMap((rule, index): Difference[] =>
    kept.has(rule.id)
      ? []
      : [{ kind: 'removed', key: 'rowRemoved', values: { table, row: index + 1, text: rowText(rule) } }],
  );
  const isReordered =
    old
      .filter(({ id }) => kept.has(id))
      .map(({ id }) => id)
      .join() !==
    fresh
      .filter(({ id }) => byId.has(id))
      .map(({ id }) => id)
      .join();
  return [
    ...present,
    ...gone,
    ...(isReordered ? [{ kind: 'changed' as const, key: 'rowsMoved', values: { table } }] : []),
  ];
}

function rowText({ inputEntry = [], outputEntry = [] }: Rule): string {
  const cells = (entries: Text[]) => entries.map(({ text }) => text?.trim() || '-').join(' | ');
  return `${cells(inputEntry)} → ${cells(outputEntry)}`;
}

function columnDifferences(table: string, before: Logic, after: Logic): Difference[] {
  const columns = ({ input = [], output = [] }: Logic) => [...input, ...output];
  const [old, fresh] = [columns(before), columns(after)];
  const name = ({ id, label, name: own }: Clause) => label ?? own ?? id;
  return [
    ...fresh
      .filter(({ id }) => !old.some((column) => column.id === id))
      .map((column) => ({ kind: 'added' as const, key: 'columnAdded', values: { table, column: name(column) } })),
    ...old
      .filter(({ id }) => !fresh.some((column) => column.id === id))
      .map((column) => ({ kind: 'removed' as const, key: 'columnRemoved', values: { table, column: name(column) } })),
  ];
}

function policyOf({ hitPolicy }: Logic): string {
  return hitPolicy ?? 'UNIQUE';
}
