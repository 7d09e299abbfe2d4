import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { BpmnElement, ProcessDefinition } from '#bpmn';
import { recomputedDue } from '#engine';
import { createDeadlineQueries, deadlineMove } from '#persistence';
import type { Database, DeadlineQueries, OpenTimer, Queries } from '#persistence';
import type { Runtime } from '#runtime';
import { InstanceDefinitions } from '../cases/instance-definitions.service.js';
import { DATABASE, LOG, QUERIES, RUNTIME } from '../tokens.js';

const BATCH = 200;

/**
 * Computes the dates of timers that wait in a diagram again after a publication: those whose formula reads nothing but the
 * moment at which they began to wait, the calendar and parameters (ADR 21).
 */
@Injectable()
export class TimerDates {
  private readonly timers: DeadlineQueries;

  constructor(
    private readonly definitions: InstanceDefinitions,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.timers = createDeadlineQueries(database);
  }

  /** What is right already is left alone, so that it may run again and on several nodes. */
  async compute(setId: number): Promise<void> {
    for (let after = '0'; ;) {
      const timers = await this.timers.openTimers(after, BATCH);
      for (const timer of timers) await this.see(timer, setId);
      if (timers.length < BATCH) return;
      after = timers.at(-1)?.timerKey ?? after;
    }
  }

  private async see(timer: OpenTimer, setId: number): Promise<void> {
    const { timerKey, processInstanceKey, elementId, dueAt: fromDue } = timer;
    const definition = await this.definitions.of(timer.processDefinitionKey);
    const element = definition.elements[definition.indexById.get(elementId) ?? -1];
    if (!element || !this.isComputable(element)) return;
    const since = await this.beginning(timer);
    const dueAt = since && this.dueAt(element, since);
    if (!since || dueAt === undefined || dueAt === fromDue) return;
    const { at: countedFrom } = since;
    const title = titleOf(element, definition);
    const movedAt = this.runtime.now();
    const outcome = await this.runtime.execute({
      instanceKey: processInstanceKey,
      command: { type: 'rescheduleTimer', timerKey, dueAt, countedFrom },
      writes: [
        deadlineMove({
          setId,
          id: `timer/${since.first}`,
          title,
          processInstanceKey,
          movedAt,
          fromDue,
          toDue: dueAt,
          isKept: false,
        }),
      ],
    });
    if (!outcome.ok) this.log.info({ timerKey, rejection: outcome.rejection.code }, 'a timer was not moved');
  }

  /** Most timers follow from data: their events are not read. */
  private isComputable(element: BpmnElement): boolean {
    const count = element.event?.kind === 'multiple' ? element.event.events.length : 1;
    return Array.from({ length: count }, (_each, eventIndex) => eventIndex).some(
      (eventIndex) => this.dueAt(element, { at: this.runtime.now(), eventIndex }) !== undefined,
    );
  }

  private dueAt(element: BpmnElement, { at: now, eventIndex }: Pick<Beginning, 'at' | 'eventIndex'>) {
    return recomputedDue(element, eventIndex, { ...this.runtime.evaluationContext(), now });
  }

  /** When it began to wait, also where it stands for an earlier one. */
  private async beginning({ timerKey, processInstanceKey }: OpenTimer): Promise<Beginning | undefined> {
    const events = await this.queries.eventsOfTypes(processInstanceKey, ['timerCreated']);
    const created = new Map(
      events.flatMap(({ event, at }) => (event.type === 'timerCreated' ? [[event.timerKey, { event, at }]] : [])),
    );
    const found = created.get(timerKey);
    if (!found) return undefined;
    const { event, at } = found;
    let first = timerKey;
    for (let before = event.replaces; before; before = created.get(first)?.event.replaces) first = before.timerKey;
    return { first, at: event.replaces?.countedFrom ?? at, eventIndex: event.eventIndex ?? 0 };
  }
}

interface Beginning {
  /** Key of the timer that stood there first: a publication tells its move once. */
  readonly first: string;
  /** Epoch ms. */
  readonly at: number;
  readonly eventIndex: number;
}

/** As people see it in the diagram: the event, else what it is attached to or begins. */
function titleOf({ id, type, name, attachedTo, flowScope }: BpmnElement, { elements }: ProcessDefinition): string {
  const owner = attachedTo ?? (type === 'startEvent' ? flowScope : undefined) ?? -1;
  return name || elements[owner]?.name || id;
}
