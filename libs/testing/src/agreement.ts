import type { ProcessDefinition } from '#bpmn';
import { firstVariables, randomRun, startOf, startRandomRun } from './random-run.js';
import { choiceOf, explain, observeEngine, type Explanation, type Observed } from './small-step/index.js';

/** What the small-step model says to a random run of the engine, with what was asked and seen. */
export interface Agreement {
  readonly explanation: Explanation;
  readonly trace: readonly Observed[];
}

/** How many runs were compared to the end, and for how many not all interleavings could be tried. */
export type Verdicts = Record<Explanation['verdict'], number>;

/** Runs the engine on picked commands and looks for the same run in the small-step model; counts what it finds. */
export async function agreement(
  definition: ProcessDefinition,
  picks: readonly number[],
  verdicts?: Verdicts,
): Promise<Agreement> {
  const run = await startRandomRun(definition, picks);
  const start = startOf(definition, picks);
  const trace: Observed[] = [
    {
      choice: { kind: 'start', variables: { ...firstVariables }, ...(start !== undefined && { element: start }) },
      seen: observeEngine(definition, run.live, run.events),
    },
  ];
  let seenEvents = run.events.length;
  randomRun(run, picks, ({ live, events }, command, before) => {
    const choice = choiceOf(definition, before, command);
    trace.push({ choice, seen: observeEngine(definition, live, events.slice(seenEvents)) });
    seenEvents = events.length;
  });
  const explanation = explain(definition, trace);
  if (verdicts) verdicts[explanation.verdict] += 1;
  return { explanation, trace };
}

/** Where the two part, for people: what was chosen, what the engine shows, what the model would show. */
export function disagreement({ explanation, trace }: Agreement): string | undefined {
  if (explanation.verdict !== 'differs') return undefined;
  const { at, possible } = explanation;
  const choices = trace.map(({ choice }) => JSON.stringify(choice));
  const [asked, seen] = [trace[at - 1] ?? trace[at], trace[Math.min(at, trace.length) - 1]?.seen ?? []];
  return [
    `The small-step model does not follow the engine at choice ${at} of ${trace.length}:`,
    ...choices.slice(0, at + 1),
    `asked ${JSON.stringify(asked?.choice)}; the engine shows`,
    ...seen,
    ...possible.flatMap((each) => ['--- the model shows', each]),
  ].join('\n');
}
