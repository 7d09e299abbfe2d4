import { describe, expect, it } from '@jest/globals';
import { parseDmn } from './parse-dmn.js';
import { decision, file, OUT, table } from './testing/dmn-file.js';

const read = (attributes: string) => parseDmn(file(decision('sum', table(attributes, ['n'], OUT, ['- => 1']))));

describe('an aggregation', () => {
  it.each(['UNIQUE', 'FIRST', 'RULE ORDER'])(
    'is refused with the hit policy %s, which joins nothing',
    async (policy) => {
      const { model, problems } = await read(`hitPolicy="${policy}" aggregation="SUM"`);

      expect(model).toBeUndefined();
      expect(problems).toEqual([
        expect.objectContaining({
          severity: 'error',
          code: 'dmn.aggregation',
          elementId: 'sum',
          message: expect.stringContaining(`SUM with hit policy COLLECT but found it with ${policy}`),
          messageZh: expect.stringContaining('COLLECT'),
        }),
      ]);
    },
  );

  it('goes with COLLECT', async () => {
    expect((await read('hitPolicy="COLLECT" aggregation="SUM"')).problems).toEqual([]);
  });
});
