import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FormData, PortalEntryDetail, Receipt } from '../../lib/api-types.js';
import { postReport, usePortal, type ReportBody } from '../../lib/api/portal.js';
import { useReference } from '../../lib/api/session.js';
import { HttpProblem } from '../../lib/http.js';
import { DRAFT_MINUTES, dropDraft, readDraft } from '../../lib/portal-draft.js';
import { useSubmission } from '../../lib/use-submission.js';
import { GeneratedForm } from '../../ui/form/generated-form.js';
import { useFormState, type FormState } from '../../ui/form/use-form-state.js';
import { LeaveGuard } from '../../ui/leave-guard.js';
import { SubmissionNotice } from '../../ui/submission-notice.js';
import { DraftNote } from './draft-note.js';
import { HelperChoice, HelperConfirm } from './helper-mode.js';
import { asksForPin, isPin } from './pin.js';
import { PIN_PATH, PinField } from './pin-field.js';
import { ReviewPage } from './review-page.js';

export type Sent = { receipt: Receipt; pin: string; isHelped: boolean };
type Props = { detail: PortalEntryDetail; prefill: FormData; done: (sent: Sent) => void };

/** One page after the other, then all answers to look over, then sending. */
export function ReportWizard({ detail, prefill, done }: Props) {
  const { t } = useTranslation();
  const { entry, form, contextTime } = detail;
  const portal = usePortal();
  const [opened] = useState(() => ({ ...readDraft(entry.id, Date.now()), ...prefill }));
  const reference = useReference();
  const rules = useMemo(() => ({ variables: {}, reference: reference.data ?? null }), [reference.data]);
  const state = useFormState({ form, data: opened, rules, at: contextTime });
  const [step, setStep] = useState(0);
  const [pin, setPin] = useState('');
  const [isPinChecked, setPinChecked] = useState(false);
  const [isHelped, setHelped] = useState(false);
  const pages = state.effective.ui.pages ?? [];
  const isReview = step >= pages.length;
  const needsPin = asksForPin(entry.pinWhen, state.effective.data);
  const isLastPage = step === pages.length - 1;
  const asksPin = isLastPage && needsPin;
  const pinProblems = asksPin && isPinChecked && !isPin(pin) ? [{ path: PIN_PATH, message: t('portal.pinWrong') }] : [];

  const submission = useSubmission<ReportBody, Receipt>({
    post: (body, key) => postReport(entry.id, body, key).catch((error) => refuse(error)),
    done: (receipt) => {
      dropDraft(entry.id);
      done({ receipt, pin: needsPin ? pin : '', isHelped });
    },
  });
  const refuse = (error: unknown): never => {
    if (error instanceof HttpProblem && error.fields.length > 0) {
      state.refuse(error.fields);
      const name = error.fields[0]?.path.split('/')[1] ?? '';
      setStep(
        Math.max(
          0,
          pages.findIndex((page) => [...page.fields, ...(page.more ?? [])].includes(name)),
        ),
      );
    }
    throw error;
  };
  const goOn = () => {
    const isFormGood = state.check(step);
    if (isLastPage) setPinChecked(true);
    if (isFormGood && (!asksPin || isPin(pin))) setStep(step + 1);
  };
  const heading = useFocusOnChange(step);

  return (
    <div className="ct-stack">
      <LeaveGuard isTyped={state.isChanged} hint={t('portal.unsentHint', { minutes: DRAFT_MINUTES })} />
      <Link to="/">← {t('portal.back')}</Link>
      <div>
        <p className="ct-soft" aria-live="polite">
          {entry.title} · {isReview ? t('portal.lastStep') : t('portal.step', { step: step + 1, total: pages.length })}
        </p>
        <h1 ref={heading} tabIndex={-1}>
          {isReview ? t('portal.review') : (pages[step]?.title ?? form.title)}
        </h1>
      </div>
      <Progress step={step} total={pages.length} />
      {isReview ? (
        <ReviewPage state={state} change={setStep} />
      ) : (
        <form noValidate onSubmit={prevented(goOn)}>
          {step === 0 && <HelperChoice isHelped={isHelped} change={setHelped} />}
          <GeneratedForm {...formProps(state)} problemsBeside={pinProblems} form={form} page={step} isPublic />
          {asksPin && <PinField pin={pin} change={setPin} isWrong={pinProblems.length > 0} isHelped={isHelped} />}
          {portal.data?.privacy && (
            <aside className="ct-side-note" aria-labelledby="privacy-title">
              <strong id="privacy-title">{t('portal.privacy')}</strong>
              <p>{portal.data.privacy}</p>
            </aside>
          )}
          <WizardButtons back={step > 0 ? () => setStep(step - 1) : null} next={t('portal.next')} />
          <DraftNote entryId={entry.id} data={state.effective.data} />
        </form>
      )}
      {isReview && (
        <SendForm
          submission={submission}
          isHelped={isHelped}
          send={() => submission.send({ data: state.effective.data, ...(needsPin ? { pin } : {}) })}
          back={() => setStep(step - 1)}
          label={form.ui?.submit ?? t('portal.submit')}
        />
      )}
    </div>
  );
}

type SendProps = {
  submission: ReturnType<typeof useSubmission<ReportBody, Receipt>>;
  isHelped: boolean;
  send: () => void;
  back: () => void;
  label: string;
};

/** It is made anew after each change of an answer, so that what is confirmed is what is sent. */
function SendForm({ submission, isHelped, send, back, label }: SendProps) {
  const { t } = useTranslation();
  const [isConfirmed, setConfirmed] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const confirm = (value: boolean) => {
    setConfirmed(value);
    setMissing(false);
  };
  const sendWhereConfirmed = () => (isHelped && !isConfirmed ? setMissing(true) : send());
  return (
    <form noValidate onSubmit={prevented(sendWhereConfirmed)}>
      {isHelped && <HelperConfirm isConfirmed={isConfirmed} isMissing={isMissing} change={confirm} />}
      <SubmissionNotice {...submission} />
      <p className="ct-soft" style={{ marginBottom: 16 }}>
        {t('portal.whatNext')}
      </p>
      <WizardButtons back={back} next={label} isSending={submission.isSending} />
    </form>
  );
}

function formProps({ effective, original, problems, change }: FormState) {
  return { effective, original, problems, onChange: change };
}

function prevented(act: () => void) {
  return (event: React.FormEvent) => {
    event.preventDefault();
    act();
  };
}

function Progress({ step, total }: { step: number; total: number }) {
  return (
    <div className="ct-progress" aria-hidden="true">
      {Array.from({ length: total }, (_, index) => (
        <span key={index} className={index <= step ? 'is-done' : ''} />
      ))}
    </div>
  );
}

type ButtonProps = { back: (() => void) | null; next: string; isSending?: boolean };

function WizardButtons({ back, next, isSending = false }: ButtonProps) {
  const { t } = useTranslation();
  return (
    <div className="ct-wizard-buttons">
      <Button type="primary" size="large" htmlType="submit" loading={isSending}>
        {next}
      </Button>
      {back && (
        <Button size="large" onClick={back} disabled={isSending}>
          {t('portal.previous')}
        </Button>
      )}
    </div>
  );
}

/** Moves the focus to the heading of a new step, so that screen readers begin there. */
function useFocusOnChange(step: number) {
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) {
      heading.current?.focus();
      window.scrollTo(0, 0);
    }
    isFirst.current = false;
  }, [step]);
  return heading;
}
