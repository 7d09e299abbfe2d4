import { Inject, Injectable } from '@nestjs/common';
import {
  createOrganizationQueries,
  type Database,
  type IncidentView,
  type OrganizationQueries,
  type Queries,
} from '#persistence';
import type { Runtime } from '#runtime';
import { BarredTasksService } from '../access/barred-tasks.service.js';
import type { SignedIn } from '../access/signed-in.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import { NamesService } from '../cases/names.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { isoTime } from '../iso-time.js';
import { toTaskRow } from '../tasks/task-rows.js';
import type { TaskRow } from '../tasks/task-rows.js';
import { DATABASE, QUERIES, RUNTIME } from '../tokens.js';

const MAX_TASKS = 2_000;
const MAX_UNATTENDED = 200;

interface UnitGroup {
  readonly unit: { readonly id: string; readonly name: string } | null;
  readonly overdue: number;
  readonly urgent: number;
  readonly near: number;
  readonly open: number;
  readonly items: readonly TaskRow[];
}

/** What is due, urgent and overdue, by the unit that must act; never by person. */
@Injectable()
export class SupervisionService {
  private readonly organization: OrganizationQueries;

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly visibility: InstanceVisibility,
    private readonly names: NamesService,
    private readonly barred: BarredTasksService,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
  ) {
    this.organization = createOrganizationQueries(database);
  }

  async overview(account: SignedIn) {
    const now = this.runtime.now();
    const hidden = await this.visibility.hiddenCases(account);
    const isShown = ({ caseKey }: { readonly caseKey: string | null }): boolean =>
      caseKey === null || !hidden.has(caseKey);
    const tasks = (await this.queries.openTasks({ limit: MAX_TASKS })).filter(isShown);
    const rows = await Promise.all(tasks.map((task) => toTaskRow(task, this.names, now)));
    const units = groupByUnit(rows);
    return {
      at: isoTime(now),
      units,
      totals: sum(units),
      incidents: await this.incidents(account),
      unattended: await this.unattended(isShown),
      supervisions: await this.supervisions(isShown),
    };
  }

  /** Operators see all. Where the exclusions of a case left nobody, who may undo them sees it too. */
  private async incidents(account: SignedIn) {
    const operates = account.permissions.has('operate');
    if (!operates && !account.permissions.has('recusal')) return [];
    const asked = { filter: { state: 'ACTIVE' }, page: { limit: 100 } };
    const { items } = await this.queries.search('incidents', await this.visibility.narrowed(asked, account));
    const chosen = operates ? items : await this.leftByExclusions(items);
    return chosen.map((incident) => ({
      processInstanceKey: incident.processInstanceKey,
      elementId: incident.elementId,
      title: incident.processDefinitionId,
      message: incident.errorMessage,
      at: isoTime(incident.creationTime),
    }));
  }

  private async leftByExclusions(incidents: readonly IncidentView[]): Promise<readonly IncidentView[]> {
    const keys = incidents.flatMap(({ jobKey }) => jobKey ?? []);
    if (keys.length === 0) return [];
    const filter = { jobKey: { $in: keys }, type: 'ct.choose-unit' };
    const { items } = await this.queries.search('jobs', { filter, page: { limit: keys.length } });
    const choices = new Set(items.map(({ jobKey }) => jobKey));
    return incidents.filter(({ jobKey }) => jobKey !== null && choices.has(jobKey));
  }

  /** Open tasks that nobody can do and that no fallback takes. */
  private async unattended(isShown: (row: { readonly caseKey: string | null }) => boolean) {
    const records = await this.organization.openUnattended(MAX_UNATTENDED);
    const found = await Promise.all(
      records.map(async (record) => ({ record, task: await this.queries.get('userTasks', record.userTaskKey) })),
    );
    const problems = await this.barred.problems(found.flatMap(({ task }) => task ?? []));
    return found.flatMap(({ record, task }) =>
      task && isShown(task)
        ? [
            {
              userTaskKey: task.userTaskKey,
              processInstanceKey: task.processInstanceKey,
              name: task.name,
              caseNo: task.caseNo,
              candidates: task.candidateGroups.map((group) => this.names.group(group)),
              since: isoTime(record.since),
              problem: problems.get(task.userTaskKey) ?? null,
            },
          ]
        : [],
    );
  }

  /** Instances of the processes that say of themselves that they supervise (`ct.supervision`). */
  private async supervisions(isShown: (row: { readonly caseKey: string | null }) => boolean) {
    const processes = this.configuration.current.processes.filter(
      ({ definition }) => definition.properties['ct.supervision'] === 'true',
    );
    const lists = await Promise.all(
      processes.map(({ id }) =>
        this.queries.search('processInstances', {
          filter: { processDefinitionId: id },
          sort: [{ field: 'startDate', order: 'desc' }],
          page: { limit: 100 },
        }),
      ),
    );
    const instances = lists.flatMap(({ items }) => items).filter(isShown);
    return Promise.all(
      instances.map(async (instance) => {
        const { level, unit, levelLabel } = await this.queries.variablesOf(instance.processInstanceKey);
        return {
          processInstanceKey: instance.processInstanceKey,
          caseNo: instance.caseNo ?? '',
          title: instance.title,
          level: this.levelLabel(levelLabel ?? level),
          unit: typeof unit === 'string' ? this.names.unit(unit) : null,
          at: isoTime(instance.startDate),
          state: instance.state,
          drill: instance.drill,
        };
      }),
    );
  }

  private levelLabel(level: unknown): string {
    const entries = Object.values(this.configuration.current.dictionaries).flat();
    return entries.find((entry) => entry.value === level)?.label ?? String(level ?? '');
  }
}

function groupByUnit(rows: readonly TaskRow[]): readonly UnitGroup[] {
  const groups = new Map<string, TaskRow[]>();
  for (const row of rows) {
    const id = row.unit?.id ?? '';
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  return [...groups.values()]
    .map(unitGroup)
    .sort((a, b) => b.overdue - a.overdue || b.urgent - a.urgent || b.open - a.open);
}

function unitGroup(items: readonly TaskRow[]): UnitGroup {
  const count = (lamp: TaskRow['lamp']): number => items.filter((row) => row.lamp === lamp).length;
  return {
    unit: items[0]?.unit ?? null,
    overdue: count('overdue'),
    urgent: count('urgent'),
    near: count('near'),
    open: items.length,
    items,
  };
}

function sum(units: readonly UnitGroup[]): Omit<UnitGroup, 'unit' | 'items'> {
  const total = (pick: (unit: UnitGroup) => number): number => units.reduce((all, unit) => all + pick(unit), 0);
  return {
    overdue: total((unit) => unit.overdue),
    urgent: total((unit) => unit.urgent),
    near: total((unit) => unit.near),
    open: total((unit) => unit.open),
  };
}
