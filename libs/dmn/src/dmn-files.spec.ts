import { describe, expect, it } from '@jest/globals';
import { scopeOf } from '#feel';
import { parseDmnFiles } from './dmn-files.js';
import { definitionsOf, literal, NAMESPACE } from './testing/dmn-file.js';

const importOf = (namespace: string) => `<import namespace="${namespace}" name="lib" importType="${NAMESPACE}"/>`;
const base = (factor = 2, namespace = 'base') =>
  definitionsOf(
    namespace,
    `<decision id="fee" name="fee"><variable name="fee"/>${literal(`n * ${factor}`)}</decision>`,
  );
const main = definitionsOf(
  'main',
  `${importOf('base')}<decision id="x" name="x"><variable name="x"/><informationRequirement><requiredDecision href="base#fee"/></informationRequirement>${literal('lib.fee + 1')}</decision>`,
);
const read = (files: Readonly<Record<string, string>>) => parseDmnFiles(new Map(Object.entries(files)));

describe('DMN files of one set', () => {
  it('see one another by the namespace that they import', async () => {
    const [first] = await read({ 'main.dmn': main, 'base.dmn': base(), 'other.dmn': base(3, 'other') });

    expect(first).toMatchObject({ path: 'main.dmn', problems: [], imports: ['base.dmn'] });
    const scope = scopeOf({ lib: { n: 4 }, n: 4 });
    expect(first?.model?.decisions[0]?.evaluate(scope, { now: 0, timeZone: 'UTC' })).toMatchObject({ output: 9 });
  });

  it('name what they import through others', async () => {
    const middle = base(2, 'middle').replace('<decision', `${importOf('base')}<decision`);

    const [first] = await read({
      'top.dmn': main.replaceAll('base', 'middle'),
      'middle.dmn': middle,
      'base.dmn': base(),
    });

    expect(first?.imports).toEqual(['base.dmn', 'middle.dmn']);
  });

  it('are refused by name where two have the namespace that a third imports', async () => {
    const [first] = await read({ 'main.dmn': main, 'b.dmn': base(3), 'a.dmn': base() });

    expect(first?.model).toBeUndefined();
    expect(first?.problems).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        code: 'dmn.ambiguousImport',
        message: expect.stringContaining('"a.dmn" and "b.dmn"'),
        messageZh: expect.stringContaining('b.dmn'),
      }),
    );
  });

  it('may share a namespace that nobody imports', async () => {
    const files = await read({ 'a.dmn': base(), 'b.dmn': base() });

    expect(files.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('say what to do where the imported file is not there', async () => {
    const [first] = await read({ 'main.dmn': main });

    expect(first?.problems[0]?.message).toContain('deploy the file of that namespace together with this one');
    expect(first?.problems[0]?.messageZh).toContain('一起部署');
  });
});
