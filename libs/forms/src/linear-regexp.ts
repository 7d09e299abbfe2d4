import { RE2JS } from 're2js';

const COMPILED_LIMIT = 500;
const compiled = new Map<string, RE2JS>();

/**
 * Compiles a pattern for a linear-time engine (ADR 9): no input can make it slow.
 * Differs: look-around and back-references do not exist there and throw.
 */
export function linearRegExp(pattern: string): { test(text: string): boolean } {
  const known = compiled.get(pattern);
  if (known) return known;
  const regexp = RE2JS.compile(RE2JS.translateRegExp(pattern));
  if (compiled.size >= COMPILED_LIMIT) compiled.clear();
  compiled.set(pattern, regexp);
  return regexp;
}
