import { useTranslation } from 'react-i18next';
import type { TaskDetail, TaskNote, TaskTurn } from '../../../lib/api-types.js';
import { momentText } from '../../../lib/time.js';
import { ReasonPopover } from '../../../ui/reason-popover.js';
import { CaseValue } from '../../../ui/sealed-value.js';
import { removeTurn } from './api.js';
import { useAction } from './use-action.js';

/** Who has or had a turn, and what people wrote about the case; folded where nothing is there. */
export function TaskCourse({ detail }: { detail: TaskDetail }) {
  const { t } = useTranslation();
  const { turns, comments } = detail;
  if (turns.length + comments.length === 0) return null;
  return (
    <section className="ct-previous" aria-label={t('action.course')}>
      {turns.length > 0 && <strong>{t('action.turns')}</strong>}
      <ul className="ct-plain">
        {turns.map((turn) => (
          <Turn key={turn.turnId} turn={turn} detail={detail} />
        ))}
      </ul>
      {comments.length > 0 && <strong>{t('action.comments')}</strong>}
      <ul className="ct-plain">
        {comments.map((note) => (
          <Note key={note.noteKey} note={note} />
        ))}
      </ul>
    </section>
  );
}

function Turn({ turn, detail }: { turn: TaskTurn; detail: TaskDetail }) {
  const { t } = useTranslation();
  const { task, owner } = detail;
  const { run } = useAction(task.userTaskKey, task.processInstanceKey);
  const name = t('action.name.unsign');
  const isTheirs = detail.turn === null && (owner !== null || detail.canComplete);
  const remove = async (reason: string) => {
    await run((key) => removeTurn(task.userTaskKey, turn.turnId, reason, key), name);
  };
  return (
    <li>
      {t(`action.kind.${turn.kind}`)} · {turn.account?.name} ·{' '}
      {t(`action.state.${turn.isCurrent ? 'now' : turn.state}`)}{' '}
      {turn.comment && <CaseValue value={turn.comment} label={t('action.opinion')} />}
      {turn.isOpen && isTheirs && (
        <ReasonPopover label={name} describe={name} question={t('action.whyUnsign')} ask={remove} />
      )}
    </li>
  );
}

function Note({ note }: { note: TaskNote }) {
  const { t, i18n } = useTranslation();
  return (
    <li>
      <span className="ct-soft">
        {note.by?.name} · {momentText(note.at, i18n.language)} ·{' '}
        {t(`action.name.${note.kind === 'comment' ? 'comment' : 'attach'}`)}
      </span>{' '}
      <CaseValue value={note.content} label={t(`action.name.${note.kind === 'comment' ? 'comment' : 'attach'}`)} />
    </li>
  );
}
