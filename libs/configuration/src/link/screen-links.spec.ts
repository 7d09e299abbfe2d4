import { describe, expect, it } from '@jest/globals';
import { claimForm, paths, problemsOf, roomAction } from '../../test/tiny-configuration.js';

const launchers = 'workflows/launchers.json';
const note = { type: 'string', title: '件号', 'x-class': 'open' };
const launcher = { id: 'start', title: '登记', processId: 'claim', formId: 'F1', roles: ['clerk'] };
const placesOf = async (change: object) => {
  const files = { [launchers]: [{ ...launcher, ...change }], [paths.form]: claimForm({ note }) };
  const problems = await problemsOf(files);
  return problems.filter(({ file }) => file === launchers).map(({ code, place }) => [code, place]);
};

describe('a launcher that joins a case', () => {
  it('is refused where its form has no such field', async () => {
    expect(await placesOf({ joins: 'nowhere' })).toContainEqual(['link.unknownReference', '/0/joins']);
  });

  it('is refused where the process is a case of its own', async () => {
    expect(await placesOf({ joins: 'note' })).toContainEqual(['link.joinOfCase', '/0/joins']);
  });

  it('is refused with a variable that is no FEEL', async () => {
    expect(await placesOf({ variables: { a: '=1 +' } })).toContainEqual([
      'settings.invalidExpression',
      '/0/variables/a',
    ]);
  });
});

describe('an action of a room that joins a case', () => {
  const faultsOf = async (change: object) => {
    const files = { [paths.rooms]: { claim: { title: '处置室', actions: [{ ...roomAction, ...change }] } } };
    return (await problemsOf(files)).filter(({ file }) => file === paths.rooms).map(({ code, place }) => [code, place]);
  };

  it('is refused where its form has no such field, and where its message starts nothing in another case', async () => {
    expect(await faultsOf({ joins: 'nowhere' })).toEqual([
      ['link.unknownReference', '/claim/actions/0/joins/0'],
      ['link.unknownReference', '/claim/actions/0/message/0'],
    ]);
  });

  it('is refused with a variable that is no FEEL', async () => {
    expect(await faultsOf({ variables: { a: '=1 +' } })).toEqual([
      ['settings.invalidExpression', '/claim/actions/0/variables/a'],
    ]);
  });
});

describe('routes of a launcher', () => {
  it('are refused where they lead nowhere, or by a condition that is no FEEL', async () => {
    expect(await placesOf({ routes: [{ when: '=true', processId: 'claim' }] })).toEqual([]);
    expect(await placesOf({ routes: [{ when: '=1 +', processId: 'nowhere' }] })).toEqual([
      ['link.unknownReference', expect.stringContaining('/0/routes/0')],
      ['settings.invalidExpression', '/0/routes/0/when'],
    ]);
  });
});
