import { describe, expect, it } from '@jest/globals';
import { compileConfiguration, readFolder } from '../index.js';

const rolesPath = 'workflows/roles.json';

/** Place and sentence of each fault that a change of the roles of the pack brings. */
async function faultsAfter(change: (text: string) => string): Promise<readonly string[]> {
  const source = await readFolder(process.cwd());
  const files = new Map(source.files);
  files.set(rolesPath, change(files.get(rolesPath) ?? ''));
  const { problems } = await compileConfiguration({ files });
  return problems
    .filter(({ file, severity }) => file === rolesPath && severity === 'error')
    .map(({ place, message }) => `${place}: ${message}`);
}

describe('what roles see and the decision that says the same', () => {
  it('agree in the pack', async () => {
    expect(await faultsAfter((text) => text)).toEqual([]);
  });

  it('are refused where a role sees more than the decision says', async () => {
    const faults = await faultsAfter((text) => text.replace('"ident": "masked"', '"ident": "reason"'));

    expect(faults).toEqual([
      '/roles/0/sees/ident: Expected "lead_group_head" to see "masked" of the class "ident", as workflows/xf_identity/D18.dmn says, but found "reason".',
    ]);
  });

  it('are refused where a role may be granted what the decision does not say', async () => {
    const faults = await faultsAfter((text) => text.replace(/,\s*"seesGranted": \["ident"\]/, ''));

    expect(faults).toEqual([expect.stringContaining('to see "granted" of the class "ident"')]);
  });

  it('need a decision that there is, and classes that there are', async () => {
    const faults = await faultsAfter((text) =>
      text.replace('"seesBy": "D18"', '"seesBy": "D99"').replace('"seesGranted": ["ident"]', '"seesGranted": ["name"]'),
    );

    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      expect.stringMatching(/^\/roles\/\d+\/seesGranted\/0$/),
      '/seesBy',
    ]);
  });
});
