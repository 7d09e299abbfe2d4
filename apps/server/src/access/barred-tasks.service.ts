import { Inject, Injectable } from '@nestjs/common';
import { compileAttribute, scopeOf, toJson } from '#feel';
import type { Variables } from '#engine';
import type { Queries, TaskSight, UserTaskView } from '#persistence';
import type { Runtime } from '#runtime';
import { InstanceDefinitions } from '../cases/instance-definitions.service.js';
import { QUERIES, RUNTIME } from '../tokens.js';
import { subjectsOf } from './hidden-cases.js';
import { KeptPlaces } from './kept-places.service.js';
import type { TaskHolder } from './signed-in.js';

const READ_AT_ONCE = 1_000;

export type Bars = (task: UserTaskView, holder: Pick<TaskHolder, 'id' | 'units'>) => boolean;

/** Units and accounts; or why they cannot be told, which keeps the task from everybody. */
type Kept = { readonly from: ReadonlySet<string> } | { readonly problem: string };

/** Tasks, and what their formulas yield, by key. */
interface Read {
  readonly items: readonly UserTaskView[];
  readonly kept: ReadonlyMap<string, Kept>;
}

/**
 * `ct.notOf` of a user task: who belongs to one of the units that it yields, or is one of the accounts, has nothing to do
 * with the task while it is open, not even in the place of somebody else. It is read in the version that the instance runs
 * on. Where the formula fails, warns or yields anything but texts, nobody can tell whom the task judges, so that it is kept
 * from everybody until its variables or its process are mended (ADR 20); `problems` says why and where.
 */
@Injectable()
export class BarredTasksService {
  constructor(
    private readonly places: KeptPlaces,
    private readonly definitions: InstanceDefinitions,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  /** Reads each task once, for many holders. */
  async of(tasks: readonly UserTaskView[]): Promise<Bars> {
    return barsOf(await this.read(tasks));
  }

  /** Why tasks are kept from everybody, with the place; by key, only of those that are. */
  async problems(tasks: readonly UserTaskView[]): Promise<ReadonlyMap<string, string>> {
    const kept = await this.read(tasks);
    return new Map([...kept].flatMap(([key, one]) => ('problem' in one ? [[key, one.problem] as const] : [])));
  }

  /** Of the open tasks that are offered to these: a test by key and holder, for lists that are read from the database. */
  async among(sight: TaskSight): Promise<(holder: TaskHolder) => readonly string[]> {
    const places = await this.places.all();
    if (places.length === 0) return () => [];
    const filter = {
      state: 'CREATED',
      processDefinitionId: { $in: [...new Set(places.map(({ process }) => process))] },
      elementId: { $in: [...new Set(places.map(({ element }) => element))] },
    };
    const pages: Read[] = [];
    for (let after: string | undefined; ;) {
      const page = { limit: READ_AT_ONCE, ...(after !== undefined && { after }) };
      const { items, endCursor } = await this.queries.search('userTasks', { filter, visibleTo: sight, page });
      pages.push({ items, kept: await this.read(items) });
      if (items.length < READ_AT_ONCE || endCursor === null) break;
      after = endCursor;
    }
    return (holder) =>
      pages.flatMap(({ items, kept }) => {
        const bars = barsOf(kept);
        return items.filter((task) => bars(task, holder)).map(({ userTaskKey }) => userTaskKey);
      });
  }

  private async read(tasks: readonly UserTaskView[]): Promise<ReadonlyMap<string, Kept>> {
    const open = tasks.filter(({ state }) => state === 'CREATED');
    const asked = (await Promise.all(open.map(async (task) => ({ task, source: await this.sourceOf(task) })))).filter(
      ({ source }) => source !== undefined,
    );
    const keys = asked.map(({ task }) => task.elementInstanceKey);
    const variables = await this.queries.visibleVariablesOf(keys);
    const compile = compiledOnce();
    return new Map(
      asked.map(({ task, source }) => [
        task.userTaskKey,
        this.evaluate(task, source!, { compile, variables: variables.get(task.elementInstanceKey) ?? {} }),
      ]),
    );
  }

  private async sourceOf(task: UserTaskView): Promise<string | { readonly unreadable: string } | undefined> {
    try {
      const { elements, indexById } = await this.definitions.of(task.processDefinitionKey);
      return elements[indexById.get(task.elementId) ?? -1]?.properties['ct.notOf'];
    } catch (cause) {
      return { unreadable: cause instanceof Error ? cause.message : String(cause) };
    }
  }

  private evaluate(
    { processDefinitionId, elementId }: UserTaskView,
    source: string | { readonly unreadable: string },
    { compile, variables }: { readonly compile: Compile; readonly variables: Variables },
  ): Kept {
    const problem = (why: string): Kept => ({ problem: `${processDefinitionId} / ${elementId} / ct.notOf: ${why}` });
    if (typeof source !== 'string') return problem(source.unreadable);
    const compiled = compile(source);
    if (!compiled.ok) return problem(compiled.problems[0]?.message ?? source);
    try {
      const evaluated = compiled.expression.evaluate(scopeOf({ ...variables }), this.runtime.evaluationContext());
      const why = evaluated.failed ?? evaluated.warnings[0];
      if (why) return problem(`${source}: ${why.message}`);
      const texts = textsOf(toJson(evaluated.value));
      return texts ? { from: new Set(texts) } : problem(`Expected ${source} to yield units or accounts.`);
    } catch (cause) {
      return problem(`${source}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
}

type Compile = typeof compileAttribute;

/** Many tasks have the same formula. */
function compiledOnce(): Compile {
  const known = new Map<string, ReturnType<Compile>>();
  return (source) => {
    const compiled = known.get(source) ?? compileAttribute(source);
    known.set(source, compiled);
    return compiled;
  };
}

function barsOf(kept: ReadonlyMap<string, Kept>): Bars {
  return (task, holder) => {
    const one = kept.get(task.userTaskKey);
    if (one === undefined) return false;
    return 'problem' in one || subjectsOf(holder).some((subject) => one.from.has(subject));
  };
}

/** Null is nobody. Nothing where there is anything but texts. */
function textsOf(value: unknown): readonly string[] | undefined {
  if (value === null || value === undefined) return [];
  if (typeof value === 'string') return value.split(',').map((one) => one.trim());
  if (!Array.isArray(value)) return undefined;
  const given: readonly unknown[] = value.filter((one) => one !== null);
  return given.every((one) => typeof one === 'string') ? given : undefined;
}
