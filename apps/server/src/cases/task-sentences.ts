import type { EngineEvent, SealedHandle } from '#engine';
import type { TaskNoteView } from '#persistence';

/** What a line of the timeline says of an action on a task: who else, and why. */
export interface TaskSentence {
  readonly text: string;
  readonly by?: string;
  readonly reason?: SealedHandle;
}

export interface SentenceNames {
  account(id: string): Promise<string>;
  task(userTaskKey: string): string;
  step(elementId: string): string;
}

const turnWords = { delegate: '委派', signBefore: '加签（办理前）', signAfter: '加签（办理后）' } as const;
const outcomeWords = { done: '代办完毕', agreed: '签署：同意', disagreed: '签署：不同意' } as const;
const noteWords = { comment: '评论', attachment: '上传附件', urge: '催办', copy: '抄送' } as const;

/** The sentence of an event that an action on a task wrote; undefined for all others. */
export async function taskSentence(event: EngineEvent, names: SentenceNames): Promise<TaskSentence | undefined> {
  switch (event.type) {
    case 'userTaskAssigned': {
      const { assignee, by, reason, userTaskKey } = event;
      if (assignee === null || by === undefined || by === assignee) return undefined;
      return { text: `转办：${names.task(userTaskKey)}，由${await names.account(assignee)}办理`, by, ...given(reason) };
    }
    case 'taskTurnsAdded': {
      const people = await Promise.all(event.turns.map(({ account }) => names.account(account)));
      const word = turnWords[event.turns[0]?.kind ?? 'delegate'];
      return {
        text: `${word}：${names.task(event.userTaskKey)}，${people.join('、')}`,
        by: event.by,
        ...given(event.reason),
      };
    }
    case 'taskTurnEnded':
      return {
        text: `${outcomeWords[event.outcome]}：${names.task(event.userTaskKey)}`,
        by: event.by,
        ...given(event.comment),
      };
    case 'taskTurnRemoved':
      return { text: `减签：${names.task(event.userTaskKey)}`, by: event.by, ...given(event.reason) };
    case 'processInstanceReturned': {
      const name = names.step(event.elementId);
      const text = event.kind === 'return' ? `退回至「${name}」` : `撤回「${name}」`;
      return { text, by: event.by, ...given(event.reason) };
    }
    default:
      return undefined;
  }
}

export async function noteSentence(note: TaskNoteView, names: SentenceNames): Promise<TaskSentence> {
  const to = note.recipient === null ? '' : `给${await names.account(note.recipient)}`;
  const content = note.sealedKey === null ? {} : { reason: { $sealed: note.sealedKey } };
  return { text: `${noteWords[note.kind]}${to}：${names.task(note.userTaskKey)}`, by: note.account, ...content };
}

const given = (reason: SealedHandle | undefined) => (reason ? { reason } : {});
