import { Inject, Injectable } from '@nestjs/common';
import type { SealedHandle, Variables } from '#engine';
import type { Queries, TaskActionQueries, TaskNoteView, TaskTurnView, UserTaskView } from '#persistence';
import type { SignedIn } from '../access/signed-in.js';
import { NamesService, type Named } from '../cases/names.service.js';
import { isoTime } from '../iso-time.js';
import { QUERIES, TASK_ACTION_QUERIES } from '../tokens.js';
import { TaskStandingService, isOpenTurn } from './task-standing.service.js';

const MAX_EVENTS = 50_000;

/** What people did with a task, for its screen; texts as handles. */
@Injectable()
export class TaskCourseService {
  constructor(
    private readonly standing: TaskStandingService,
    private readonly names: NamesService,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(TASK_ACTION_QUERIES) private readonly actionQueries: TaskActionQueries,
  ) {}

  async of(task: UserTaskView, account: SignedIn) {
    const turns = await this.standing.turnsOf(task);
    const notes = await this.actionQueries.notesOf([task.processInstanceKey]);
    const kindsOf = (...kinds: readonly TaskNoteView['kind'][]) =>
      Promise.all(notes.filter(({ kind }) => kinds.includes(kind)).map((note) => this.note(note)));
    const owner = task.owner === null ? null : await this.names.account(task.owner);
    return {
      owner,
      turn: turns.find(({ turnId }) => turnId === task.turnId && task.assignee === account.id)?.kind ?? null,
      actions: await this.standing.states(task, turns, account),
      turns: await Promise.all(turns.map((turn) => this.turn(turn, task))),
      comments: await kindsOf('comment', 'attachment'),
      copies: await kindsOf('copy'),
    };
  }

  /** What a completion that waits for signatures says; empty where none does. */
  async submitted(task: UserTaskView): Promise<Variables> {
    const turns = await this.standing.turnsOf(task);
    if (!turns.some(({ turnId, kind }) => turnId === task.turnId && kind === 'signAfter')) return {};
    const events = await this.queries.events(task.processInstanceKey, 0, MAX_EVENTS);
    const held = events.findLast(
      ({ event }) => event.type === 'userTaskChangeHeld' && event.userTaskKey === task.userTaskKey,
    )?.event;
    return held?.type === 'userTaskChangeHeld' ? (held.change.variables ?? {}) : {};
  }

  /** Whether somebody signs after the task before its completion takes effect. */
  async isSignedAfter(task: UserTaskView): Promise<boolean> {
    const turns = await this.standing.turnsOf(task);
    return turns.some((turn) => turn.kind === 'signAfter' && isOpenTurn(turn));
  }

  private async turn(turn: TaskTurnView, task: UserTaskView) {
    return {
      turnId: turn.turnId,
      account: await this.names.account(turn.account),
      kind: turn.kind,
      askedBy: await this.names.account(turn.askedBy),
      reason: handle(turn.reason),
      state: turn.state,
      isCurrent: turn.turnId === task.turnId,
      isOpen: task.state === 'CREATED' && isOpenTurn(turn),
      comment: handle(turn.comment),
      at: isoTime(turn.createdAt),
      endedAt: turn.endedAt === null ? null : isoTime(turn.endedAt),
    };
  }

  private async note({ noteKey, kind, account, recipient, sealedKey, at, readAt }: TaskNoteView) {
    const to: Named | null = await this.names.account(recipient);
    return {
      noteKey,
      kind,
      by: await this.names.account(account),
      to,
      content: handle(sealedKey),
      at: isoTime(at),
      isRead: readAt !== null,
    };
  }
}

const handle = (sealedKey: string | null): SealedHandle | null => (sealedKey === null ? null : { $sealed: sealedKey });
