import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { supportedElements, supportTable } from '#bpmn';
import { behaviors } from './behaviors/index.js';

const path = 'docs/bpmn-support.md';

describe('the support table', () => {
  it('names every element that has a behavior, and no other', () => {
    const named = new Set(supportedElements.map(({ type }) => type));

    expect([...named].toSorted()).toEqual(Object.keys(behaviors).toSorted());
  });

  it('stands in the documents as it is', async () => {
    const table = await format(supportTable(), { ...(await resolveConfig(path)), parser: 'markdown' });
    if (process.env['UPDATE_DOCS']) writeFileSync(path, table);

    expect(readFileSync(path, 'utf8')).toBe(table);
  });
});
