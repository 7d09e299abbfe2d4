import type { JsonFile } from '../read-json-files.js';
import { declarationsHash } from './declarations-hash.js';
import type { IndicatorDeclaration, LedgerDeclaration } from './declarations.js';
import {
  compileFormulas,
  indicatorFormulas,
  ledgerFormulas,
  type IndicatorEntry,
  type LedgerEntry,
  type ReadModelEntry,
} from './entries.js';

/** All ledgers and indicators of a set. */
export interface ReadModel {
  readonly ledgers: readonly LedgerEntry[];
  readonly indicators: readonly IndicatorEntry[];
  /** By process id that a declaration names: hash of all that decides its rows. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** Raised where the code makes other rows of the same declarations. */
const VERSION = 2;

/** Gathers the declarations; their faults are the linker's to name. */
export function readReadModel(json: ReadonlyMap<string, JsonFile>, files: ReadonlyMap<string, string>): ReadModel {
  const read = [...json.values()];
  const ledgers = read
    .filter(({ schema }) => schema === 'ledger')
    .map(({ path, json: file }): LedgerEntry => {
      const declaration = file.value as LedgerDeclaration;
      return { kind: 'ledger', path, declaration, formulas: compileFormulas(ledgerFormulas(declaration)) };
    });
  const indicators = read
    .filter(({ schema }) => schema === 'indicator')
    .map(({ path, json: file }): IndicatorEntry => {
      const declaration = file.value as IndicatorDeclaration;
      return { kind: 'indicator', path, declaration, formulas: compileFormulas(indicatorFormulas(declaration)) };
    });
  const entries: readonly ReadModelEntry[] = [...ledgers, ...indicators];
  const processes = [...new Set(entries.map(({ declaration }) => declaration.process))];
  const hashes = processes.map((id) => {
    const own = entries.filter(({ declaration }) => declaration.process === id);
    return [id, declarationsHash(own, files, VERSION)] as const;
  });
  return { ledgers, indicators, hashes: new Map(hashes) };
}
