import { Alert, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useElements, useRunning, type RunningStep } from './instance-steps.js';

/** Steps that end, by their own keys, and elements at which something begins. */
export type StepPlan = { end: string[]; begin: string[] };

type Props = { instanceKey: string; plan: StepPlan; onChange: (plan: StepPlan) => void };

/** Which steps end and which begin, and in words what comes of it. */
export function StepFields({ instanceKey, plan, onChange }: Props) {
  const { t } = useTranslation();
  const running = useRunning(instanceKey).data;
  const elements = useElements(running?.processDefinitionKey, running?.processDefinitionId).data ?? [];
  const steps = running?.steps ?? [];
  const ended = steps.filter(({ elementInstanceKey }) => plan.end.includes(elementInstanceKey)).map(nameOf);
  const begun = elements.filter(({ id }) => plan.begin.includes(id)).map(({ name }) => name);
  const isOver = running !== undefined && begun.length === 0 && steps.length > 0 && ended.length === steps.length;
  return (
    <>
      <div>
        <label className="ct-label" htmlFor="intervention-end">
          {t('intervention.end')}
        </label>
        <Select
          id="intervention-end"
          mode="multiple"
          defaultActiveFirstOption={false}
          style={{ width: '100%' }}
          showSearch={{ optionFilterProp: 'label' }}
          value={plan.end}
          options={steps.map((step) => ({ value: step.elementInstanceKey, label: nameOf(step) }))}
          onChange={(end: string[]) => onChange({ ...plan, end })}
        />
      </div>
      <div>
        <label className="ct-label" htmlFor="intervention-begin">
          {t('intervention.begin')}
        </label>
        <Select
          id="intervention-begin"
          mode="multiple"
          defaultActiveFirstOption={false}
          style={{ width: '100%' }}
          showSearch={{ optionFilterProp: 'label' }}
          value={plan.begin}
          options={elements.map(({ id, name }) => ({ value: id, label: name === id ? id : `${name}（${id}）` }))}
          onChange={(begin: string[]) => onChange({ ...plan, begin })}
        />
      </div>
      {ended.length + begun.length > 0 && (
        <Alert
          type={isOver ? 'warning' : 'info'}
          title={t('intervention.preview')}
          description={
            <ul className="ct-plain">
              {ended.length > 0 && <li>{t('intervention.previewEnd', { steps: ended.join('、') })}</li>}
              {begun.length > 0 && <li>{t('intervention.previewBegin', { steps: begun.join('、') })}</li>}
              {isOver && <li>{t('intervention.previewOver')}</li>}
            </ul>
          }
        />
      )}
    </>
  );
}

export const nameOf = ({ elementName, elementId }: Pick<RunningStep, 'elementName' | 'elementId'>): string =>
  elementName || elementId;

/** As the API takes it; null where nothing was chosen. */
export function readSteps({ end, begin }: StepPlan): Record<string, unknown> | null {
  if (end.length + begin.length === 0) return null;
  return {
    terminateInstructions: end.map((elementInstanceKey) => ({ elementInstanceKey })),
    activateInstructions: begin.map((elementId) => ({ elementId })),
  };
}
