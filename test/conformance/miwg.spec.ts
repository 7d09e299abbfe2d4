import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { runMiwg } from './miwg.js';

/** Correlations, conversations, choreographies, resources, data states, labels and fonts in one file of our own. */
describe('a diagram with every construct of the standard', () => {
  it('is imported and exported without loss, whatever its prefix and encoding', async () => {
    const { rows } = await runMiwg(join(process.cwd(), 'test/conformance/fixtures'));

    expect(rows).toEqual([
      { id: 'default-namespace.bpmn', outcome: 'passed' },
      { id: 'every-construct.bpmn', outcome: 'passed' },
      { id: 'utf-16.bpmn', outcome: 'passed' },
    ]);
  });
});
