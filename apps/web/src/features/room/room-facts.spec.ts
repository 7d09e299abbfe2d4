import type { InstanceDetail, InstanceTask } from '../../lib/api-types.js';
import { clockStart, nextReport, roomFacts } from './room-facts.js';

const task = (elementId: string, dueAt: string | null, completedAt: string | null = null) =>
  ({ elementId, dueAt, completedAt, createdAt: '' }) as InstanceTask;

const instance = (change: Partial<InstanceDetail>) =>
  ({
    startedAt: '2026-11-23T09:00:00+08:00',
    facts: [],
    relatedCases: [],
    tasks: [],
    room: { title: '', countdown: ['firstReport', 'followUp'] },
    ...change,
  }) as unknown as InstanceDetail;

describe('event room', () => {
  it('counts down to the open report that is due first', () => {
    const tasks = [
      task('followUp', '2026-11-23T11:00:00+08:00'),
      task('firstReport', '2026-11-23T10:00:00+08:00'),
      task('support', '2026-11-23T09:30:00+08:00'),
    ];

    expect(nextReport(instance({ tasks }))?.elementId).toBe('firstReport');
  });

  it('counts down to the moment of the next report when no report is open', () => {
    const timers = [{ elementId: 'followUpDue', name: '续报时点', dueAt: '2026-11-23T13:00:00+08:00' }];
    const room = { title: '', countdown: ['firstReport', 'followUpDue'], timers };

    expect(nextReport(instance({ room }))).toEqual({ ...timers[0], userTaskKey: null });
  });

  it('has no countdown when every report is sent', () => {
    const tasks = [task('firstReport', '2026-11-23T10:00:00+08:00', '2026-11-23T09:40:00+08:00')];

    expect(nextReport(instance({ tasks }))).toBeNull();
  });

  it('knows which of its facts are deadlines', () => {
    const facts = [
      { variable: 'place', label: '地点', value: '井口' },
      { variable: 'firstReportDue', label: '首报期限', deadline: true, value: '2026-11-24T00:00:00+08:00' },
    ];

    expect(roomFacts(instance({ room: { title: '', facts } })).map(({ label, deadline }) => [label, deadline])).toEqual(
      [
        ['地点', false],
        ['首报期限', true],
      ],
    );
  });

  it('starts its clock at the start of the process when nothing else is named', () => {
    expect(clockStart(instance({}))).toBe(Date.parse('2026-11-23T09:00:00+08:00'));
  });
});
