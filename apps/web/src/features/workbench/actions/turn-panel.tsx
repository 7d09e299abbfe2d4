import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskDetail, TurnOutcome } from '../../../lib/api-types.js';
import { sendAction } from './api.js';
import { useAction } from './use-action.js';

/** Of the one whose turn it is: an opinion, and 同意, 不同意 or 办完. */
export function TurnPanel({ detail, leave }: { detail: TaskDetail; leave: (note: string) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [comment, setComment] = useState('');
  const { task, turn, owner } = detail;
  const { isBusy, run } = useAction(task.userTaskKey, task.processInstanceKey, leave);
  if (!turn) return null;
  const answer = (outcome: TurnOutcome) =>
    void run((key) => sendAction(task.userTaskKey, 'turn', { outcome, comment }, key), t(`action.outcome.${outcome}`));
  const isSigning = turn !== 'delegate';
  return (
    <section className="ct-stack" aria-label={t('action.yourTurn')}>
      <h2>{t('action.yourTurn')}</h2>
      <p className="ct-soft">{t(isSigning ? 'action.signFor' : 'action.actFor', { name: owner?.name ?? '' })}</p>
      <label htmlFor={id}>{t('action.opinion')}</label>
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={2000}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
      <div className="ct-row">
        <Button type="primary" size="large" loading={isBusy} onClick={() => answer(isSigning ? 'agreed' : 'done')}>
          {t(`action.outcome.${isSigning ? 'agreed' : 'done'}`)}
        </Button>
        {isSigning && (
          <Button
            size="large"
            disabled={comment.trim().length < 2}
            loading={isBusy}
            onClick={() => answer('disagreed')}
          >
            {t('action.outcome.disagreed')}
          </Button>
        )}
        {isSigning && <span className="ct-soft">{t('action.disagreeHint')}</span>}
      </div>
    </section>
  );
}
