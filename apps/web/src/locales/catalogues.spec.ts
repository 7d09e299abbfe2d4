import { en } from './en/index.js';
import { zh } from './zh/index.js';

const keysOf = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([name, part]) => keysOf(part, `${path}.${name}`))
    : [path];

describe('catalogues', () => {
  it('say everything in both languages', () => {
    expect(keysOf(en).sort()).toEqual(keysOf(zh).sort());
  });
});
