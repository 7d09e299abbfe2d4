import type { Variables } from '#engine';
import { model, type ModelBuilder } from '#testing';
import type { Step } from './golden-steps.js';

/** A process of which an instance waits, how it comes there, and how it goes on to its end. */
export interface Waiting {
  readonly id: string;
  readonly xml: string;
  /** False: nothing is begun, the start event itself waits. */
  readonly isBegun: boolean;
  readonly variables: Variables;
  readonly before: readonly Step[];
  readonly finish: readonly Step[];
  /** End event that it comes to, and how often. */
  readonly end: string;
  readonly times: number;
}

type Options = Partial<Pick<Waiting, 'isBegun' | 'variables' | 'before' | 'end' | 'times'>>;

/** `build` goes on from nothing: it makes the start event too. */
export function waiting(
  id: string,
  build: (builder: ModelBuilder) => ModelBuilder,
  finish: readonly Step[],
  options: Options = {},
): Waiting {
  const defaults = { isBegun: true, variables: {}, before: [], end: 'end', times: 1 };
  return { id, xml: build(model(id)).xml, finish, ...defaults, ...options };
}

/** The same with its service tasks as tasks of another kind that a worker does. */
export function workedBy(kind: string, one: Waiting): Waiting {
  return { ...one, xml: one.xml.replaceAll('bpmn:serviceTask', `bpmn:${kind}`) };
}
