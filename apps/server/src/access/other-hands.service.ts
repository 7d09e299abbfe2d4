import { Inject, Injectable } from '@nestjs/common';
import type { Queries, UserTaskView } from '#persistence';
import { InstanceDefinitions } from '../cases/instance-definitions.service.js';
import { Refusal } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';
import type { SignedIn } from './signed-in.js';
import type { HeldTask } from './task-visibility.js';

/**
 * `ct.otherThan` of a user task: who completed one of the named tasks in the same instance does not complete this one, not
 * even in the place of somebody else, and nobody completes it in their place.
 */
@Injectable()
export class OtherHandsService {
  constructor(
    private readonly definitions: InstanceDefinitions,
    @Inject(QUERIES) private readonly queries: Queries,
  ) {}

  /** What keeps one of these accounts from the task, as a sentence; null where nothing does. */
  async obstacle(task: UserTaskView, accounts: readonly string[]): Promise<string | null> {
    const own = task.state === 'CREATED' ? await this.ownStep(task, accounts) : undefined;
    return own ? sentence(own) : null;
  }

  /** @throws Refusal `forbidden` */
  async require({ task, holder }: HeldTask, account: SignedIn): Promise<void> {
    const own = await this.ownStep(task, [account.id, holder.id]);
    if (!own) return;
    throw new Refusal(
      'forbidden',
      `Expected somebody else to complete ${task.elementId} than who completed ${own.elementId}.`,
      { zh: sentence(own) },
    );
  }

  private async ownStep(task: UserTaskView, accounts: readonly string[]): Promise<UserTaskView | undefined> {
    const { elements, indexById } = await this.definitions.of(task.processDefinitionKey);
    const named = elements[indexById.get(task.elementId) ?? -1]?.properties['ct.otherThan'];
    if (named === undefined) return undefined;
    const others = named.split(',').map((id) => id.trim());
    const tasks = await this.queries.tasksOfInstances([task.processInstanceKey]);
    return tasks.find(
      ({ elementId, completedBy }) =>
        others.includes(elementId) && completedBy !== null && accounts.includes(completedBy),
    );
  }
}

const sentence = ({ name, elementId }: UserTaskView): string =>
  `“${name || elementId}”是您办的，这一步要由另一个人办。`;
