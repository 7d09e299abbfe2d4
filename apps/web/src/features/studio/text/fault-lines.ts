import type { Problem } from '../api.js';
import type { JsonFault } from './json-fault.js';

/** What is wrong on which line, from what the server found and from where the JSON breaks. */
export function faultLines(
  problems: readonly Problem[],
  fault: JsonFault | null,
  sentence: (problem: Problem) => string,
): ReadonlyMap<number, string> {
  const lines = new Map<number, string>();
  for (const problem of problems)
    if (problem.line) lines.set(problem.line, [lines.get(problem.line), sentence(problem)].filter(Boolean).join('\n'));
  if (fault && !lines.has(fault.line)) lines.set(fault.line, fault.message);
  return lines;
}
