import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { readClauses, readMarks, traceDocument, unreplaced, type Mark } from './regulation-trace.js';

const path = 'docs/regulation-trace.md';

describe('trace of the rules', () => {
  it('is what docs/regulation-trace.md says (npm run trace writes it)', async () => {
    const options = await resolveConfig(path);
    const document = await format(traceDocument(readClauses(), readMarks()), { ...options, parser: 'markdown' });

    if (process.env['UPDATE_DOCS']) writeFileSync(path, document);

    expect(readFileSync(path, 'utf8')).toBe(document);
  });

  it('has no mark of a clause that the rules do not have', () => {
    const known = new Set(readClauses().map(({ id }) => id));

    const unknown = readMarks().filter(({ clause }) => !clause.startsWith('条例') && !known.has(clause));

    expect(unknown).toEqual([]);
  });

  it('says of each clause that is not carried out as it stands what is done instead, and of no other', () => {
    expect(unreplaced(readClauses())).toEqual([]);
  });

  it('tells one without, and one that needs none', () => {
    const clauses = [
      { id: '六-2', says: 'says 六-2', kinds: ['TRA'] },
      { id: '六-1', says: 'says 六-1', kinds: ['POL', 'TRA'], instead: 'no obstruction' },
      { id: '四-1', says: 'says 四-1', kinds: ['FRM'], instead: 'nothing' },
    ];

    expect(unreplaced(clauses)).toEqual(['六-2', '四-1']);
    expect(traceDocument(clauses, [])).toContain('- **六-1** open; kinds: POL, TRA; instead: no obstruction');
  });

  it('lists every clause of the rules among those that may be cited', () => {
    const groups = JSON.parse(readFileSync('workflows/clauses.json', 'utf8')) as { ids: string[] }[];

    expect(groups[0]?.ids).toEqual(readClauses().map(({ id }) => id));
  });

  it('reads the article of the regulation, not one of another ordinance', () => {
    const cited = readMarks().map(({ clause }) => clause);

    expect(cited).toContain('条例 31');
    expect(cited).not.toContain('条例 17');
  });

  it('lists a clause without a file, and one without a scenario, as open', () => {
    const clauses = ['四-1', '四-2', '四-3'].map((id) => ({ id, says: `says ${id}`, kinds: ['PRO'] }));
    const marks: readonly Mark[] = [
      { clause: '四-1', place: 'forms/a.form.json', isScenario: false },
      { clause: '四-1', place: 'workflows/p/p.scenarios.json#proves it', isScenario: true },
      { clause: '条例 23', place: 'forms/a.form.json', isScenario: false },
      { clause: '四-2', place: 'forms/b.form.json', isScenario: false },
    ];

    const document = traceDocument(clauses, marks);

    expect(document).toContain('Of 3 clauses 1 stand in a file and in a scenario, 1 in a file alone');
    expect(document).toContain(
      '## Open\n\n- 四-2 (no scenario): says 四-2\n- 四-3 (no file): says 四-3\n- 条例 23 (no scenario): article',
    );
    expect(document).toContain('- **四-1** done; kinds: PRO; files: forms/a.form.json; scenarios: p: proves it');
  });
});
