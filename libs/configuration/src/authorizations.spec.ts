import { describe, expect, it } from '@jest/globals';
import { paths, problemsOf, rolesFile } from '../test/tiny-configuration.js';
import { allAuthorizations, authorizationsOf } from './authorizations.js';

const withRole = (role: object) =>
  problemsOf({
    [paths.roles]: { ...rolesFile, roles: [...rolesFile.roles, { id: 'admin', name: '管理员', ...role }] },
  });

describe('authorizations of a role', () => {
  it('are what it lists and what its permissions mean, each once', () => {
    const role = { permissions: ['accounts', 'audit'], authorizations: { USER: ['READ'], BATCH: ['UPDATE'] } } as const;

    expect(authorizationsOf(role)).toEqual(['USER:READ', 'ROLE:READ', 'BATCH:UPDATE']);
    expect(authorizationsOf({ permissions: ['operate'] })).toEqual(allAuthorizations);
    expect(authorizationsOf({})).toEqual([]);
  });

  it('are refused where the type of resource or the permission is unknown, with the place', async () => {
    const ofType = await withRole({ authorizations: { PROCESS: ['READ'] } });
    const ofPermission = await withRole({ authorizations: { MESSAGE: ['CREATE', 'SHOUT'] } });

    expect([...ofType, ...ofPermission].map(({ file, place }) => [file, place])).toEqual([
      [paths.roles, '/roles/2/authorizations/PROCESS'],
      [paths.roles, '/roles/2/authorizations/MESSAGE/1'],
    ]);
  });
});

describe('the role admin', () => {
  it('may see what is not sealed, and nothing of a protected class', async () => {
    expect(await withRole({ sees: { stat: 'reason', ident: 'none' } })).toEqual([]);
    expect(await withRole({ sees: { ident: 'masked' } })).toMatchObject([
      { code: 'settings.administratorSees', file: paths.roles, place: '/roles/2/sees/ident' },
    ]);
  });
});
