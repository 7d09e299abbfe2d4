import { describe, expect, it } from '@jest/globals';
import { claimForm, paths, portalFile, problemsOf } from '../../test/tiny-configuration.js';

const note = { type: 'string', title: '留言', 'x-class': 'ident' };
const action = { id: 'write', title: '留言', message: 'claim.note', formId: 'F1', thread: 'note' };
const portalWith = (change: object) => ({
  ...portalFile,
  tracking: { states: { open: { label: '办理中', sentence: '正在办理。' } }, actions: [{ ...action, ...change }] },
});
const placesOf = async (change: object, fields: object = { note }) => {
  const files = { [paths.portal]: portalWith(change), [paths.form]: claimForm(fields) };
  return (await problemsOf(files)).map(({ code, place }) => [code, place]);
};
const place = '/tracking/actions/0';

describe('actions of the portal', () => {
  it('are taken where all that they name is there', async () => {
    expect(await placesOf({ states: ['open'], when: '=amount > 1', variables: { amount: '=amount' } })).toEqual([]);
  });

  it('are refused where nothing waits for their message, or no process starts with it', async () => {
    expect(await placesOf({ message: 'claim.shout' })).toContainEqual(['link.unknownReference', `${place}/message`]);
    expect(await placesOf({ startsEach: true })).toContainEqual(['link.unknownReference', `${place}/message`]);
    expect(await placesOf({ startsEach: true, message: 'claim.submitted', thread: undefined })).toEqual([]);
  });

  it('are refused with an unknown form or public state', async () => {
    expect(await placesOf({ formId: 'F9' })).toContainEqual(['link.unknownReference', `${place}/formId`]);
    expect(await placesOf({ states: ['shut'] })).toContainEqual(['link.unknownReference', `${place}/states/0`]);
  });

  it('are refused with a condition or variable that is no FEEL', async () => {
    expect(await placesOf({ when: '=amount >' })).toContainEqual(['settings.invalidExpression', `${place}/when`]);
    expect(await placesOf({ variables: { a: '=1 +' } })).toContainEqual([
      'settings.invalidExpression',
      `${place}/variables/a`,
    ]);
  });

  it('are refused where the text of the conversation would be stored in plain, or is no text', async () => {
    const fault = ['link.threadField', `${place}/thread`];
    expect(await placesOf({}, { note: { ...note, 'x-class': 'open' } })).toContainEqual(fault);
    expect(await placesOf({}, { note: { ...note, type: 'number' } })).toContainEqual(fault);
    expect(await placesOf({ thread: 'nowhere' })).toContainEqual(fault);
  });

  it('are refused where what another case keeps is to stand in the conversation of this one', async () => {
    const starting = { startsEach: true, message: 'claim.submitted' };

    expect(await placesOf(starting)).toEqual([['link.threadOfOtherCase', `${place}/thread`]]);
  });

  it('are refused where what is filled in beforehand is no FEEL, or no field of the form', async () => {
    expect(await placesOf({ prefill: { note: '="x"' } })).toEqual([]);
    expect(await placesOf({ prefill: { note: '=1 +' } })).toContainEqual([
      'settings.invalidExpression',
      `${place}/prefill/note`,
    ]);
    expect(await placesOf({ prefill: { nowhere: '=1' } })).toContainEqual([
      'link.unknownReference',
      `${place}/prefill/0`,
    ]);
  });
});
