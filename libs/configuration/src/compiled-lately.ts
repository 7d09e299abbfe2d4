import type { CompiledConfiguration, CompileOptions } from './compile-configuration.js';
import type { ConfigurationSource } from './files.js';
import { hashFiles } from './hash.js';

/** A draft is checked, then put in force, then opened at the next start: the one in force and what is tried beside it. */
const MOST_SETS = 2;

const lately = new Map<string, Promise<CompiledConfiguration>>();

/**
 * What compiling gave for the same files and options that day, for the sets compiled last. Compiling looks at nothing but
 * these and the date (a schedule that is never due again), and nobody changes a set. A source with problems of its own is
 * always compiled, and so is what is held against a rule of the operator: a rule is no text.
 */
export async function compiledLately(
  source: ConfigurationSource,
  options: CompileOptions,
  compile: () => Promise<CompiledConfiguration>,
): Promise<CompiledConfiguration> {
  if (source.problems?.length || options.outgoingFault) return compile();
  const day = new Date().toISOString().slice(0, 10);
  const key = `${day} ${hashFiles(source.files)} ${JSON.stringify(options)}`;
  const compiled = lately.get(key) ?? compile();
  lately.delete(key);
  lately.set(key, compiled);
  for (const oldest of lately.keys()) {
    if (lately.size <= MOST_SETS) break;
    lately.delete(oldest);
  }
  compiled.catch(() => lately.delete(key));
  return compiled;
}
