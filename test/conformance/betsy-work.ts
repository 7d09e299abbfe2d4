import type { Variables } from '#engine';
import type { Run } from '#testing';

/** What a script task of a betsy model stands for. */
export interface ScriptBinding {
  readonly do: string;
  readonly token?: string;
  readonly name?: string;
  readonly code?: string;
  readonly value?: unknown;
  /** Of timed work. */
  readonly ms?: number;
  readonly delayMs?: number;
  readonly durationMs?: number;
}

export type Bindings = Readonly<Record<string, ScriptBinding>>;

export interface BetsyLog {
  readonly tokens: string[];
  isOpen: boolean;
}

/** How long the work of a binding takes. */
export function durationOf({ ms, delayMs, durationMs }: ScriptBinding): number {
  return ms ?? durationMs ?? delayMs ?? 0;
}

/** Does what a script stands for, and ends its job. */
export function work(run: Run, jobKey: string, bindings: Bindings, log: BetsyLog): void {
  const element = elementOf(run, jobKey);
  const binding = bindingOf(bindings, element.id);
  if (binding.do === 'createLog') log.isOpen = true;
  if (/throw/i.test(binding.do)) {
    run.perform({ type: 'throwJobError', jobKey, errorCode: binding.code ?? '' });
    return;
  }
  const variables = changesOf(run, jobKey, binding);
  if (binding.token !== undefined) log.tokens.push(binding.token);
  else if (/^(log|record)/i.test(binding.do)) log.tokens.push(String(valueOf(run, jobKey, binding)));
  run.perform({ type: 'completeJob', jobKey, variables });
}

/** A task that stands for a global task bears its id with an ending. */
export function bindingOf(bindings: Bindings, elementId: string): ScriptBinding {
  return bindings[elementId] ?? bindings[elementId.replace(/\.task$/, '')] ?? { do: 'nothing' };
}

export function elementOf(run: Run, jobKey: string) {
  const job = run.live.jobs.get(jobKey);
  const id = run.live.elements.get(job?.elementInstanceKey ?? '')?.elementId ?? '';
  const element = run.definition.elements[run.definition.indexById.get(id) ?? -1];
  if (!element) throw new Error(`Expected job ${jobKey} to belong to an element but it does not.`);
  return element;
}

/** What the script writes: its variable, and what leaves the task by its data outputs. */
function changesOf(run: Run, jobKey: string, { do: action, name = '', value }: ScriptBinding): Variables {
  if (/increment/i.test(action)) return { [name]: Number(visible(run, jobKey, name) ?? 0) + 1 };
  if (!/^set/i.test(action)) return {};
  const outputs = elementOf(run, jobKey).outputMappings.map(({ source }) => source.source.replace(/^=/, ''));
  return Object.fromEntries([name, ...outputs].map((each) => [each, value ?? null]));
}

/** What the script reads: its variable, else what entered the task by its data inputs. */
function valueOf(run: Run, jobKey: string, { name = '' }: ScriptBinding): unknown {
  const inputs = elementOf(run, jobKey).inputMappings.map(({ target }) => target);
  return [name, ...inputs].map((each) => visible(run, jobKey, each)).find((each) => each !== undefined) ?? null;
}

function visible({ live }: Run, jobKey: string, name: string): unknown {
  let key = live.jobs.get(jobKey)?.elementInstanceKey;
  for (; key !== undefined; key = live.elements.get(key)?.flowScopeKey) {
    const own = live.variables.get(key);
    if (own && Object.hasOwn(own, name)) return own[name];
  }
  return undefined;
}
