import { setImmediate } from 'node:timers/promises';
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

interface Alike {
  readonly other: string;
  readonly value: number;
}

/**
 * See `Vault.mostAlike`. The texts live as long as the call; what is made of them is nowhere kept. One case is read at a
 * time, and others have their turn between two: long texts of many cases would hold the process up for seconds, and fill
 * its memory.
 */
export async function mostAlike(request: AlikeRequest, parts: Parts): Promise<string | undefined> {
  const { caseKey, others, atLeast, leastPairs } = request;
  const enoughPairsIn = (texts: SealedTexts | undefined): ReadonlySet<string> | undefined => {
    const pairs = pairsIn(texts, { master: parts.master, rules: request });
    return pairs === undefined || pairs.size < leastPairs ? undefined : pairs;
  };
  const own = enoughPairsIn((await sealedTextsOf([caseKey], request, parts)).get(caseKey));
  if (own === undefined) return undefined;
  const theirs = await sealedTextsOf(others, request, parts);
  const alike: Alike[] = [];
  for (const other of others) {
    await setImmediate();
    const pairs = enoughPairsIn(theirs.get(other));
    const value = pairs === undefined ? 0 : likeness(own, pairs);
    if (pairs !== undefined && value >= atLeast) alike.push({ other, value });
  }
  const open = await parts.openTo(
    caseKey,
    alike.toSorted((one, another) => another.value - one.value).map(({ other }) => other),
  );
  return open[0];
}

interface SealedTexts {
  readonly key: CaseKeyRow;
  readonly rows: SealedValueRow[];
}

async function sealedTextsOf(
  caseKeys: readonly string[],
  { fields, classes }: AlikeRequest,
  { ports: { store } }: Parts,
): Promise<ReadonlyMap<string, SealedTexts>> {
  const [keys, rows] = await Promise.all([
    store.loadCaseKeys(caseKeys),
    store.loadFields(caseKeys, { fields, classes }),
  ]);
  const texts = new Map(keys.map((key) => [key.case_key, { key, rows: [] as SealedValueRow[] }]));
  for (const row of rows) texts.get(row.case_key)?.rows.push(row);
  return texts;
}

/** Undefined where the case cannot be read any more: another case has to go on without it. */
function pairsIn(
  texts: SealedTexts | undefined,
  { master, rules }: { readonly master: MasterKey; readonly rules: LikenessRules },
): ReadonlySet<string> | undefined {
  if (texts === undefined || texts.key.wrapped_key === null || texts.rows.length === 0) return undefined;
  const { case_key: caseKey, key_version, wrapped_key } = texts.key;
  try {
    const cipher = caseCipher(caseKey, key_version, master.unwrap(wrapped_key, caseKey, key_version));
    const values = texts.rows.map((row) => cipher.open(row));
    return pairsOf(
      values.filter((value) => typeof value === 'string'),
      rules,
    );
  } catch (error) {
    if (error instanceof VaultError) return undefined;
    throw error;
  }
}
