import { describe, expect, it } from '@jest/globals';
import { claimForm, paths, portalFile, problemsOf } from '../../test/tiny-configuration.js';

const state = { when: '=amount > 1', label: '等确认', sentence: '您要{{amount}}元。' };
const action = { id: 'take', title: '撤回', message: 'claim.note', formId: 'F1' };
const request = { id: 'claims', title: '报销', processId: 'claim', key: 'amount', states: [state], actions: [action] };
const placesOf = async (change: object) => {
  const requests = [{ ...request, ...change }];
  const states = { open: { label: '办理中', sentence: '正在办理。' } };
  const files = {
    [paths.portal]: { ...portalFile, tracking: { states, requests } },
    [paths.form]: claimForm({ amount: { type: 'number', title: '金额', 'x-class': 'open' } }),
  };
  return (await problemsOf(files)).map(({ code, place }) => [code, place]);
};
const place = '/tracking/requests/0';

describe('requests of the portal', () => {
  it('are taken where all that they name is there', async () => {
    expect(await placesOf({})).toEqual([]);
  });

  it('are refused with an unknown process', async () => {
    expect(await placesOf({ processId: 'nowhere' })).toContainEqual(['link.unknownReference', `${place}/processId/0`]);
  });

  it('are refused with a key, condition or sentence that names no variable of the process', async () => {
    expect(await placesOf({ key: 'nowhere' })).not.toEqual([]);
    expect(await placesOf({ states: [{ ...state, when: '=nowhere = 1' }] })).not.toEqual([]);
    expect(await placesOf({ states: [{ ...state, sentence: '{{nowhere}}' }] })).toContainEqual([
      'link.unknownReference',
      `${place}/states/0/sentence`,
    ]);
  });

  it('are refused where their process does not wait for the message of an action', async () => {
    const found = await placesOf({ actions: [{ ...action, message: 'claim.submitted' }] });

    expect(found).toContainEqual(['link.requestMessage', `${place}/actions/0/message`]);
  });
});
