import { describe, expect, it } from '@jest/globals';
import { compileConfiguration, readFolder } from '#configuration';
import { fieldsBelow } from './fields-below.js';

/** The number of who met, which is put in, says it too; a zero report stays three acts. */
const saidTwice = ['F27.meetingHeld'];

/** Who answers for something says so: what is ticked beforehand is signed unread. */
describe('what must be answered with yes or no', () => {
  it('is never answered beforehand', async () => {
    const { set } = await compileConfiguration(await readFolder(process.cwd()));
    const asked = [...(set?.forms.values() ?? [])].flatMap(({ id, schema }) =>
      fieldsBelow(schema)
        .filter(({ isRequired, field }) => isRequired && field.type === 'boolean')
        .map((one) => ({ id, ...one })),
    );

    const beforehand = asked.filter(({ field }) => field.default === true).map(({ id, name }) => `${id}.${name}`);

    expect(asked.length).toBeGreaterThan(20);
    expect(beforehand).toEqual(saidTwice);
  });
});
