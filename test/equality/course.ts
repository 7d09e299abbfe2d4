import { readFileSync } from 'node:fs';
import type { ScenarioOpening } from '#configuration';
import type { UserTaskView } from '#persistence';
import { isCandidate } from '../../apps/server/src/access/task-holders.js';
import { OtherHandsService } from '../../apps/server/src/access/other-hands.service.js';
import type { SignedIn } from '../../apps/server/src/access/signed-in.js';
import { AccountsService } from '../../apps/server/src/accounts/accounts.service.js';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { LedgerFollowing } from '../../apps/server/src/ledgers/ledger-following.service.js';
import { AttendanceService } from '../../apps/server/src/organization/attendance.service.js';
import { ScenarioRun } from '../../apps/server/src/scenarios/scenario-run.js';
import type { TestApp } from '../e2e/start-app.js';
import { identityOf, type Matter, type Reporter } from './matters.js';
import { answersOf } from './staff.js';

type Values = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, unknown>>;

/** Of those that are open: a closed one keeps the dates that were seen last, and nothing reads them any more. */
const DEADLINE =
  'deadline_id AS id, unit, state, from_at, due_at, near_at, urgent_at, inputs, marks, performed, next_mark, next_at, fault';

/** A case that staff brought as far as the plan of a unit or, on the short way, the delivered reply. */
export interface Followed {
  readonly run: ScenarioRun;
  /** Instances that it began, also in cases of their own. */
  readonly begun: readonly string[];
  /** The tasks of staff as they stood before each was done: afterwards their queues are not kept. */
  readonly done: readonly string[];
}

/** Registers cases, lets the same staff decide on them, and tells what became of each. */
export class Courses {
  private constructor(
    private readonly app: TestApp,
    private readonly staff: readonly SignedIn[],
  ) {}

  static async on(app: TestApp): Promise<Courses> {
    const accounts = app.running.app.get(AccountsService);
    const ids = (await accounts.list()).map(({ id }) => id).toSorted();
    const staff = await Promise.all(ids.map((id) => accounts.signedIn(id)));
    return new Courses(
      app,
      staff.filter((account) => account !== undefined && account !== null),
    );
  }

  async follow(matter: Matter, reporter: Reporter): Promise<Followed> {
    const { platform, app } = this.app.running;
    const latest = await this.latest();
    const run = new ScenarioRun(app, platform);
    const { opening, registration } = openingOf(matter, reporter);
    await run.step({ do: 'start', start: opening });
    const answers = answersOf(matter, registration, platform.runtime.now());
    const answered = new Set<string>();
    const done: string[] = [];
    for (;;) {
      await this.settled();
      const open = (await run.openTasks()).filter((task) => task.elementId in answers && !answered.has(idOf(task)));
      const [task] = open.toSorted((one, other) => idOf(one).localeCompare(idOf(other)));
      if (!task) break;
      answered.add(idOf(task));
      const holder = await this.holderOf(task);
      if (!holder) continue;
      done.push(taskLine(task));
      const variables = await platform.queries.variablesOf(task.processInstanceKey);
      const data = answers[task.elementId]?.(variables) ?? {};
      await run.step({ do: 'complete', element: task.elementId, as: holder.id, values: data });
    }
    return { run, begun: await this.since(latest), done };
  }

  /** The first who may complete the task, and did none of the steps that keep somebody from it. */
  private async holderOf(task: UserTaskView): Promise<SignedIn | undefined> {
    const isKeptFrom = await this.app.running.app.get(OtherHandsService).of([task]);
    return this.staff.find((account) => isCandidate(task, account) && !isKeptFrom(task, account.id));
  }

  /** Resolves when what follows commits has seen to all: deadlines, ledgers, and tasks that nobody could do. */
  private async settled(): Promise<void> {
    const { platform, app } = this.app.running;
    await platform.runtime.idle();
    await app.get(AttendanceService).settled();
    await app.get(DeadlineKeeping).settled();
    await app.get(LedgerFollowing).settled();
  }

  /** Lines of everything that the course of a case consists of; numbers and keys of its own are left out. */
  async told({ run, begun, done }: Followed): Promise<readonly string[]> {
    const { queries, database } = this.app.running.platform;
    const joined = (await run.instances()).map(({ key }) => key);
    const keys = [...new Set([...begun, ...joined])].toSorted(byKey);
    const read = (sql: string) => database.reader.query(sql.replace('?', keys.join(', '))) as Promise<Row[]>;
    const own = keys.map(async (key) => {
      const instance = await queries.instance(key);
      const variables = Object.entries(await queries.variablesOf(key));
      const place = instance?.bpmnProcessId ?? '';
      return [
        line('case', place, { series: instance?.caseNo, state: instance?.state, version: instance?.version }),
        ...variables.map(([name, value]) => line('variable', `${place}.${name}`, { value })),
      ];
    });
    const columns = async (kind: string, table: string, names: string, which = '') => {
      const rows = await read(`SELECT ${names} FROM ${table} WHERE ${which} process_instance_key IN (?)`);
      return rows.map(({ id, ...facts }) => line(kind, String(id), facts));
    };
    const parts = await Promise.all([
      ...own,
      queries.tasksOfInstances(keys).then((tasks) => tasks.map(taskLine)),
      columns('element', 'element_instances', 'element_id AS id, state, start_at, end_at'),
      columns('timer', 'timers', 'element_id AS id, due_at, repetitions_left'),
      columns('deadline', 'deadlines', DEADLINE, "state <> 'CLOSED' AND"),
      columns('ledger', 'ledger_rows', 'ledger_id AS id, ended_at, cells'),
      columns('decision', 'decision_evaluations', 'decision_id AS id, inputs, output, matched_rules'),
    ]);
    return [...done, ...parts.flat()].toSorted();
  }

  private async latest(): Promise<string> {
    const [newest] = await this.newest(1);
    return newest ?? '0';
  }

  private async since(key: string): Promise<readonly string[]> {
    return (await this.newest(100)).filter((one) => byKey(one, key) > 0);
  }

  private async newest(limit: number): Promise<readonly string[]> {
    const { items } = await this.app.running.platform.queries.search('processInstances', {
      sort: [{ field: 'processInstanceKey', order: 'desc' }],
      page: { limit },
    });
    return items.map(({ processInstanceKey }) => processInstanceKey);
  }
}

const idOf = ({ elementId, userTaskKey }: UserTaskView): string => `${elementId} ${userTaskKey.padStart(20, '0')}`;
const byKey = (one: string, other: string): number => Number(BigInt(one) - BigInt(other));

const taskLine = (task: UserTaskView): string => {
  const { state, candidateGroups, candidateUsers, unit, priority, dueDate, nearDate, urgentDate, creationDate } = task;
  const queue = {
    candidateGroups: candidateGroups.toSorted(),
    candidateUsers: candidateUsers.toSorted(),
    unit,
    priority,
  };
  return line('task', task.elementId, { state, ...queue, creationDate, dueDate, nearDate, urgentDate });
};

/** Numbers keep their series, keys and sealed values only that they are there. */
function line(kind: string, id: string, facts: Row): string {
  const text = JSON.stringify(facts)
    .replaceAll(/([A-Z]{2})-\d{4}-\d{2,5}/g, '$1')
    .replaceAll(/(〔\d{4}〕)\d{3}号/g, '$1')
    .replaceAll(/\b\d{14,}\b/g, 'key')
    .replaceAll(/(\\*"\$sealed\\*":)\\*"[^"\\]*\\*"/g, '$1sealed');
  return `${kind} ${id} ${text}`;
}

/** The way in that a channel has: the public page, the record of a call, or the register. */
function openingOf(matter: Matter, reporter: Reporter): { opening: ScenarioOpening; registration: Values } {
  const { channel, fields } = matter;
  const identity = identityOf(reporter);
  const all = { channel, ...fields, ...identity, headcount: fields['headcount'] };
  const registration = only('F01', all);
  if (channel === 'web') {
    const values = only('F01-portal', all);
    return { opening: { message: 'petition.submitted', form: 'F01-portal', values }, registration };
  }
  if (channel === 'phone') {
    const call = {
      ...all,
      anonymousCall: reporter.anonymous,
      callStart: fields['receivedAt'],
      recordText: fields['mainFacts'],
      readBackText: '把记下的念了一遍。',
      callerConfirmed: 'same',
      readBackDone: true,
    };
    return { opening: { process: 'xf_main', as: 'xf_clerk', form: 'F02', values: only('F02', call) }, registration };
  }
  return { opening: { process: 'xf_main', as: 'xf_clerk', form: 'F01', values: registration }, registration };
}

/** What a form has fields for. */
function only(formId: string, values: Values): Values {
  const { schema } = JSON.parse(readFileSync(`forms/${formId}.form.json`, 'utf8')) as {
    readonly schema: { readonly properties: object };
  };
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in schema.properties));
}
