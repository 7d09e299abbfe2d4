import { describe, expect, it } from '@jest/globals';
import { claimForm, paths, problemsOf } from '../../test/tiny-configuration.js';

const launcher = { id: 'start', title: '登记', processId: 'claim', formId: 'F1', roles: ['clerk'] };
const placesOf = async (offer: object) => {
  const number = { type: 'string', title: '件号', 'x-class': 'open', 'x-launch': [offer] };
  const problems = await problemsOf({
    'workflows/launchers.json': [launcher],
    [paths.form]: claimForm({ number }),
  });
  return problems.filter(({ place }) => place?.includes('x-launch')).map(({ code, place }) => [code, place]);
};
const at = '/schema/properties/number/x-launch/0';

describe('what a form offers to start', () => {
  it('is a launcher, with values for fields of its form', async () => {
    expect(await placesOf({ launcher: 'start', prefill: { number: '="2026-1"' } })).toEqual([]);
  });

  it('is refused where there is no such launcher', async () => {
    expect(await placesOf({ launcher: 'nowhere' })).toEqual([['link.unknownReference', `${at}/launcher`]]);
  });

  it('is refused where it fills in a field that is not there, or with something that is no FEEL', async () => {
    expect(await placesOf({ launcher: 'start', prefill: { nowhere: '=1 +' } })).toEqual([
      ['settings.invalidExpression', `${at}/prefill/nowhere`],
      ['link.unknownReference', `${at}/prefill/nowhere`],
    ]);
  });
});
