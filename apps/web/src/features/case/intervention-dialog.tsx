import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskDialog, ReasonField } from '../../ui/ask-dialog.js';
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
  const refresh = useIntervened(instanceKey);
  const [reason, setReason] = useState('');
  const [variable, setVariable] = useState<WrittenVariable>({ name: '', json: '' });
  const [steps, setSteps] = useState<StepPlan>({ end: [], begin: [] });
  const [migration, setMigration] = useState<MigrationPlan>({ elements: {} });
  const given = givenOf(kind, { variable, steps, migration });
  const lacking = () => {
    if (given === null) return t(`intervention.missing.${kind}`);
    return needsReason && reason.trim() === '' ? t('intervention.reasonMissing') : '';
  };
  const send = async () => {
    const why = needsReason ? { reason: reason.trim() } : {};
    const awaiting = await intervene(instanceKey, { kind, given: given ?? {}, ...why });
    await refresh();
    done(awaiting !== undefined);
  };
  return (
    <AskDialog
      title={t(`intervention.verb.${kind}`)}
      text={t(`intervention.what.${kind}`)}
      confirm={t(needsReason ? 'intervention.ask' : `intervention.verb.${kind}`)}
      danger={kind === 'cancel'}
      written={JSON.stringify([reason, variable, steps, migration])}
      lacking={lacking}
      send={send}
      close={close}
    >
      {kind === 'variables' && <VariableFields instanceKey={instanceKey} variable={variable} onChange={setVariable} />}
      {kind === 'steps' && <StepFields instanceKey={instanceKey} plan={steps} onChange={setSteps} />}
      {kind === 'migration' && <MigrationFields instanceKey={instanceKey} plan={migration} onChange={setMigration} />}
      {needsReason && (
        <ReasonField
          label={t('intervention.reason')}
          hint={t('intervention.reasonHint')}
          most={mostInReason}
          reason={reason}
          onChange={setReason}
        />
      )}
    </AskDialog>
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
