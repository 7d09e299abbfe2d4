import { App, Button, Modal } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { postAction, useInvalidateInstance, type ActionBody } from '../../lib/api/instances.js';
import { useReference } from '../../lib/api/session.js';
import type { FormData, RoomAction } from '../../lib/api-types.js';
import { HttpProblem } from '../../lib/http.js';
import { useSubmission } from '../../lib/use-submission.js';
import { GeneratedForm } from '../../ui/form/generated-form.js';
import { noFields } from '../../ui/form/no-fields.js';
import { useFormState } from '../../ui/form/use-form-state.js';
import { SubmissionNotice } from '../../ui/submission-notice.js';

type Props = { instanceKey: string; actions: RoomAction[]; variables: FormData };

/** One tap for each thing that may be noted or reported from the room. */
export function RoomActions({ instanceKey, actions, variables }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<RoomAction | null>(null);
  if (actions.length === 0) return null;
  return (
    <section className="ct-row" aria-label={t('room.actions')}>
      {actions.map((action, index) => (
        <Button key={action.id} size="large" type={index === 0 ? 'primary' : 'default'} onClick={() => setOpen(action)}>
          {action.title}
        </Button>
      ))}
      <Modal
        open={open !== null}
        title={open?.title}
        footer={null}
        onCancel={() => setOpen(null)}
        destroyOnHidden
        width={640}
      >
        {open && (
          <ActionDialog instanceKey={instanceKey} action={open} variables={variables} close={() => setOpen(null)} />
        )}
      </Modal>
    </section>
  );
}

type DialogProps = { instanceKey: string; action: RoomAction; variables: FormData; close: () => void };
/** An action brings its form along, or asks nothing. */
function ActionDialog({ instanceKey, action, variables: shown, close }: DialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const refresh = useInvalidateInstance(instanceKey);
  const reference = useReference();
  const form = action.form ?? noFields;
  const [variables] = useState(shown);
  const rules = useMemo(() => ({ variables, reference: reference.data ?? null }), [variables, reference.data]);
  const state = useFormState({ form, data: {}, rules });
  const submission = useSubmission<ActionBody, void>({
    post: (body, key) =>
      postAction(instanceKey, action.id, body, key).catch((error: unknown) => {
        if (error instanceof HttpProblem) state.refuse(error.fields);
        throw error;
      }),
    done: () => {
      void message.success(t('room.noted'));
      void refresh();
      close();
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (state.check()) submission.send({ data: state.effective.data });
      }}
    >
      <GeneratedForm
        form={form}
        effective={state.effective}
        original={state.original}
        problems={state.problems}
        onChange={state.change}
      />
      <SubmissionNotice {...submission} />
      <Button type="primary" size="large" htmlType="submit" loading={submission.isSending}>
        {form.ui?.submit ?? action.title}
      </Button>
    </form>
  );
}
