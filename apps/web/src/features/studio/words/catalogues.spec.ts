import { studio as en } from '../../../locales/en/studio.js';
import { studio as zh } from '../../../locales/zh/studio.js';

const keysOf = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, part]) => keysOf(part, `${path}.${name}`))
    : [path];

describe('catalogue of the studio', () => {
  it('says everything in both languages', () => {
    expect(keysOf(en).sort()).toEqual(keysOf(zh).sort());
  });
});
