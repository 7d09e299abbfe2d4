import { Alert, Select } from 'antd';
import { type Dispatch, type SetStateAction, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useElements, useRunning, useVersions } from './instance-steps.js';
import { nameOf } from './step-fields.js';

/** Where an instance goes on: another version, and there an element for each that runs. */
export type MigrationPlan = { target?: string; elements: Record<string, string> };

type Props = { instanceKey: string; plan: MigrationPlan; onChange: Dispatch<SetStateAction<MigrationPlan>> };

/** Another version of the process; what runs goes on as the element of the same id, where another is not chosen. */
export function MigrationFields({ instanceKey, plan, onChange }: Props) {
  const { t } = useTranslation();
  const running = useRunning(instanceKey).data;
  const versions = useVersions(running?.processDefinitionId).data ?? [];
  const others = versions.filter(({ processDefinitionKey }) => processDefinitionKey !== running?.processDefinitionKey);
  const own = versions.find(({ processDefinitionKey }) => processDefinitionKey === running?.processDefinitionKey);
  const chosen = others.find(({ processDefinitionKey }) => processDefinitionKey === plan.target);
  const elements = useElements(plan.target, running?.processDefinitionId).data;
  const steps = [...new Map((running?.steps ?? []).map((step) => [step.elementId, step])).values()];
  useEffect(() => {
    if (!elements || !running) return;
    const known = new Set(elements.map(({ id }) => id));
    const same = running.steps.map(({ elementId }) => elementId).filter((id) => known.has(id));
    const kept = Object.fromEntries(same.map((id) => [id, id]));
    onChange((before) => ({ ...before, elements: { ...kept, ...before.elements } }));
  }, [elements, running, onChange]);
  const nameIn = (id: string | undefined) => elements?.find((one) => one.id === id)?.name ?? '—';
  if (running && versions.length > 0 && others.length === 0)
    return <p className="ct-soft">{t('intervention.onlyVersion')}</p>;
  return (
    <>
      <div>
        <label className="ct-label" htmlFor="intervention-version">
          {t('intervention.version')}
        </label>
        <Select
          id="intervention-version"
          style={{ width: '100%' }}
          value={plan.target}
          options={others.map(({ processDefinitionKey, version, name }) => ({
            value: processDefinitionKey,
            label: t('intervention.versionOf', { name: name ?? '', version }),
          }))}
          onChange={(target: string) => onChange({ target, elements: {} })}
        />
      </div>
      {elements &&
        steps.map((step) => (
          <div key={step.elementId}>
            <label className="ct-label" htmlFor={`intervention-as-${step.elementId}`}>
              {t('intervention.goesOnAs', { step: nameOf(step) })}
            </label>
            <Select
              id={`intervention-as-${step.elementId}`}
              style={{ width: '100%' }}
              showSearch={{ optionFilterProp: 'label' }}
              value={plan.elements[step.elementId]}
              options={elements.map(({ id, name }) => ({ value: id, label: name === id ? id : `${name}（${id}）` }))}
              onChange={(id: string) => onChange({ ...plan, elements: { ...plan.elements, [step.elementId]: id } })}
            />
          </div>
        ))}
      {chosen && elements && (
        <Alert
          type="info"
          title={t('intervention.preview')}
          description={
            <ul className="ct-plain">
              <li>{t('intervention.previewVersion', { from: own?.version ?? '—', to: chosen.version })}</li>
              {steps.map((step) => (
                <li key={step.elementId}>
                  {nameOf(step)} → {nameIn(plan.elements[step.elementId])}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </>
  );
}

/** As the API takes it; null where no version was chosen. */
export function readMigration({ target, elements }: MigrationPlan): Record<string, unknown> | null {
  if (target === undefined) return null;
  const mappingInstructions = Object.entries(elements).map(([sourceElementId, targetElementId]) => ({
    sourceElementId,
    targetElementId,
  }));
  return { targetProcessDefinitionKey: target, mappingInstructions };
}
