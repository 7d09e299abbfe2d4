import type { FileKind, StudioFile } from './api.js';
import { groupFiles } from './group-files.js';

const file = (path: string, kind: FileKind): StudioFile => ({ path, kind, title: path, size: 1, problems: 0 });

describe('tree of the studio', () => {
  it('shows each process with its diagram first, then forms, then shared settings', () => {
    const groups = groupFiles([
      file('forms/F01.form.json', 'form'),
      file('workflows/roles.json', 'settings'),
      file('workflows/calendar/2026.json', 'settings'),
      file('workflows/a/D01.dmn', 'decision'),
      file('workflows/a/a.bpmn', 'process'),
    ]);

    expect(groups.map(({ id, files }) => [id, files.map(({ path }) => path)])).toEqual([
      ['a', ['workflows/a/a.bpmn', 'workflows/a/D01.dmn']],
      ['forms', ['forms/F01.form.json']],
      ['settings', ['workflows/calendar/2026.json', 'workflows/roles.json']],
    ]);
  });
});
