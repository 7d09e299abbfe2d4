import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HttpProblem } from '../../../lib/http.js';
import { useProblemTexts } from '../../../ui/states.js';
import { publishChanges, type AwaitingApproval, type Problem, type Published } from '../api.js';
import { useDrafts, useDraftStore } from '../drafts.js';
import { ProblemList } from '../problem-list.js';
import { whyText } from '../why-text.js';
import { countErrors, type Check } from '../use-check.js';
import { ChangedFile } from './changed-file.js';
import { PublishResult } from './publish-result.js';

type Props = { check: Check; goToProblem: (problem: Problem) => void; close: () => void };
type Outcome = Published | AwaitingApproval;

/** What will change, in words; why, in one line; then what came of it. */
export function PublishDialog({ check, goToProblem, close }: Props) {
  const { t } = useTranslation();
  const drafts = Object.values(useDrafts());
  const publishing = usePublish();
  const [reason, setReason] = useState('');
  const errors = countErrors(check.problems);
  const isReady = reason.trim().length >= 2 && drafts.length > 0 && errors === 0 && !check.isStale;
  if (publishing.outcome)
    return (
      <Modal
        open
        title={t('studio.publish.done')}
        onCancel={close}
        footer={
          <Button type="primary" onClick={close}>
            {t('common.close')}
          </Button>
        }
      >
        <PublishResult outcome={publishing.outcome} />
      </Modal>
    );
  return (
    <Modal
      open
      width={720}
      title={t('studio.publish.title', { count: drafts.length })}
      onCancel={close}
      footer={[
        <Button key="cancel" onClick={close}>
          {t('common.cancel')}
        </Button>,
        <Button
          key="publish"
          type="primary"
          loading={publishing.isRunning}
          disabled={!isReady}
          onClick={() => void publishing.run(reason.trim())}
        >
          {t('studio.publish.confirm')}
        </Button>,
      ]}
    >
      <div className="ct-stack">
        {publishing.error !== null && <Failure error={publishing.error} />}
        {errors > 0 && (
          <Alert
            type="error"
            showIcon
            title={t('studio.publish.hasErrors', { count: errors })}
            description={
              <ProblemList
                check={check}
                current={undefined}
                goTo={(problem) => {
                  close();
                  goToProblem(problem);
                }}
              />
            }
          />
        )}
        {check.why.length > 0 && (
          <Alert
            type="info"
            showIcon
            title={t('studio.publish.needsSecond')}
            description={<p className="ct-why">{whyText(check.why)}</p>}
          />
        )}
        {drafts.map((draft) => (
          <ChangedFile key={draft.path} draft={draft} />
        ))}
        <p className="ct-soft">{t('studio.publish.running')}</p>
        <label className="ct-setting">
          {t('studio.publish.reason')}
          <Input
            value={reason}
            maxLength={200}
            placeholder={t('studio.publish.reasonExample')}
            onChange={(event) => setReason(event.target.value)}
            onPressEnter={() => isReady && void publishing.run(reason.trim())}
          />
        </label>
      </div>
    </Modal>
  );
}

function usePublish() {
  const store = useDraftStore();
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isRunning, setRunning] = useState(false);
  const run = async (message: string) => {
    setRunning(true);
    setError(null);
    const sent = Object.values(store.read());
    try {
      const changes = sent.map(({ path, content, baseHash }) => ({ path, content, baseHash }));
      const result = await publishChanges(changes, message);
      await client.invalidateQueries({ queryKey: ['studio'], predicate: ({ queryKey }) => queryKey[1] !== 'check' });
      if ('set' in result) store.discard(sent.map(({ path }) => path));
      setOutcome(result);
    } catch (cause) {
      void client.invalidateQueries({ queryKey: ['studio'] });
      setError(cause);
    } finally {
      setRunning(false);
    }
  };
  return { outcome, error, isRunning, run };
}

function Failure({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const problemText = useProblemTexts();
  const isConflict = error instanceof HttpProblem && error.status === 409;
  return (
    <Alert
      type="error"
      showIcon
      title={isConflict ? t('studio.publish.conflict') : problemText(error)}
      description={t(isConflict ? 'studio.publish.conflictHint' : 'studio.draftsSafe')}
    />
  );
}
