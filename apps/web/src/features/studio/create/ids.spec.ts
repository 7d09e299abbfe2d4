import { freeId, idFault, takenIds } from './ids.js';

const files = [
  { path: 'forms/F01.form.json' },
  { path: 'workflows/leave/leave.bpmn' },
  { path: 'workflows/leave/D01.dmn' },
  { path: 'workflows/leave/documents/T01.hbs' },
  { path: 'workflows/calendar/2026.json' },
];

describe('the id of a new thing', () => {
  it.each([
    ['form', ['F01']],
    ['decision', ['D01', 'other']],
    ['document', ['T01']],
    ['calendar', ['2026']],
  ] as const)('is compared with those of its kind: %s', (kind, taken) => {
    expect(takenIds(kind, files, kind === 'decision' ? ['other'] : [])).toEqual(taken);
  });

  it('must be given, be plain and be free, also in other capitals', () => {
    expect(idFault('form', '', [])).toBe('idEmpty');
    expect(idFault('form', '表单', [])).toBe('idPattern');
    expect(idFault('process', 'a-b', [])).toBe('idPattern');
    expect(idFault('form', 'f01', ['F01'])).toBe('idTaken');
    expect(idFault('form', 'F-02', ['F01'])).toBeNull();
  });

  it('is proposed: the next number, or the next year', () => {
    expect(freeId('form', ['form1'])).toBe('form2');
    expect(freeId('calendar', ['2026', '2027'], new Date('2026-11-01'))).toBe('2028');
  });
});
