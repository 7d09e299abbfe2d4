import { singleEventsOf, type BpmnElement, type ProcessDefinition } from '#bpmn';
import type { ProcessEntry } from '../configuration-set.js';
import { remembered } from '../remembered.js';
import { type LinkContext, reportElement } from './link-context.js';

const throwing: ReadonlySet<string> = new Set(['intermediateThrowEvent', 'endEvent', 'sendTask']);

/** Elements of a process that publish a message themselves, with its name where that is written out. */
export const messagesThrown = remembered((definition: ProcessDefinition) =>
  messageElements(definition, (element) => throwing.has(element.type) && !element.job),
);

/** Elements of a process that a message starts or reaches. */
export const messagesCaught = remembered((definition: ProcessDefinition) =>
  messageElements(definition, (element) => !throwing.has(element.type)),
);

/** Names of the messages that start a process. */
export function startMessages({ elements, startEvents }: ProcessDefinition): readonly string[] {
  return startEvents
    .flatMap((index) => singleEventsOf(elements[index] ?? {}))
    .flatMap((event) => (event.kind === 'message' && event.messageName !== undefined ? [event.messageName] : []));
}

/** Tells whether a process can be started without a message, timer or signal. */
export function hasNoneStart({ elements, startEvents }: ProcessDefinition): boolean {
  if (elements[0]?.implicitStarts.length) return true;
  return startEvents.some((index) => (elements[index]?.event?.kind ?? 'none') === 'none');
}

/** Warns of messages that are thrown while nothing in the set waits for them. */
export function linkMessages(context: LinkContext, process: ProcessEntry): void {
  const caught = context.set.processes.flatMap(({ definition }) => messagesCaught(definition));
  const names = new Set(caught.map(({ name }) => name));
  if (context.broken.has('process') || names.has(undefined)) return;
  for (const { element, name } of messagesThrown(process.definition)) {
    if (name === undefined || names.has(name)) continue;
    reportElement(context, process, element, {
      code: 'link.uncaughtMessage',
      severity: 'warning',
      text: [
        `The message "${name}" is thrown but no process of this set catches it.`,
        `消息“${name}”被发出，但没有任何流程接收它。`,
      ],
    });
  }
}

type MessageElement = { readonly element: BpmnElement; readonly name?: string };

function messageElements(
  definition: ProcessDefinition,
  isWanted: (element: BpmnElement) => boolean,
): readonly MessageElement[] {
  return definition.elements.filter(isWanted).flatMap((element) =>
    singleEventsOf(element).flatMap((event) => {
      if (event.kind !== 'message') return [];
      return [event.messageName === undefined ? { element } : { element, name: event.messageName }];
    }),
  );
}
