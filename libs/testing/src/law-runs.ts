import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type fc from 'fast-check';

/** A random model and the numbers that picked its commands, on which a law failed once; kept and tried ever after. */
export interface Counterexample {
  readonly law: string;
  readonly seed: number;
  readonly xml: string;
  readonly picks: readonly number[];
}

const folder = join(process.cwd(), 'libs/engine/regressions');

/**
 * How often a law is tried: `share` of `LAWS_RUNS` (default 2,000 for all laws together), beginning at `LAWS_SEED`. A
 * failure is shrunk and kept as a file of the regressions.
 */
export function lawRuns<T>(law: string, share: number, models = 'models'): fc.Parameters<T> {
  const seed = process.env['LAWS_SEED'];
  const runs = Number(process.env['LAWS_RUNS'] ?? 2000);
  return {
    numRuns: Math.max(1, Math.round(runs * share)),
    ...(seed !== undefined && { seed: Number(seed) }),
    interruptAfterTimeLimit: process.env['LAWS_RUNS'] === undefined ? 120_000 : 86_400_000,
    markInterruptAsFailure: true,
    reporter: (details) => report({ law, models }, details as unknown as fc.RunDetails<readonly unknown[]>),
  };
}

interface Tried {
  readonly law: string;
  /** What kind of models it was tried on; names the file. */
  readonly models: string;
}

function report({ law, models }: Tried, details: fc.RunDetails<readonly unknown[]>): void {
  if (!details.failed) return;
  const [model, picks = []] = details.counterexample ?? [];
  const xml = (model as { readonly xml?: string } | undefined)?.xml;
  const error = details.errorInstance instanceof Error ? details.errorInstance.message : 'a law is broken';
  if (xml === undefined) throw new Error(`${law}: no end in time (seed ${details.seed}): ${error}`);
  const name = `${law} in ${models} ${Math.abs(details.seed)}`;
  const path = join(folder, `${name.replaceAll(/\W+/g, '-')}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, stored({ law, seed: details.seed, xml, picks: picks as readonly number[] }));
  throw new Error(`${law}: kept as ${path}: ${error}`);
}

function stored({ xml, picks, ...rest }: Counterexample): string {
  return `${JSON.stringify({ ...rest, picks, xml: linesOf(xml) }, null, 2)}\n`;
}

/** All counterexamples that were ever found, or those of one law, by file name. */
export function regressions(law?: string): readonly (readonly [string, Counterexample])[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, read(name)] as const)
    .filter(([, counterexample]) => law === undefined || counterexample.law === law);
}

/** The model stands in a list of lines, so that a person can read it and a change shows. */
function read(name: string): Counterexample {
  const { xml, ...rest } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Stored;
  return { ...rest, xml: xml.join('') };
}

type Stored = Omit<Counterexample, 'xml'> & { readonly xml: readonly string[] };

const linesOf = (xml: string) => xml.split(/(?<=>)(?=<(?!\/))/);
