import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One scenario that the configuration is accepted by (`docs/acceptance-scenarios.json`). */
export interface Acceptance {
  readonly id: string;
  readonly says: string;
}

/** Something that can be run and proves it. */
export interface Proof {
  readonly id: string;
  /** A scenario as `file: name`, or the path of a spec. */
  readonly place: string;
}

/** How a spec says which of them it proves. */
const MARK = /acceptance scenarios? (\d+(?:(?:, | and )\d+)*)/gi;

export const readAcceptance = (): readonly Acceptance[] =>
  JSON.parse(readFileSync('docs/acceptance-scenarios.json', 'utf8')) as Acceptance[];

export function readProofs(): readonly Proof[] {
  return [
    ...filesBelow('workflows', '.scenarios.json').flatMap(scenarioProofs),
    ...filesBelow('test', '.spec.ts').flatMap(specProofs),
  ];
}

function filesBelow(folder: string, ends: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ends))
    .toSorted()
    .map((name) => join(folder, name));
}

function scenarioProofs(path: string): readonly Proof[] {
  const scenarios = JSON.parse(readFileSync(path, 'utf8')) as { name: string; acceptance?: string[] }[];
  const process = path.split('/').at(-2) ?? path;
  return scenarios.flatMap(({ name, acceptance = [] }) =>
    acceptance.map((id) => ({ id, place: `${process}: ${name}` })),
  );
}

function specProofs(path: string): readonly Proof[] {
  const marks = [...readFileSync(path, 'utf8').matchAll(MARK)];
  const ids = marks.flatMap(([, numbers = '']) => numbers.match(/\d+/g) ?? []);
  return [...new Set(ids)].map((id) => ({ id, place: path }));
}

/** Which of them nothing proves. */
export function unproven(scenarios: readonly Acceptance[], proofs: readonly Proof[]): readonly string[] {
  return scenarios.filter(({ id }) => !proofs.some((proof) => proof.id === id)).map(({ id }) => id);
}

/** The document of what proves which; ends with a line break. */
export function acceptanceDocument(scenarios: readonly Acceptance[], proofs: readonly Proof[]): string {
  return [
    '# Acceptance scenarios',
    '',
    'Written by `npm run trace` from the marks of scenarios (`acceptance`) and specs; a test keeps it true.',
    '',
    ...scenarios.map(({ id, says }) => {
      const places = proofs.filter((proof) => proof.id === id).map(({ place }) => place);
      return `- **${id}** ${says}: ${places.length === 0 ? 'open' : places.join('; ')}`;
    }),
    '',
  ].join('\n');
}
