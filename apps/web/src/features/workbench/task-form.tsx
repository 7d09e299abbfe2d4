import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormData, FormFile, TaskDetail } from '../../lib/api-types.js';
import { withPeople } from '../../lib/form-engine.js';
import { useReference } from '../../lib/api/session.js';
import { HttpProblem } from '../../lib/http.js';
import { clockText } from '../../lib/time.js';
import { useSubmission } from '../../lib/use-submission.js';
import { GeneratedForm } from '../../ui/form/generated-form.js';
import { useFormState } from '../../ui/form/use-form-state.js';
import { EmptyState, useProblemTexts } from '../../ui/states.js';
import { SubmissionNotice } from '../../ui/submission-notice.js';
import { claimTask, completeTask, unclaimTask, type Completed } from './api.js';
import { LaunchButtons } from './launch-buttons.js';
import { PreviousSteps } from './previous-steps.js';
import { useAutosave } from './use-autosave.js';
import { withNumber } from './with-number.js';

type Props = { detail: TaskDetail; done: (completed: Completed) => void };

/** A task without a form is confirmed as it stands. */
const emptyForm: FormFile = { id: '', title: '', schema: { type: 'object', properties: {} } };

/** 办理: what was said before, the form, and what happens after sending. */
export function TaskForm({ detail, done }: Props) {
  return (
    <>
      <PreviousSteps steps={detail.previous} />
      <EditableForm key={detail.task.userTaskKey} detail={detail} done={done} />
    </>
  );
}

function EditableForm({ detail, done }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const reference = useReference();
  const { task, context, accounts, canComplete } = detail;
  const form = detail.form ?? emptyForm;
  const rules = useMemo(
    () => ({ variables: context, reference: reference.data ? withPeople(reference.data, accounts) : null }),
    [context, accounts, reference.data],
  );
  const state = useFormState({ form, data: detail.data, rules });
  const isOpen = task.completedAt === null;
  const isEditable = canComplete && isOpen;
  const draft = useAutosave({
    taskKey: task.userTaskKey,
    data: state.effective.data,
    isActive: isEditable && state.isChanged,
    savedAt: detail.draftSavedAt,
  });
  const submission = useSubmission<FormData, Completed>({
    post: (data, key) => {
      draft.stop();
      return completeTask(task.userTaskKey, data, key).catch((error: unknown) => {
        draft.resume();
        if (error instanceof HttpProblem) state.refuse(error.fields);
        throw error;
      });
    },
    done: (result) => {
      void client.invalidateQueries({ queryKey: ['tasks'] });
      void client.invalidateQueries({ queryKey: ['instance', task.processInstanceKey] });
      done(result);
    },
  });
  return (
    <form
      noValidate
      aria-label={form.title || task.name}
      onSubmit={(event) => {
        event.preventDefault();
        if (isEditable && state.check()) submission.send(state.effective.data);
      }}
    >
      {form.title && form.title !== task.name && <h2 style={{ marginBottom: 16 }}>{form.title}</h2>}
      <LaunchButtons
        launches={detail.launches}
        started={(launched) => state.change(withNumber(form, state.effective.data, launched))}
      />
      {detail.form ? (
        <GeneratedForm
          form={form}
          effective={state.effective}
          original={state.original}
          problems={state.problems}
          onChange={state.change}
          readonly={!isEditable}
        />
      ) : (
        <EmptyState title={t('work.noForm')} />
      )}
      <SubmissionNotice {...submission} />
      {isOpen && (
        <div className="ct-action-bar">
          {isEditable && (
            <Button type="primary" size="large" htmlType="submit" loading={submission.isSending}>
              {form.ui?.submit ?? t('work.submit')}
            </Button>
          )}
          <ClaimButtons detail={detail} />
          <span className="ct-soft" style={{ flex: '1 1 200px' }}>
            {task.notYours ?? detail.next}
          </span>
          <DraftNote savedAt={draft.savedAt} isFailing={draft.isFailing} />
        </div>
      )}
    </form>
  );
}

function DraftNote({ savedAt, isFailing }: { savedAt: string | null; isFailing: boolean }) {
  const { t } = useTranslation();
  const text = savedAt ? t('work.draftSaved', { at: clockText(Date.parse(savedAt)) }) : '';
  return (
    <span role="status" className="ct-soft">
      {isFailing ? t('work.draftFailed') : text}
    </span>
  );
}

function ClaimButtons({ detail }: { detail: TaskDetail }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const problemText = useProblemTexts();
  const [isBusy, setBusy] = useState(false);
  const { userTaskKey, assignee } = detail.task;
  const act = async (change: (key: string) => Promise<void>) => {
    setBusy(true);
    try {
      await change(userTaskKey);
    } catch (error) {
      void message.error(problemText(error));
    }
    await client.invalidateQueries({ queryKey: ['task', userTaskKey] });
    void client.invalidateQueries({ queryKey: ['tasks'] });
    setBusy(false);
  };
  if (detail.canClaim && !assignee)
    return (
      <Button
        size="large"
        type={detail.canComplete ? 'default' : 'primary'}
        loading={isBusy}
        onClick={() => void act(claimTask)}
      >
        {t('work.claim')}
      </Button>
    );
  if (assignee && detail.canComplete)
    return (
      <Button size="large" type="text" loading={isBusy} onClick={() => void act(unclaimTask)}>
        {t('work.unclaim')}
      </Button>
    );
  return null;
}
