import { Inject, Injectable } from '@nestjs/common';
import { compileAttribute, scopeOf, toJson } from '#feel';
import type { Queries, TaskSight, UserTaskView } from '#persistence';
import type { Runtime } from '#runtime';
import { InstanceDefinitions } from '../cases/instance-definitions.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { QUERIES, RUNTIME } from '../tokens.js';
import { subjectsOf } from './hidden-cases.js';
import type { TaskHolder } from './signed-in.js';

const READ_AT_ONCE = 1_000;

export type Bars = (task: UserTaskView, holder: Pick<TaskHolder, 'id' | 'units'>) => boolean;

/** A user task of a process. */
interface Place {
  readonly process: string;
  readonly element: string;
}

/**
 * `ct.notOf` of a user task: who belongs to one of the units that it yields, or is one of the accounts, has nothing to do
 * with the task while it is open, not even in the place of somebody else.
 */
@Injectable()
export class BarredTasksService {
  private readonly placesOf = new WeakMap<object, readonly Place[]>();

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly definitions: InstanceDefinitions,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  /** Reads each task once, for many holders. */
  async of(tasks: readonly UserTaskView[]): Promise<Bars> {
    const named = new Map(
      await Promise.all(tasks.map(async (task) => [task.userTaskKey, await this.named(task)] as const)),
    );
    return (task, holder) => {
      const kept = named.get(task.userTaskKey);
      return kept !== undefined && subjectsOf(holder).some((subject) => kept.has(subject));
    };
  }

  /** Of the open tasks that are offered to these: a test by key and holder, for lists that are read from the database. */
  async among(sight: TaskSight): Promise<(holder: TaskHolder) => readonly string[]> {
    const places = this.places();
    if (places.length === 0) return () => [];
    const filter = {
      state: 'CREATED',
      processDefinitionId: { $in: [...new Set(places.map(({ process }) => process))] },
      elementId: { $in: [...new Set(places.map(({ element }) => element))] },
    };
    const request = { filter, visibleTo: sight, page: { limit: READ_AT_ONCE } };
    const { items } = await this.queries.search('userTasks', request);
    const bars = await this.of(items);
    return (holder) => items.filter((task) => bars(task, holder)).map(({ userTaskKey }) => userTaskKey);
  }

  /** Where the configuration in force says so; lists ask at every look, so that it is found once a set. */
  private places(): readonly Place[] {
    const { processes } = this.configuration.current;
    const known = this.placesOf.get(processes);
    if (known) return known;
    const places = processes.flatMap(({ id: process, definition }) =>
      definition.elements
        .filter(({ properties }) => properties['ct.notOf'] !== undefined)
        .map(({ id: element }) => ({ process, element })),
    );
    this.placesOf.set(processes, places);
    return places;
  }

  private async named(task: UserTaskView): Promise<ReadonlySet<string>> {
    if (task.state !== 'CREATED') return new Set();
    const { elements, indexById } = await this.definitions.of(task.processDefinitionKey);
    const source = elements[indexById.get(task.elementId) ?? -1]?.properties['ct.notOf'];
    const compiled = source === undefined ? undefined : compileAttribute(source);
    if (!compiled?.ok) return new Set();
    const variables = await this.queries.visibleVariables(task.elementInstanceKey);
    const { value } = compiled.expression.evaluate(scopeOf({ ...variables }), this.runtime.evaluationContext());
    return new Set(textsOf(toJson(value)));
  }
}

function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string');
  return typeof value === 'string' ? value.split(',').map((one) => one.trim()) : [];
}
