import { describe, expect, it } from '@jest/globals';
import type { Role } from '#configuration';
import { rolesIn } from './granted-sight.js';

const roles: readonly Role[] = [
  { id: 'handler', name: '承办人', sees: { ident: 'masked' }, seesGranted: ['ident'] },
  { id: 'head', name: '负责人', sees: { ident: 'masked' } },
];
const grants = [{ class: 'ident', recipient: 'handler@hr' }];
const identOf = (seen: readonly Role[]) => seen.map(({ sees }) => sees?.['ident']);

describe('sight granted in a case', () => {
  it('lets the group see with a reason', () => {
    expect(identOf(rolesIn(roles, grants, { groups: ['handler', 'handler@hr'] }))).toEqual(['reason', 'masked']);
  });

  it('is for nobody of another unit', () => {
    expect(identOf(rolesIn(roles, grants, { groups: ['handler', 'handler@finance'] }))).toEqual(['masked', 'masked']);
  });

  it('gives nothing to a role that may not be granted it', () => {
    const toHead = [{ class: 'ident', recipient: 'head@hr' }];

    expect(identOf(rolesIn(roles, toHead, { groups: ['head@hr'] }))).toEqual(['masked', 'masked']);
  });

  it('is of its class alone', () => {
    const opinion = [{ class: 'opinion', recipient: 'handler@hr' }];

    expect(identOf(rolesIn(roles, opinion, { groups: ['handler@hr'] }))).toEqual(['masked', 'masked']);
  });
});
