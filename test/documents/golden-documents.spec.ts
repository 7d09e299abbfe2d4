import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileConfiguration, readFolder, type ConfigurationSet } from '#configuration';
import { a4Page, dateCN, renderDocument } from '#documents';

const folder = 'test/documents';
const timeZone = 'Asia/Shanghai';
const printedAt = Date.parse('2026-03-22T10:00:00+08:00');

const declared = readdirSync('workflows', { withFileTypes: true })
  .map(({ name }) => join('workflows', name, 'documents.json'))
  .filter((path) => existsSync(path))
  .flatMap((path) => JSON.parse(readFileSync(path, 'utf8')) as { id: string; title: string }[]);

/** Papers that one template prints, each with a page of its own. */
const kinds = [
  { page: 'T01.session', id: 'T01', title: '石圪台煤矿信访接待登记簿' },
  { page: 'T05.transfer', id: 'T05', title: '转送告知书' },
  { page: 'T05.merge', id: 'T05', title: '合并告知' },
  { page: 'T05.redirect', id: 'T05', title: '法定途径告知' },
];
const pages = [...declared.map(({ id, title }) => ({ page: id, id, title })), ...kinds];

/** The page as a step of a process makes it; protected values stand as marks. */
function pageOf(set: ConfigurationSet, id: string, page: string): string {
  const entry = set.documents.get(id);
  if (!entry) throw new Error(`no document ${id}`);
  const variables = JSON.parse(readFileSync(join(folder, `${page}.variables.json`), 'utf8')) as Record<string, unknown>;
  const context = {
    ...variables,
    case: { no: 'XF-2026-00001', createdAt: Date.parse('2026-03-02T09:00:00+08:00') },
    document: { no: `XF-2026-00001-${id}`, date: printedAt },
    organization: { name: set.organization.name },
    parameters: Object.fromEntries(Object.entries(set.parameters).map(([name, { value }]) => [name, value])),
    portalUrl: 'https://portal.example/',
  };
  const { html } = renderDocument(entry.compiled, context, {
    timeZone,
    token: (key) => `sealed-${key}`,
    dictionaryLabel: (name, value) => set.dictionaries[name]?.find((one) => one.value === value)?.label,
    unitName: (unit) => set.organization.units.find((one) => one.id === unit)?.name,
    accountName: (account) => set.organization.accounts?.find((one) => one.id === account)?.name,
  });
  const organization = set.organization.name;
  const head = { title: entry.title, number: 'XF-2026-00001', printedAt: dateCN(printedAt, timeZone), organization };
  return `${a4Page({ ...head, body: html })}\n`;
}

describe('documents of the pack', () => {
  let set: ConfigurationSet;
  beforeAll(async () => {
    const compiled = await compileConfiguration(await readFolder(process.cwd()));
    if (!compiled.set) throw new Error(JSON.stringify(compiled.problems));
    set = compiled.set;
  });

  it('have each a golden page', () => {
    const golden = readdirSync(folder).flatMap((name) => /^(.+)\.html$/.exec(name)?.[1] ?? []);

    expect(golden.sort()).toEqual(pages.map(({ page }) => page).sort());
  });

  it.each(pages)('$page $title is printed as its golden page shows', ({ id, page }) => {
    const path = join(folder, `${page}.html`);
    const printed = pageOf(set, id, page);
    if (process.env['UPDATE_DOCS']) writeFileSync(path, printed);

    expect(printed).toBe(readFileSync(path, 'utf8'));
  });
});
