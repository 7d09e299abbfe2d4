/** What a plan says of the work of a statement. */
export interface Plan {
  /** Steps that walk through a whole table, or through a whole index where the order of it is not what is wanted. */
  readonly wholeTables: readonly string[];
  /** Whether all rows are sorted; sorting those that are equal in the first column of an index is not meant. */
  readonly isSorted: boolean;
}

/** Small indices, which may be walked: of rows that are marked. */
const ofFew = /has_incident/;

/** Of `EXPLAIN QUERY PLAN`; `isLed`: a filter must lead to the rows. */
export function sqlitePlan(rows: readonly { readonly detail: string }[], isLed: boolean): Plan {
  const lines = rows.map(({ detail }) => detail);
  const isWhole = (line: string): boolean =>
    /^SCAN [a-z]\b/.test(line) && (isLed || !line.includes(' USING ')) && !ofFew.test(line);
  const isCompound = lines.some((line) => line.startsWith('COMPOUND') || line.startsWith('MERGE'));
  return {
    wholeTables: lines.filter(isWhole),
    isSorted: !isCompound && lines.includes('USE TEMP B-TREE FOR ORDER BY'),
  };
}

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Alias?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Node[];
}

/** Of `EXPLAIN (FORMAT JSON)` where reading a table whole is dear. */
export function postgresPlan(
  rows: readonly { readonly 'QUERY PLAN': readonly { readonly Plan: Node }[] }[],
  isLed: boolean,
): Plan {
  const nodes = nodesOf(rows[0]!['QUERY PLAN'][0]!.Plan);
  const isWhole = (node: Node): boolean =>
    (node['Node Type'] === 'Seq Scan' && !isOfDefinitions(node)) ||
    (isLed &&
      /Index.* Scan/.test(node['Node Type']) &&
      node['Index Cond'] === undefined &&
      !isOfDefinitions(node) &&
      !ofFew.test(node['Index Name'] ?? ''));
  const isCompound = nodes.some((node) => /Append/.test(node['Node Type']));
  return {
    wholeTables: nodes.filter(isWhole).map((node) => `${node['Node Type']} of ${node['Relation Name'] ?? '?'}`),
    isSorted: !isCompound && nodes.some((node) => node['Node Type'] === 'Sort'),
  };
}

/** Joined for their names; they are few. */
const isOfDefinitions = (node: Node): boolean => node.Alias === 'd';

const nodesOf = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
