import type { ProcessDefinition } from '#bpmn';
import { step, type Command, type EngineEvent, type InstanceState, type StepContext } from '#engine';

/** One of two engines with a model that it has read already. */
export interface Side {
  /** One instance from start to end. */
  run(): void;
  /** One instance, with how often each element completed. */
  completed(): ReadonlyMap<string, number>;
}

export function ourSide(definition: ProcessDefinition): Side {
  return {
    run: () => void runToEnd(definition, () => undefined),
    completed() {
      const counts = new Map<string, number>();
      runToEnd(definition, (events) => {
        for (const event of events) {
          if (event.type !== 'elementTransitioned' || event.to !== 'completed') continue;
          if (event.elementId === definition.bpmnProcessId) continue;
          counts.set(event.elementId, (counts.get(event.elementId) ?? 0) + 1);
        }
      });
      return counts;
    },
  };
}

type OnStep = (events: readonly EngineEvent[], state: InstanceState) => void;

/** From start to end with all events; what waits for a person is done at once. Calls back after each step. */
export function runToEnd(definition: ProcessDefinition, onStep: OnStep): void {
  const context = countingContext();
  let state = perform(definition, undefined, start, context, onStep);
  while (state.status === 'active') {
    const [userTaskKey] = state.userTasks.keys();
    const next: Command =
      userTaskKey === undefined
        ? { type: 'continueProcessInstance' }
        : { type: 'completeUserTask', userTaskKey, variables: {} };
    state = perform(definition, state, next, context, onStep);
  }
}

const start: Command = {
  type: 'createProcessInstance',
  processInstanceKey: '1000',
  processDefinitionKey: '1',
  version: 1,
  variables: {},
};

export function countingContext(): StepContext {
  let key = 1000;
  return { now: 0, timeZone: 'Asia/Shanghai', nextKey: () => String((key += 1)), decisions: () => undefined };
}

export function startInstance(definition: ProcessDefinition, context: StepContext): InstanceState {
  let state = perform(definition, undefined, start, context);
  while (isPaused(state)) state = perform(definition, state, { type: 'continueProcessInstance' }, context);
  return state;
}

const isPaused = ({ elements }: InstanceState): boolean => elements.values().some(({ state }) => state !== 'activated');

export function perform(
  definition: ProcessDefinition,
  state: InstanceState | undefined,
  command: Command,
  context: StepContext,
  onStep: OnStep = () => undefined,
): InstanceState {
  const result = step(definition, state, command, context);
  if (!result.ok) throw new Error(result.rejection.message);
  onStep(result.events, result.state);
  return result.state;
}
