import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** What the object of work never is: a person who is listed, labelled, scored, located or counted. */
const denied =
  /watch_?-?list|key_?-?person|repeat_?-?petitioner|black_?-?list|risk_?-?score|(^|[^a-z])(location|geo|mood|face|voiceprint|id_?card|social_?media)s?([^a-z]|$)|重点人员|重点人|老户|名单制|稳控对象|身份证/i;

const filesBelow = (folder: string, ends: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ends))
    .map(({ parentPath, name }) => join(parentPath, name));

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Every key of a JSON file, and the texts that name things. */
function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    key,
    ...(['id', 'title', 'name', 'label'].includes(key) && typeof inner === 'string' ? [inner] : []),
    ...namesIn(inner),
  ]);
}

const deniedIn = (names: readonly string[]): readonly string[] =>
  [...new Set(names)].filter((name) => denied.test(name));
const jsonOf = (folder: string): readonly string[] =>
  filesBelow(folder, '.json').filter((path) => !path.endsWith('.scenarios.json'));

/** Acceptance scenario 20: whoever asks for a list of people who come again finds no screen, route, table or file of it. */
describe('names of what is kept about people', () => {
  it('know the words that they must not be', () => {
    expect(
      deniedIn(['watchlist', 'key_person', 'riskScore', 'risk_score', '重点人员', 'location', '上访老户']),
    ).toHaveLength(7);
  });

  it.each([...jsonOf('workflows'), ...jsonOf('forms')])('of %s have none of them', (path) => {
    expect(deniedIn(namesIn(read(path)))).toEqual([]);
  });

  it.each(filesBelow('workflows', '.bpmn'))('of %s have none of them', (path) => {
    const names = [...readFileSync(path, 'utf8').matchAll(/(?: id| name|target)="([^"]*)"/g)].flatMap(
      ([, name]) => name ?? [],
    );

    expect(deniedIn(names)).toEqual([]);
  });

  it('of tables, columns and routes have none of them', () => {
    const tables = filesBelow('libs/persistence/src/migrations', '.ts').map((path) => readFileSync(path, 'utf8'));
    const columns = tables.flatMap((text) => text.match(/[a-z_]{3,}/g) ?? []);
    const { paths } = read('docs/openapi.json') as { readonly paths: object };

    expect(columns.length).toBeGreaterThan(100);
    expect(deniedIn(columns)).toEqual([]);
    expect(deniedIn(Object.keys(paths))).toEqual([]);
  });
});
