import { caseCipher } from './case-cipher.js';
import type { LikenessRules } from './likeness.js';
import { likeness, pairsOf } from './likeness.js';
import type { MasterKey } from './master-key.js';
import type { VaultPorts } from './ports.js';
import type { CaseKeyRow, SealedValueRow } from './rows.js';
import { VaultError } from './vault-error.js';

export interface AlikeRequest extends LikenessRules {
  /** The case that asks. */
  readonly caseKey: string;
  /** Other cases, the one that is preferred among equals first. */
  readonly others: readonly string[];
  /** Paths of fields without row numbers, such as `demands.text`. */
  readonly fields: readonly string[];
  /** Classes of the values that may be compared; any other is left out, also where a field is named. */
  readonly classes: readonly string[];
  /** Likeness from which a case is alike, 0 to 1. */
  readonly atLeast: number;
  /** Different pairs of characters that a text needs at least: one with fewer says too little to be told by. */
  readonly leastPairs: number;
}

interface Parts {
  readonly master: MasterKey;
  readonly ports: VaultPorts;
  openTo(caseKey: string, others: readonly string[]): Promise<readonly string[]>;
}

type Texts = ReadonlyMap<string, ReadonlySet<string>>;

/** See `Vault.mostAlike`. The texts live as long as the call; what is made of them is nowhere kept. */
export async function mostAlike(request: AlikeRequest, parts: Parts): Promise<string | undefined> {
  const { caseKey, others, atLeast, leastPairs } = request;
  const own = (await textsOf([caseKey], request, parts)).get(caseKey);
  if (own === undefined || own.size < leastPairs) return undefined;
  const theirs = await textsOf(others, request, parts);
  const alike = others
    .flatMap((other) => {
      const pairs = theirs.get(other);
      if (pairs === undefined || pairs.size < leastPairs) return [];
      return [{ other, value: likeness(own, pairs) }];
    })
    .filter(({ value }) => value >= atLeast)
    .toSorted((one, another) => another.value - one.value);
  const open = await parts.openTo(
    caseKey,
    alike.map(({ other }) => other),
  );
  return open[0];
}

async function textsOf(
  caseKeys: readonly string[],
  { fields, classes, ...rules }: AlikeRequest,
  { master, ports: { store } }: Parts,
): Promise<Texts> {
  const [keys, rows] = await Promise.all([
    store.loadCaseKeys(caseKeys),
    store.loadFields(caseKeys, { fields, classes }),
  ]);
  const rowsOf = new Map<string, SealedValueRow[]>();
  for (const row of rows) rowsOf.set(row.case_key, [...(rowsOf.get(row.case_key) ?? []), row]);
  return new Map(
    keys.flatMap((key) => {
      const pairs = pairsIn(key, rowsOf.get(key.case_key) ?? [], { master, rules });
      return pairs === undefined ? [] : [[key.case_key, pairs] as const];
    }),
  );
}

/** Undefined where the case cannot be read any more: another case has to go on without it. */
function pairsIn(
  { case_key: caseKey, key_version, wrapped_key }: CaseKeyRow,
  rows: readonly SealedValueRow[],
  { master, rules }: { readonly master: MasterKey; readonly rules: LikenessRules },
): ReadonlySet<string> | undefined {
  if (wrapped_key === null || rows.length === 0) return undefined;
  try {
    const cipher = caseCipher(caseKey, key_version, master.unwrap(wrapped_key, caseKey, key_version));
    const values = rows.map((row) => cipher.open(row));
    return pairsOf(
      values.filter((value) => typeof value === 'string'),
      rules,
    );
  } catch (error) {
    if (error instanceof VaultError) return undefined;
    throw error;
  }
}
