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

  it('read, of the newest instance that tells it, only what some process of the case gives (tracking.latest)', async () => {
    const tracking = (latest: string) => ({ ...portalWith({}).tracking, latest: [latest] });
    const placesWith = async (latest: string) => {
      const files = {
        [paths.portal]: { ...portalFile, tracking: tracking(latest) },
        [paths.form]: claimForm({ note }),
      };
      return (await problemsOf(files)).map(({ code, place }) => [code, place]);
    };

    expect(await placesWith('amount')).toEqual([]);
    expect(await placesWith('nowhere')).toEqual([['link.unknownReference', '/tracking/latest/0']]);
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

  it('are refused where they offer themselves or an unknown action, or by a condition that is no FEEL', async () => {
    const offers = (change: object) => ({
      offers: [{ when: '=true', action: 'write', text: '可以留言。', ...change }],
    });

    expect(await placesOf(offers({}))).toContainEqual(['link.unknownReference', `${place}/offers/0/action`]);
    expect(await placesOf(offers({ action: 'shout' }))).toContainEqual([
      'link.unknownReference',
      `${place}/offers/0/action`,
    ]);
    expect(await placesOf(offers({ when: '=1 +' }))).toContainEqual([
      'settings.invalidExpression',
      `${place}/offers/0/when`,
    ]);
  });

  it('are refused with a tracking code where they start no case of their own', async () => {
    expect(await placesOf({ tracking: true })).toEqual([['link.trackingWithoutCase', `${place}/tracking`]]);
    expect(await placesOf({ tracking: true, startsEach: true, message: 'claim.submitted', thread: undefined })).toEqual(
      [],
    );
  });
});

describe('routes of an entry', () => {
  const routed = async (route: object) => {
    const [entry] = portalFile.entries;
    const files = { [paths.portal]: { ...portalFile, entries: [{ ...entry, routes: [route] }] } };
    return (await problemsOf(files)).map(({ code, place: where }) => [code, where]);
  };

  it('are taken where process, message and condition are there', async () => {
    expect(await routed({ when: '=true', processId: 'claim', startMessage: 'claim.submitted' })).toEqual([]);
  });

  it('are refused where they lead nowhere, or by a condition that is no FEEL', async () => {
    expect(await routed({ when: '=true', processId: 'nowhere' })).toContainEqual([
      'link.unknownReference',
      expect.stringContaining('/entries/0/routes/0'),
    ]);
    expect(await routed({ when: '=1 +', processId: 'claim' })).toContainEqual([
      'settings.invalidExpression',
      '/entries/0/routes/0/when',
    ]);
  });
});
