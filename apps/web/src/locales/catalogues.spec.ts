import { en } from './en/index.js';
import { differences as differencesEn } from './en/differences.js';
import { studio as studioEn } from './en/studio.js';
import { zh } from './zh/index.js';
import { differences as differencesZh } from './zh/differences.js';
import { studio as studioZh } from './zh/studio.js';

const keysOf = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([name, part]) => keysOf(part, `${path}.${name}`))
    : [path];

describe('catalogues', () => {
  it('say everything in both languages', () => {
    expect(keysOf({ ...en, ...differencesEn, ...studioEn }).sort()).toEqual(
      keysOf({ ...zh, ...differencesZh, ...studioZh }).sort(),
    );
  });
});
