import { Inject, Injectable } from '@nestjs/common';
import {
  createOrganizationQueries,
  type Database,
  type OrganizationQueries,
  type RecusalRecord,
  type UserTaskView,
} from '#persistence';
import type { InstanceRecord } from '#runtime';
import { DATABASE } from '../tokens.js';
import { NamesService } from './names.service.js';
import type { Dated } from './timeline.service.js';

/** What the course of a case says of substitutes, recusals and tasks that nobody could do. */
@Injectable()
export class OrganizationTimelineService {
  private readonly queries: OrganizationQueries;

  constructor(
    private readonly names: NamesService,
    @Inject(DATABASE) database: Database,
  ) {
    this.queries = createOrganizationQueries(database);
  }

  /** By key of a task that somebody completed in the place of another: who that was. */
  async inPlaceOf(instances: readonly InstanceRecord[]): Promise<ReadonlyMap<string, { readonly detail: string }>> {
    const acts = await this.queries.actsInPlace(instances.map(({ key }) => key));
    const completed = acts.filter(({ act }) => act === 'completeUserTask');
    const entries = completed.map(
      async ({ userTaskKey, inPlaceOf }) => [userTaskKey, { detail: `代 ${await this.nameOf(inPlaceOf)}` }] as const,
    );
    return new Map(await Promise.all(entries));
  }

  async entries(
    instances: readonly InstanceRecord[],
    tasks: ReadonlyMap<string, UserTaskView>,
  ): Promise<readonly Dated[]> {
    const caseKey = instances[0]?.caseKey;
    const recusals = caseKey ? await this.queries.recusalsOf(caseKey) : [];
    const told = await Promise.all(recusals.map((recusal) => this.recusalEntries(recusal)));
    const unattended = await this.queries.unattended([...tasks.keys()]);
    return [
      ...told.flat(),
      ...unattended.map(({ userTaskKey, since, offeredTo }) => ({
        at: since,
        kind: 'log' as const,
        text: `无人可办：${tasks.get(userTaskKey)?.name ?? '任务'}`,
        detail: offeredTo === null ? '等待处理' : `改由${this.names.group(offeredTo).name}办理`,
      })),
    ];
  }

  private async recusalEntries(recusal: RecusalRecord): Promise<readonly Dated[]> {
    const name = await this.nameOf(recusal.account);
    const told = async (at: number, text: string, by: string): Promise<Dated> => {
      const named = await this.names.account(by);
      return { at, kind: 'log', text, ...(named && { by: named }) };
    };
    const entered = await told(recusal.enteredAt, `回避：${name}`, recusal.enteredBy);
    if (recusal.undoneAt === null || recusal.undoneBy === null) return [entered];
    return [entered, await told(recusal.undoneAt, `撤销回避：${name}`, recusal.undoneBy)];
  }

  private async nameOf(id: string): Promise<string> {
    return (await this.names.account(id))?.name ?? id;
  }
}
