import { describe, expect, it } from '@jest/globals';
import type { Role } from '#configuration';
import { grantedUntil, rolesIn } from './granted-sight.js';

const roles: readonly Role[] = [
  { id: 'handler', name: '承办人', sees: { ident: 'masked' }, seesGranted: ['ident'] },
  { id: 'head', name: '负责人', sees: { ident: 'masked' } },
];
const untilAt = Date.parse('2026-04-01T00:00:00+08:00');
const grants = [{ class: 'ident', recipient: 'handler@hr', untilAt }];
const identOf = (seen: readonly Role[]) => seen.map(({ sees }) => sees?.['ident']);

describe('sight granted in a case', () => {
  it('lets the group see with a reason', () => {
    expect(identOf(rolesIn(roles, grants, { groups: ['handler', 'handler@hr'] }))).toEqual(['reason', 'masked']);
  });

  it('is for nobody of another unit', () => {
    expect(identOf(rolesIn(roles, grants, { groups: ['handler', 'handler@finance'] }))).toEqual(['masked', 'masked']);
  });

  it('gives nothing to a role that may not be granted it', () => {
    const toHead = [{ class: 'ident', recipient: 'head@hr', untilAt }];

    expect(identOf(rolesIn(roles, toHead, { groups: ['head@hr'] }))).toEqual(['masked', 'masked']);
  });

  it('is of its class alone', () => {
    const opinion = [{ class: 'opinion', recipient: 'handler@hr', untilAt }];

    expect(identOf(rolesIn(roles, opinion, { groups: ['handler@hr'] }))).toEqual(['masked', 'masked']);
  });

  it('says until when, of what was granted twice the later day', () => {
    const twice = [...grants, { class: 'ident', recipient: 'handler@hr', untilAt: untilAt + 1 }];

    expect(grantedUntil(roles, twice, { groups: ['handler@hr'] }, 'ident')).toBe(untilAt + 1);
  });

  it('has no day for those who were granted nothing', () => {
    expect(grantedUntil(roles, grants, { groups: ['handler@finance'] }, 'ident')).toBeUndefined();
  });
});
