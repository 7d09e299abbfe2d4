import { beforeAll, describe, expect, it } from '@jest/globals';
import { PackFigures } from './figures.js';

describe('figures in reports', () => {
  let figures: PackFigures;
  beforeAll(async () => {
    figures = await PackFigures.open();
  });

  /** Indicators that a step of the reports asks for. */
  function asked(elementId: string): readonly string[] {
    const process = figures.set.processes.find(({ id }) => id === 'xf_reports');
    const step = process?.definition.elements.find(({ id }) => id === elementId);
    return step?.job?.headers['indicators']?.split(',') ?? [];
  }

  it.each([
    ['figuresMonth', ['R01', 'R02', 'R03', 'R04', 'R05']],
    ['figuresQuarter', ['R11', 'R15', 'R19']],
    ['figuresYear', ['R06', 'R07P', 'R07O', 'R14', 'R14D', 'R19', 'R19B']],
  ])('%s has those that are laid down for it', (step, laidDown) => {
    expect(asked(step)).toEqual(expect.arrayContaining(laidDown));
  });

  it.each(['figuresMonth', 'figuresQuarter', 'figuresHalf', 'figuresYear'])(
    '%s has none of protection, which are for the committee alone',
    (step) => {
      expect(asked(step).length).toBeGreaterThan(0);
      expect(asked(step).filter((id) => id.startsWith('R20'))).toEqual([]);
    },
  );

  it('are begun by schedules of their own; that of a month has three working days, that of a quarter five', () => {
    const cronOf = (id: string) => figures.set.scheduleDeclarations.find((one) => one.id === id);

    expect(['RM', 'S03', 'RH', 'S10'].map((id) => [id, cronOf(id)?.processId, cronOf(id)?.variables])).toEqual([
      ['RM', 'xf_reports', { reportKind: 'month' }],
      ['S03', 'xf_reports', { reportKind: 'quarter' }],
      ['RH', 'xf_reports', { reportKind: 'half' }],
      ['S10', 'xf_reports', { reportKind: 'year' }],
    ]);
    expect(figures.set.parameters['report.monthDays']?.value).toBe(3);
    expect(figures.set.parameters['report.quarterDays']?.value).toBe(5);
  });
});
