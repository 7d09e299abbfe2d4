// One hostile case in a process of its own: reads { kind, … } from standard input, prints what it cost and what came out.
import { readFileSync } from 'node:fs';
import { parseBpmn } from '#bpmn';
import { analyzeDecisionTable, parseDmn } from '#dmn';
import { compileExpression, scopeOf } from '#feel';
import { step } from '#engine';

const context = { now: 0, timeZone: 'UTC' };
/** So often what has paused goes on: a circle has turned many thousand times by then. */
const ROUNDS = 20;
/** CPU times at which a command ended and the thread was free for others, microseconds. */
const pauses = [];
const cpuNow = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};
const cases = {
  async bpmn({ xml, variables }) {
    const { processes, problems } = await parseBpmn(xml);
    if (!processes[0]) return `refused: ${problems[0]?.code}`;
    let key = 1000;
    const stepContext = { ...context, nextKey: () => String((key += 1)), decisions: () => undefined };
    const of = { processInstanceKey: '1000', processDefinitionKey: '1', version: 1, variables };
    let { events, state } = step(processes[0], undefined, { type: 'createProcessInstance', ...of }, stepContext);
    for (let round = 0; round < ROUNDS && events.at(-1)?.type === 'processInstancePaused'; round += 1) {
      pauses.push(cpuNow());
      ({ events, state } = step(processes[0], state, { type: 'continueProcessInstance' }, stepContext));
    }
    const incident = events.find(({ type }) => type === 'incidentCreated');
    return incident ? `incident: ${incident.errorType}` : (events.at(-1)?.type ?? 'nothing');
  },
  async dmn({ xml, imports = [], decision, variables = {} }) {
    const { model, problems } = await parseDmn(xml, imports);
    if (!model) return `refused: ${problems[0]?.code}`;
    const found = model.decisions.find(({ name }) => name === decision) ?? model.decisions[0];
    const stopped = analyzeDecisionTable(found).find(({ code }) => code === 'dmn.analysisStopped');
    const result = found.evaluate(scopeOf(variables), context);
    const outcome = result.ok ? `value of ${JSON.stringify(result.output).length} letters` : `failed: ${result.code}`;
    return stopped ? `${outcome}; analysis stopped at ${stopped.place}` : outcome;
  },
  async feel({ source }) {
    const compiled = compileExpression(source);
    if (!compiled.ok) return `refused: ${compiled.problems[0].message}`;
    const { value, failed } = compiled.expression.evaluate(scopeOf({}), context);
    return failed ? `failed: ${failed.message}` : `value of ${JSON.stringify(value)?.length ?? 0} letters`;
  },
};

/** A fixed piece of plain work, so that a slow or busy machine can be told from a costly case; CPU milliseconds. */
function yardstick() {
  const begin = cpuNow();
  for (let round = 0; round < 4; round += 1) {
    const texts = Array.from({ length: 6_000 }, (_, n) => `${(n * 7919) % 6_007}:${round}`).sort();
    const copies = JSON.parse(JSON.stringify(texts.map((text) => ({ text, words: text.split(':') }))));
    if (new Map(copies.map(({ text, words }) => [text, words])).size !== 6_000) throw new Error('lost a text');
  }
  return (cpuNow() - begin) / 1000;
}

const input = JSON.parse(readFileSync(0, 'utf8'));
// What is measured is the bomb, not the start of the program.
await cases[input.kind](input.warmUp);
globalThis.gc?.();
pauses.length = 0;
const peak = process.resourceUsage().maxRSS;
const begin = cpuNow();
const outcome = await cases[input.kind](input);
// Nobody waits for the whole of it: others have their turn where it pauses, so that the longest turn counts.
const ends = [...pauses, cpuNow()];
const cpuMs = Math.max(...ends.map((end, index) => end - (ends[index - 1] ?? begin))) / 1000;
// The highest point while it ran, in kilobytes: what was freed again by the end counts too.
const kilobytes = process.resourceUsage().maxRSS - peak;
console.log(JSON.stringify({ outcome, cpuMs, megabytes: kilobytes / 1024, yardstickMs: yardstick() }));
