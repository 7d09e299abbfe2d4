import { existsSync, readFileSync } from 'node:fs';

/** One hard rule of protection (`docs/protection-rules.json`). */
export interface ProtectionRule {
  readonly id: string;
  readonly says: string;
  /** Each as `path of a spec: name of a test`, or `process: name of a scenario`. */
  readonly shownBy: readonly string[];
}

export const readRules = (): readonly ProtectionRule[] =>
  JSON.parse(readFileSync('docs/protection-rules.json', 'utf8')) as ProtectionRule[];

/** Whether the test or the scenario stands where the rule says. */
export function isThere(proof: string): boolean {
  const [place = '', ...rest] = proof.split(': ');
  const name = rest.join(': ');
  const isSpec = place.endsWith('.spec.ts');
  const path = isSpec ? place : `workflows/${place}/${place}.scenarios.json`;
  const paths = [path, ...(isSpec ? [] : [`workflows/${place}/acceptance.scenarios.json`])].filter(existsSync);
  const written = isSpec ? [`'${name}'`, `"${name}"`] : [`"name": ${JSON.stringify(name)}`];
  return paths.some((one) => written.some((text) => readFileSync(one, 'utf8').includes(text)));
}

/** The document of what shows which rule; ends with a line break. */
export function rulesDocument(rules: readonly ProtectionRule[]): string {
  return [
    '# Rules of protection',
    '',
    'Written by `npm run trace` from `docs/protection-rules.json`; a test fails where a spec or a scenario named here is not there.',
    '',
    ...rules.map(({ id, says, shownBy }) => `- **${id}** ${says}: ${shownBy.join('; ') || 'open'}`),
    '',
  ].join('\n');
}
