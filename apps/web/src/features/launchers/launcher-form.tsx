import { Button, Modal } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormData, Launched, Launcher, LauncherDetail } from '../../lib/api-types.js';
import { withPeople } from '../../lib/form-engine.js';
import { useReference } from '../../lib/api/session.js';
import { HttpProblem } from '../../lib/http.js';
import { useSubmission } from '../../lib/use-submission.js';
import { DrillBanner } from '../../ui/drill-mark.js';
import { GeneratedForm } from '../../ui/form/generated-form.js';
import { noFields } from '../../ui/form/no-fields.js';
import { useFormState } from '../../ui/form/use-form-state.js';
import { SubmissionNotice } from '../../ui/submission-notice.js';
import { launch } from './api.js';

type Props = {
  detail: LauncherDetail;
  launcher: Launcher;
  done: (launched: Launched) => void;
  /** Called when something was typed that closing would lose. */
  typed: () => void;
};

/** The form of a launcher; one that calls people asks once more and names who will be called. */
export function LauncherForm({ detail, launcher, done, typed }: Props) {
  const { t } = useTranslation();
  const reference = useReference();
  const { accounts } = detail;
  const rules = useMemo(
    () => ({ variables: {}, reference: reference.data ? withPeople(reference.data, accounts) : null }),
    [accounts, reference.data],
  );
  const form = detail.form ?? noFields;
  const state = useFormState({ form, data: detail.data, rules });
  const [isAsking, setAsking] = useState(false);
  useEffect(() => {
    if (state.isChanged) typed();
  }, [state.isChanged, typed]);
  const isDrill = launcher.drillField ? state.effective.data[launcher.drillField] === true : false;
  const isDanger = launcher.style === 'danger';
  const needsConfirmation = isDanger || Boolean(launcher.confirm);
  const submission = useSubmission<FormData, Launched>({
    post: (data, key) =>
      launch(launcher.id, data, key).catch((error: unknown) => {
        if (error instanceof HttpProblem) state.refuse(error.fields);
        throw error;
      }),
    done,
  });
  const submit = () => {
    setAsking(false);
    submission.send(state.effective.data);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!state.check()) return;
        if (needsConfirmation) setAsking(true);
        else submit();
      }}
    >
      {isDrill && <DrillBanner />}
      <GeneratedForm
        form={form}
        effective={state.effective}
        original={state.original}
        problems={state.problems}
        onChange={state.change}
      />
      <SubmissionNotice {...submission} />
      <div className="ct-action-bar">
        <Button type="primary" danger={isDanger} size="large" htmlType="submit" loading={submission.isSending}>
          {form.ui?.submit ?? launcher.title}
        </Button>
        {launcher.next && (
          <span className="ct-soft" style={{ flex: '1 1 200px' }}>
            {launcher.next}
          </span>
        )}
      </div>
      <Confirmation launcher={launcher} isDrill={isDrill} open={isAsking} go={submit} cancel={() => setAsking(false)} />
      <span className="ct-visually-hidden" role="status">
        {submission.isSending ? t('common.sending') : ''}
      </span>
    </form>
  );
}

type ConfirmationProps = { launcher: Launcher; isDrill: boolean; open: boolean; go: () => void; cancel: () => void };

function Confirmation({ launcher, isDrill, open, go, cancel }: ConfirmationProps) {
  const { t } = useTranslation();
  const { confirm, notifies = [] } = launcher;
  return (
    <Modal
      open={open}
      title={t(isDrill ? 'launch.confirmDrill' : 'launch.confirm', { title: launcher.title })}
      onOk={go}
      onCancel={cancel}
      okText={t(isDrill ? 'launch.goDrill' : 'launch.go', { title: launcher.title })}
      cancelText={t('common.cancel')}
      okButtonProps={{ danger: launcher.style === 'danger', size: 'large' }}
      cancelButtonProps={{ size: 'large' }}
    >
      <div className="ct-stack">
        {isDrill && <DrillBanner />}
        {confirm && <p>{typeof confirm === 'string' ? confirm : confirm.text}</p>}
        {notifies.length > 0 && (
          <div>
            {!confirm && <strong>{t('launch.notifies')}</strong>}
            <ul>
              {notifies.map((post) => (
                <li key={post.id}>{post.name}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Modal>
  );
}
