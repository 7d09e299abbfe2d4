import { Inject, Injectable } from '@nestjs/common';
import { namedIds, remembered, type ConfigurationSet } from '#configuration';
import type { Queries, UserTaskView } from '#persistence';
import { InstanceDefinitions } from '../cases/instance-definitions.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { Refusal } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';
import type { SignedIn } from './signed-in.js';
import type { HeldTask } from './task-visibility.js';

/**
 * `ct.otherThan` of a user task: who completed one of the named tasks in the same instance (`process/task`: in any instance
 * of that process in the same case, `process/*`: every task there) does not complete this one, not even in the place of
 * somebody else, and nobody completes it in their place. Whom `ct.choosesOtherThan` names in this way is not to be chosen.
 */
@Injectable()
export class OtherHandsService {
  constructor(
    private readonly definitions: InstanceDefinitions,
    private readonly configuration: ConfigurationHolder,
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

  /** Who did one of the steps that a task names, asked for many tasks at once. */
  async of(tasks: readonly UserTaskView[]): Promise<(task: UserTaskView, account: string) => boolean> {
    const named = new Map<string, readonly string[]>();
    for (const task of tasks) named.set(task.userTaskKey, await this.named(task));
    const naming = tasks.filter(({ userTaskKey }) => named.get(userTaskKey)?.length);
    const beside = naming.filter(({ userTaskKey }) => named.get(userTaskKey)?.some(isElsewhere));
    const done = [
      ...(await this.queries.tasksOfInstances(instancesOf(naming))),
      ...(await this.queries.tasksOfCases(casesOf(beside))),
    ];
    return (task, account) => {
      const others = named.get(task.userTaskKey) ?? [];
      return done.some((one) => isMeant(one, others, task) && isDoneBy(one, [account]));
    };
  }

  /** Whether somebody is to be chosen in the form of a task (`ct.choosesOtherThan`). */
  async choosable(task: UserTaskView): Promise<(account: string) => boolean> {
    const others = await this.named(task, 'ct.choosesOtherThan');
    const done = await this.meant(task, others);
    return (account) => !done.some((one) => isDoneBy(one, [account]));
  }

  /** The open tasks that somebody may not do any more, because these were done. */
  async after(done: readonly UserTaskView[]): Promise<readonly UserTaskView[]> {
    const isNamed = await Promise.all(done.map((task) => this.isNamed(task)));
    const instances = instancesOf(done.filter((_, index) => isNamed[index]));
    const found = [
      ...(await this.queries.tasksOfInstances(instances)),
      ...(await this.queries.tasksOfCases(casesOf(done.filter((task) => this.isNamedElsewhere(task))))),
    ];
    const byKey = new Map(found.map((task) => [task.userTaskKey, task]));
    const open = [...byKey.values()].filter(({ state }) => state === 'CREATED');
    const names = await Promise.all(open.map((task) => this.named(task)));
    return open.filter((_, index) => names[index]?.length);
  }

  private isNamedElsewhere(task: UserTaskView): boolean {
    const named = namedBy(this.configuration.current);
    return placesOf(task).some((place) => named.has(place));
  }

  private async isNamed({ processDefinitionKey, elementId }: UserTaskView): Promise<boolean> {
    const { elements } = await this.definitions.of(processDefinitionKey);
    return elements.some(({ properties }) => namedIds(properties['ct.otherThan']).includes(elementId));
  }

  private async named(
    { processDefinitionKey, elementId }: UserTaskView,
    property = 'ct.otherThan',
  ): Promise<readonly string[]> {
    const { elements, indexById } = await this.definitions.of(processDefinitionKey);
    return namedIds(elements[indexById.get(elementId) ?? -1]?.properties[property]);
  }

  private async ownStep(task: UserTaskView, accounts: readonly string[]): Promise<UserTaskView | undefined> {
    const meant = await this.meant(task, await this.named(task));
    return meant.find((one) => isDoneBy(one, accounts));
  }

  /** The tasks of the instance and of its case that another names. */
  private async meant(task: UserTaskView, others: readonly string[]): Promise<readonly UserTaskView[]> {
    if (others.length === 0) return [];
    const tasks = [
      ...(await this.queries.tasksOfInstances([task.processInstanceKey])),
      ...(others.some(isElsewhere) ? await this.queries.tasksOfCases(casesOf([task])) : []),
    ];
    return tasks.filter((one) => isMeant(one, others, task));
  }
}

/** What the tasks of a configuration name: each completed task is looked up in it. */
const namedBy = remembered(
  ({ processes }: ConfigurationSet): ReadonlySet<string> =>
    new Set(
      processes.flatMap(({ definition }) =>
        definition.elements.flatMap(({ properties }) => namedIds(properties['ct.otherThan'])),
      ),
    ),
);

const instancesOf = (tasks: readonly UserTaskView[]): readonly string[] => [
  ...new Set(tasks.map(({ processInstanceKey }) => processInstanceKey)),
];

const casesOf = (tasks: readonly UserTaskView[]): readonly string[] => [
  ...new Set(tasks.flatMap(({ caseKey }) => caseKey ?? [])),
];

const isElsewhere = (id: string): boolean => id.includes('/');

/** What names a task of any process: by itself, or with all others of its process. */
const placesOf = ({ processDefinitionId, elementId }: UserTaskView): readonly string[] => [
  `${processDefinitionId}/${elementId}`,
  `${processDefinitionId}/*`,
];

/** Whether a task is one of those that another names: in its instance, or with its process in the case. */
const isMeant = (one: UserTaskView, others: readonly string[], naming: UserTaskView): boolean =>
  (one.processInstanceKey === naming.processInstanceKey && others.includes(one.elementId)) ||
  (one.caseKey !== null && one.caseKey === naming.caseKey && placesOf(one).some((place) => others.includes(place)));

const isDoneBy = ({ completedBy }: UserTaskView, accounts: readonly string[]): boolean =>
  completedBy !== null && accounts.includes(completedBy);

const sentence = ({ name, elementId }: UserTaskView): string =>
  `“${name || elementId}”是您办的，这一步要由另一个人办。`;
