import type { StudioFile } from '../api.js';
import { draftsAfter, planRemoval, planReturn, removalOf } from './removal.js';
import { withEntry } from './new-files.js';

const file = (path: string, kind: StudioFile['kind'], isNew?: true): StudioFile => ({
  path,
  kind,
  title: path,
  size: 1,
  problems: 0,
  ...(isNew && { isNew }),
});
const launchers = '[\n  { "id": "a", "processId": "other" },\n  { "id": "b", "processId": "leave" }\n]\n';
const documents = '[\n  { "id": "T1", "template": "documents/T1.hbs" }\n]\n';
const contents: Record<string, string> = {
  'workflows/launchers.json': launchers,
  'workflows/leave/documents.json': documents,
};
const fetch = (path: string) => Promise.resolve({ path, content: contents[path] ?? '', hash: `hash of ${path}` });

const plan = (wanted: StudioFile, files: StudioFile[], drafts = {}) =>
  planRemoval(removalOf(wanted, files)!, { files, drafts, fetch });

describe('taking a file away', () => {
  const diagram = file('workflows/leave/leave.bpmn', 'process');
  const files = [
    diagram,
    file('workflows/leave/README.md', 'readme'),
    file('workflows/leave/documents.json', 'settings'),
    file('workflows/leave/documents/T1.hbs', 'document'),
    file('workflows/launchers.json', 'settings'),
    file('workflows/roles.json', 'settings'),
    file('workflows/calendar/2026.json', 'settings'),
  ];

  it('takes a process with its folder and with the entries that start it', async () => {
    const { puts, discards } = await plan(diagram, files);

    expect(puts.map(({ path, content }) => [path, content])).toEqual([
      ...files.slice(0, 4).map(({ path }) => [path, null]),
      ['workflows/launchers.json', '[\n  { "id": "a", "processId": "other" }\n]\n'],
    ]);
    expect(puts[0]!.baseHash).toBe('hash of workflows/leave/leave.bpmn');
    expect(discards).toEqual([]);
  });

  it('takes a document with its entry', async () => {
    const { puts } = await plan(files[3]!, files);

    expect(puts.map(({ path, content }) => [path, content])).toEqual([
      ['workflows/leave/documents/T1.hbs', null],
      ['workflows/leave/documents.json', '[]\n'],
    ]);
  });

  it('forgets what was never published, and leaves the lists as they were', async () => {
    const fresh = file('workflows/trip/trip.bpmn', 'process', true);
    const list = 'workflows/launchers.json';
    const drafts = { [list]: { path: list, content: withEntry(launchers, { processId: 'trip' }), baseHash: 'h' } };
    const form = { ...file('forms/trip.form.json', 'form', true), madeWith: 'trip' };

    const { puts, discards } = await plan(fresh, [...files, fresh, form], drafts);

    expect(puts).toEqual([]);
    expect(discards).toEqual([fresh.path, form.path, list]);
  });

  it('can be taken back, with what was typed before', async () => {
    const typed = { path: 'workflows/leave/documents/T1.hbs', content: '<p>1</p>', baseHash: 'h' };
    const drafts = { [typed.path]: typed };
    const after = draftsAfter(drafts, await plan(files[3]!, files, drafts));

    const back = draftsAfter(after, planReturn(typed.path, after));

    expect(Object.keys(after)).toEqual([typed.path, 'workflows/leave/documents.json']);
    expect(back).toEqual(drafts);
  });

  it('leaves the settings that all share, but not the days of one year', () => {
    expect(removalOf(files[5]!, files)).toBeNull();
    expect(removalOf(files[6]!, files)).toMatchObject({ paths: ['workflows/calendar/2026.json'] });
  });
});
