import { deadlineFormulas, readDeadlines, type DeadlineEntry } from '../deadlines/entries.js';
import type { JsonFile } from '../read-json-files.js';
import { declarationsHash } from './declarations-hash.js';
import type { AccessLedgerDeclaration, IndicatorDeclaration, LedgerDeclaration, Related } from './declarations.js';
import {
  compileFormulas,
  indicatorFormulas,
  ledgerFormulas,
  type AccessLedgerEntry,
  type IndicatorEntry,
  type LedgerEntry,
  type PlacedFormula,
  type ReadModelEntry,
} from './entries.js';

/** All that is kept up to date behind the instances of a set. */
export interface ReadModel {
  readonly ledgers: readonly LedgerEntry[];
  /** Not of instances: read from the record of accesses itself, and followed by nothing. */
  readonly accessLedgers: readonly AccessLedgerEntry[];
  readonly indicators: readonly IndicatorEntry[];
  readonly deadlines: readonly DeadlineEntry[];
  /** By process id that a declaration names: hash of all that decides its rows. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** Raised where the code makes other rows of the same declarations. */
const VERSION = 3;

/** Gathers the declarations; their faults are the linker's to name. */
export function readReadModel(json: ReadonlyMap<string, JsonFile>, files: ReadonlyMap<string, string>): ReadModel {
  const read = [...json.values()];
  const ledgerFiles = read.filter(({ schema }) => schema === 'ledger');
  const accessLedgers = ledgerFiles.filter(isOfAccesses).map(({ path, json: file }): AccessLedgerEntry => ({
    kind: 'accessLedger',
    path,
    declaration: file.value as AccessLedgerDeclaration,
  }));
  const ledgers = ledgerFiles
    .filter((file) => !isOfAccesses(file))
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
  const deadlines = readDeadlines(json);
  const entries: readonly ReadModelEntry[] = [...ledgers, ...indicators, ...deadlines];
  const followedBy = (entry: ReadModelEntry) => [...processesOf(entry), ...relatedOf(entry)];
  const processes = [...new Set(entries.flatMap(followedBy))];
  const hashes = processes.map((id) => {
    const own = entries.filter((entry) => followedBy(entry).includes(id));
    return [id, declarationsHash(own, files, VERSION)] as const;
  });
  return { ledgers, accessLedgers, indicators, deadlines, hashes: new Map(hashes) };
}

const isOfAccesses = ({ json }: JsonFile): boolean => (json.value as { source?: unknown }).source === 'accesses';

/** The processes whose instances a declaration follows. */
export function processesOf(entry: ReadModelEntry): readonly string[] {
  if (entry.kind === 'deadline') return [entry.declaration.of.process];
  const { process } = entry.declaration;
  const above = entry.kind === 'indicator' ? entry.declaration.numeratorFrom?.process : undefined;
  return above === undefined ? [process] : [process, above];
}

/** Where instances stand that change the rows of others: in their own case, or in a case that they name. */
export type Relation = 'sameCase' | 'naming';

/** The processes whose instances change the rows of others; of one relation, or of both. */
export function relatedOf(entry: ReadModelEntry, relation?: Relation): readonly string[] {
  if (entry.kind === 'deadline') return [];
  const relationOf = ({ naming }: Related): Relation => (naming ? 'naming' : 'sameCase');
  return (entry.declaration.related ?? [])
    .filter((related) => relation === undefined || relationOf(related) === relation)
    .map(({ process }) => process);
}

/** Every formula of a declaration. */
export function formulasOf(entry: ReadModelEntry): readonly PlacedFormula[] {
  if (entry.kind === 'deadline') return deadlineFormulas(entry.declaration, entry.place);
  return entry.kind === 'ledger' ? ledgerFormulas(entry.declaration) : indicatorFormulas(entry.declaration);
}
