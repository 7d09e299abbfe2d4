import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormData, PublicAction } from '../../lib/api-types.js';
import { postPublicAction, type ActionDone, type CaseCredentials } from '../../lib/api/portal.js';
import { useReference } from '../../lib/api/session.js';
import { HttpProblem } from '../../lib/http.js';
import { useSubmission } from '../../lib/use-submission.js';
import { GeneratedForm } from '../../ui/form/generated-form.js';
import { useFormState } from '../../ui/form/use-form-state.js';
import { useUnsent } from '../../ui/leave-guard.js';
import { LinkedText } from '../../ui/linked-text.js';
import { SubmissionNotice } from '../../ui/submission-notice.js';

type Props = { credentials: CaseCredentials; actions: PublicAction[]; reload: () => void };

/** What who follows the case may do now, one at a time, each in place. */
export function CaseActions({ credentials, actions, reload }: Props) {
  const { t } = useTranslation();
  const [openId, setOpenId] = useState<string | null>(null);
  const [done, setDone] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const [offer, setOffer] = useState<ActionDone['offer']>(null);
  const open = actions.find(({ id }) => id === openId);
  if (actions.length === 0 && !done) return null;
  const finish = (action: PublicAction, { done: text, caseNo, trackingCode, offer: offered }: ActionDone) => {
    setOpenId(null);
    setCode(trackingCode);
    setOffer(offered);
    const said = text ?? t('follow.actionDone', { title: action.title });
    setDone(caseNo === null ? said : said + t('follow.actionCase', { caseNo }));
    reload();
  };
  return (
    <section className="ct-stack ct-no-print" aria-label={t('follow.actions')}>
      <h2>{t('follow.actions')}</h2>
      {done && (
        <p className="ct-card ct-standing" role="status">
          {done}
        </p>
      )}
      {code && <OwnCode code={code} />}
      {offer && !open && (
        <div className="ct-card">
          <p>{offer.text}</p>
          <Button type="primary" size="large" onClick={() => setOpenId(offer.actionId)}>
            {actions.find(({ id }) => id === offer.actionId)?.title ?? t('follow.actionOffer')}
          </Button>
        </div>
      )}
      {open ? (
        <ActionForm
          key={open.id}
          credentials={credentials}
          action={open}
          done={(answer) => finish(open, answer)}
          cancel={() => setOpenId(null)}
        />
      ) : (
        actions.map((action) => (
          <div key={action.id}>
            <Button size="large" onClick={() => setOpenId(action.id)}>
              {action.title}
            </Button>
            {action.description && (
              <p className="ct-soft" style={{ marginTop: 4 }}>
                <LinkedText text={action.description} />
              </p>
            )}
          </div>
        ))
      )}
    </section>
  );
}

/** Stands here once; the case that it opens is another one than the case on this page. */
function OwnCode({ code }: { code: string }) {
  const { t } = useTranslation();
  return (
    <div className="ct-card" role="status">
      <p>{t('follow.ownCode')}</p>
      <p>
        <strong className="ct-code" data-testid="own-code">
          {code}
        </strong>
      </p>
      <p>{t('follow.ownCodeHint')}</p>
    </div>
  );
}

type FormProps = {
  credentials: CaseCredentials;
  action: PublicAction;
  /** The request that the action belongs to; absent: it is one of the case. */
  requestKey?: string;
  done: (answer: ActionDone) => void;
  cancel: () => void;
};

/** The form of an action, in place. */
export function ActionForm({ credentials, action, requestKey, done, cancel }: FormProps) {
  const { t } = useTranslation();
  const { form } = action;
  const [opened] = useState<FormData>(action.data);
  const reference = useReference();
  const rules = useMemo(() => ({ variables: {}, reference: reference.data ?? null }), [reference.data]);
  const state = useFormState({ form, data: opened, rules });
  useUnsent(state.isChanged);
  const submission = useSubmission<FormData, ActionDone>({
    post: (data, key) =>
      postPublicAction(action.id, { ...credentials, data, ...(requestKey && { requestKey }) }, key).catch(
        (error: unknown) => {
          if (error instanceof HttpProblem) state.refuse(error.fields);
          throw error;
        },
      ),
    done,
  });
  return (
    <form
      className="ct-card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (state.check()) submission.send(state.effective.data);
      }}
    >
      <h3>{form.title}</h3>
      <GeneratedForm
        form={form}
        effective={state.effective}
        original={state.original}
        problems={state.problems}
        onChange={state.change}
        isPublic
      />
      <SubmissionNotice {...submission} />
      <div className="ct-wizard-buttons">
        <Button type="primary" size="large" htmlType="submit" loading={submission.isSending}>
          {form.ui?.submit ?? action.title}
        </Button>
        <Button size="large" onClick={cancel} disabled={submission.isSending}>
          {t('follow.actionCancel')}
        </Button>
      </div>
    </form>
  );
}
