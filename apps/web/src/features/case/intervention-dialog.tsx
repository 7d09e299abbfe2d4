import { Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemTexts } from '../../ui/states.js';
import { intervene, useIntervened, type InterventionKind } from './interventions.js';
import { MigrationFields, readMigration, type MigrationPlan } from './migration-fields.js';
import { readSteps, StepFields, type StepPlan } from './step-fields.js';
import { readVariable, VariableFields, type WrittenVariable } from './variable-fields.js';

type Props = {
  instanceKey: string;
  kind: InterventionKind;
  /** Of a case: it is reasoned, and waits for a second person. */
  needsReason: boolean;
  close: () => void;
  done: (isWaiting: boolean) => void;
};

const mostInReason = 500;

/** Says what will happen before it is done, and asks why where somebody waits for an answer. */
export function InterventionDialog({ instanceKey, kind, needsReason, close, done }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemTexts();
  const refresh = useIntervened(instanceKey);
  const [reason, setReason] = useState('');
  const [variable, setVariable] = useState<WrittenVariable>({ name: '', json: '' });
  const [steps, setSteps] = useState<StepPlan>({ end: [], begin: [] });
  const [migration, setMigration] = useState<MigrationPlan>({ elements: {} });
  const [problem, setProblem] = useState('');
  const [isSending, setSending] = useState(false);
  // A refusal says nothing of what is written after it.
  useEffect(() => setProblem(''), [reason, variable, steps, migration]);
  const send = async () => {
    const given = givenOf(kind, { variable, steps, migration });
    setProblem('');
    if (given === null) return setProblem(t(`intervention.missing.${kind}`));
    if (needsReason && reason.trim() === '') return setProblem(t('intervention.reasonMissing'));
    setSending(true);
    try {
      const why = needsReason ? { reason: reason.trim() } : {};
      const awaiting = await intervene(instanceKey, { kind, given, ...why });
      await refresh();
      done(awaiting !== undefined);
    } catch (error) {
      setProblem(problemText(error));
      setSending(false);
    }
  };
  return (
    <Modal
      open
      title={t(`intervention.verb.${kind}`)}
      okText={t(needsReason ? 'intervention.ask' : `intervention.verb.${kind}`)}
      okButtonProps={{ danger: kind === 'cancel' }}
      cancelText={t('common.cancel')}
      confirmLoading={isSending}
      onOk={() => void send()}
      onCancel={close}
    >
      <div className="ct-stack">
        <p>{t(`intervention.what.${kind}`)}</p>
        {kind === 'variables' && (
          <VariableFields instanceKey={instanceKey} variable={variable} onChange={setVariable} />
        )}
        {kind === 'steps' && <StepFields instanceKey={instanceKey} plan={steps} onChange={setSteps} />}
        {kind === 'migration' && <MigrationFields instanceKey={instanceKey} plan={migration} onChange={setMigration} />}
        {needsReason && (
          <div>
            <label className="ct-label" htmlFor="intervention-reason">
              {t('intervention.reason')}
            </label>
            <Input.TextArea
              id="intervention-reason"
              rows={3}
              maxLength={mostInReason}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <span className="ct-soft">{t('intervention.reasonHint')}</span>
          </div>
        )}
        {problem && (
          <div className="ct-field-error" role="alert">
            {problem}
          </div>
        )}
      </div>
    </Modal>
  );
}

type Written = { variable: WrittenVariable; steps: StepPlan; migration: MigrationPlan };

/** What the kind asks for, as the API takes it; null where it was not given. */
function givenOf(kind: InterventionKind, { variable, steps, migration }: Written): Record<string, unknown> | null {
  if (kind === 'steps') return readSteps(steps);
  if (kind === 'migration') return readMigration(migration);
  if (kind !== 'variables') return {};
  const variables = readVariable(variable);
  return variables && { variables };
}
