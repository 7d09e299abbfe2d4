import type { FileKind } from '../../lib/file-kind.js';
import type { StudioFile } from './api.js';
import { groupFiles, groupsNamed } from './group-files.js';

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

  it('leaves the files and the processes that are called so', () => {
    const titles: Record<string, string> = {
      'workflows/a/a.bpmn': '请假',
      'workflows/a/D01.dmn': '天数',
      'workflows/b/b.bpmn': '报销',
    };
    const named = (path: string, kind: FileKind) => ({ ...file(path, kind), title: titles[path] ?? path });
    const groups = groupFiles([
      named('workflows/a/a.bpmn', 'process'),
      named('workflows/a/D01.dmn', 'decision'),
      named('workflows/b/b.bpmn', 'process'),
    ]);
    const found = (word: string) =>
      groupsNamed(groups, word, ({ title }) => title).map(({ files }) => files.map(({ path }) => path));

    expect(found('天数')).toEqual([['workflows/a/D01.dmn']]);
    expect(found('请假')).toEqual([['workflows/a/a.bpmn', 'workflows/a/D01.dmn']]);
    expect(found('d01')).toEqual([['workflows/a/D01.dmn']]);
    expect(found('出差')).toEqual([]);
  });
});
