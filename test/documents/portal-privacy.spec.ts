import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const { privacy } = JSON.parse(readFileSync('workflows/portal.json', 'utf8')) as { privacy: string };
const parameters = JSON.parse(readFileSync('workflows/parameters.json', 'utf8')) as object;

interface ProtectedClass {
  readonly id: string;
  readonly identifies?: boolean;
}
const { classes } = JSON.parse(readFileSync('workflows/roles.json', 'utf8')) as { classes: readonly ProtectedClass[] };

describe('what the portal says of privacy', () => {
  it.each(['查', '更正', '撤回', '匿名', '不得打击报复'])('names the right: %s', (right) => {
    expect(privacy).toContain(right);
  });

  it('says that what shows who somebody is goes with the identity, as it does', () => {
    const retention = readFileSync('workflows/xf_retention/xf_retention.bpmn', 'utf8');
    const cleared = /key="classes" value="([^"]*)"/.exec(retention)?.[1]?.split(',');

    expect(privacy).toContain('照片、扫描件同时清掉');
    expect(cleared).toEqual(classes.filter(({ identifies }) => identifies).map(({ id }) => id));
  });

  it.each([
    ['身份保留', 'retention.identityYears'],
    ['匿名查询码保留', 'retention.pinYears'],
    ['内容保存', 'retention.caseYears'],
  ])('says how many years, as the parameter has it: %s', (what, parameter) => {
    expect(parameters).toHaveProperty([parameter]);
    expect(privacy).toContain(`${what}{{parameters.[${parameter}]}}年`);
  });
});
