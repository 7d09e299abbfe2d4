import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { momentOf } from '#configuration';
import { scopeOf, type CompiledExpression } from '#feel';
import { createOrganizationQueries, deadlineMove } from '#persistence';
import type { Database, OrganizationQueries, Queries, UserTaskView } from '#persistence';
import type { Runtime } from '#runtime';
import { InstanceDefinitions } from '../cases/instance-definitions.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { SYSTEM } from '../system-actor.js';
import { DATABASE, LOG, QUERIES, RUNTIME } from '../tokens.js';

const BATCH = 200;

/**
 * Computes due dates of open tasks again after a publication: those whose formula reads nothing but the moment of the task's
 * beginning, the calendar and parameters. Others follow from data, and a date that somebody gave stays (ADR 21).
 */
@Injectable()
export class TaskDueDates {
  private readonly organization: OrganizationQueries;

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly definitions: InstanceDefinitions,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.organization = createOrganizationQueries(database);
  }

  /** What is right already is left alone, so that it may run again and on several nodes. */
  async compute(setId: number): Promise<void> {
    for (let after = '0'; ;) {
      const keys = await this.organization.openTaskKeys(after, BATCH);
      if (keys.length === 0) return;
      const filter = { userTaskKey: { $in: [...keys] }, state: 'CREATED' };
      const { items } = await this.queries.search('userTasks', { filter, page: { limit: keys.length } });
      for (const task of items) await this.see(task, setId);
      after = keys.at(-1) ?? after;
    }
  }

  private async see(task: UserTaskView, setId: number): Promise<void> {
    const dueAt = this.isDeclared(task) ? undefined : await this.dueAt(task);
    if (dueAt === undefined || dueAt === task.dueDate || (await this.isGiven(task))) return;
    const { processInstanceKey, userTaskKey, name } = task;
    const outcome = await this.runtime.execute({
      instanceKey: processInstanceKey,
      command: { type: 'updateUserTask', userTaskKey, changes: { dueAt }, by: SYSTEM },
      writes: [
        deadlineMove({
          setId,
          id: `task/${userTaskKey}`,
          title: name,
          processInstanceKey,
          movedAt: this.runtime.now(),
          fromDue: task.dueDate,
          toDue: dueAt,
          isKept: false,
        }),
      ],
    });
    if (!outcome.ok) this.log.info({ userTaskKey, rejection: outcome.rejection.code }, 'a due date was not moved');
  }

  private isDeclared({ processDefinitionId, elementId }: UserTaskView): boolean {
    return this.configuration.current.readModel.deadlines.some(
      ({ declaration: { of } }) => of.process === processDefinitionId && of.task === elementId,
    );
  }

  /** Undefined where it has none, or one that follows from data. */
  private async dueAt({ processDefinitionKey, elementId, dueDate, creationDate }: UserTaskView) {
    if (dueDate === null) return undefined;
    const { elements } = await this.definitions.of(processDefinitionKey);
    const formula = elements.find(({ id }) => id === elementId)?.userTask?.dueDate;
    if (!formula || formula.isStatic || formula.reads.length > 0) return undefined;
    return this.evaluate(formula, creationDate);
  }

  private evaluate(formula: CompiledExpression, now: number): number | undefined {
    const context = { ...this.runtime.evaluationContext(), now };
    return momentOf(formula.evaluate(scopeOf({}), context).value, context.timeZone);
  }

  private async isGiven({ processInstanceKey, userTaskKey }: UserTaskView): Promise<boolean> {
    const events = await this.queries.eventsOfTypes(processInstanceKey, ['userTaskUpdated']);
    return events.some(
      ({ event }) =>
        event.type === 'userTaskUpdated' &&
        event.userTaskKey === userTaskKey &&
        event.changes.dueAt !== undefined &&
        event.by !== SYSTEM,
    );
  }
}
