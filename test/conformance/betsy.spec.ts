import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { runBetsy } from './betsy.js';
import type { BetsyExpression } from './betsy-model.js';
import type { Bindings } from './betsy-work.js';

interface Suite {
  readonly roots?: string;
  /** Content of the process `p`, which begins at `s`. */
  readonly process: string;
  readonly bindings: Bindings;
  readonly expressions?: readonly BetsyExpression[];
  readonly advanceMs?: number;
  readonly log: readonly string[];
  readonly outcome?: string;
}

const folders: string[] = [];
const log = (id: string) => ({ [id]: { do: 'log', token: id } });
const script = (id: string, content = '') => `<scriptTask id="${id}">${content}<script>${id}</script></scriptTask>`;
const flow = (source: string, target: string) =>
  `<sequenceFlow id="${source}-${target}" sourceRef="${source}" targetRef="${target}"/>`;

/** Writes a suite of one case and runs it. */
async function outcomeOf(suite: Suite): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'betsy-'));
  folders.push(folder);
  mkdirSync(join(folder, 'cases'));
  const { roots = '', process, bindings, expressions = [], advanceMs = 0, outcome = 'no-error' } = suite;
  writeFileSync(
    join(folder, 'p.bpmn'),
    `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">${roots}<process id="p" isExecutable="true"><startEvent id="s"/>${process}</process></definitions>`,
  );
  const steps = [{ op: 'start', process: 'p', variables: { count: 0 } }, { op: 'settle' }];
  const expect = { log: suite.log, logMustExist: false, outcome };
  const cases = [{ n: 1, steps: [...steps, { op: 'advanceClock', ms: advanceMs }], expect }];
  const file = { id: 'own', bpmnFile: 'p.bpmn', scriptBindings: bindings, expressions, cases };
  writeFileSync(join(folder, 'cases', 'p.json'), JSON.stringify(file));
  return (await runBetsy(folder)).rows.map((row) => (row.reason ? `${row.outcome}: ${row.reason}` : row.outcome));
}

describe('the runner of betsy', () => {
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

  it('runs a called process and brings its error to the caller', async () => {
    const outcome = await outcomeOf({
      roots: `<error id="bad" errorCode="BAD"/><process id="q" isExecutable="true"><startEvent id="qs"/>${script('inner')}<endEvent id="qe"><errorEventDefinition errorRef="bad"/></endEvent>${flow('qs', 'inner')}${flow('inner', 'qe')}</process>`,
      process: `<callActivity id="call" calledElement="q"/>${script('no')}${script('caught')}<boundaryEvent id="b" attachedToRef="call"><errorEventDefinition errorRef="bad"/></boundaryEvent>${flow('s', 'call')}${flow('call', 'no')}${flow('b', 'caught')}`,
      bindings: { ...log('inner'), ...log('no'), ...log('caught') },
      log: ['inner', 'caught'],
    });

    expect(outcome).toEqual(['passed']);
  });

  it('runs a called global task', async () => {
    const outcome = await outcomeOf({
      roots: '<globalScriptTask id="g"><script>g</script></globalScriptTask>',
      process: `<callActivity id="call" calledElement="g"/>${flow('s', 'call')}`,
      bindings: log('g'),
      log: ['g'],
    });

    expect(outcome).toEqual(['passed']);
  });

  it('lets work take its time', async () => {
    const outcome = await outcomeOf({
      process: `${script('slow')}${script('no')}${script('late')}<boundaryEvent id="b" attachedToRef="slow"><timerEventDefinition><timeDuration>PT5S</timeDuration></timerEventDefinition></boundaryEvent>${flow('s', 'slow')}${flow('slow', 'no')}${flow('b', 'late')}`,
      bindings: { slow: { do: 'timedWork', ms: 10_000 }, ...log('no'), ...log('late') },
      advanceMs: 20_000,
      log: ['late'],
    });

    expect(outcome).toEqual(['passed']);
  });

  it('finds an expression by what it says where its element has no id', async () => {
    const loop =
      '<standardLoopCharacteristics><loopCondition>${count&lt;3}</loopCondition></standardLoopCharacteristics>';
    const outcome = await outcomeOf({
      process: `${script('again', loop)}${flow('s', 'again')}`,
      bindings: { again: { do: 'increment', name: 'count', token: 'again' } },
      expressions: [
        {
          ownerElement: 'standardLoopCharacteristics',
          owner: null,
          kind: 'loopCondition',
          raw: '${count<3}',
          feel: 'count < 3',
        },
      ],
      log: ['again', 'again', 'again'],
    });

    expect(outcome).toEqual(['passed']);
  });

  it('writes and reads data by what enters and leaves the tasks', async () => {
    const output =
      '<ioSpecification><dataOutput id="out" name="o"/><inputSet/><outputSet><dataOutputRefs>out</dataOutputRefs></outputSet></ioSpecification><dataOutputAssociation><sourceRef>out</sourceRef><targetRef>object</targetRef></dataOutputAssociation>';
    const outcome = await outcomeOf({
      process: `<dataObject id="object" name="text"/>${script('write', output)}${script('read')}${flow('s', 'write')}${flow('write', 'read')}`,
      bindings: { write: { do: 'setData', name: 'text', value: 'hello' }, read: { do: 'recordData', name: 'text' } },
      log: ['hello'],
    });

    expect(outcome).toEqual(['passed']);
  });

  it('tells a token too many, and counts a refusal as passed only where it is wanted', async () => {
    const suite = { process: `${script('a')}${flow('s', 'a')}`, bindings: log('a') };
    const refused = { process: '<startEvent id="second"/>', bindings: {} };

    const outcomes = [
      await outcomeOf({ ...suite, log: [] }),
      await outcomeOf({ ...refused, log: [] }),
      await outcomeOf({ ...refused, log: [], outcome: 'error-deployment' }),
    ];

    expect(outcomes[0]).toEqual(['failed: Expected the log [] but found [a].']);
    expect(outcomes[1]?.[0]).toMatch(/^refused: /);
    expect(outcomes[2]).toEqual(['passed']);
  });
});
