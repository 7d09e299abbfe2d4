import { Select } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepTemplate } from '../api.js';
import type { DiagramElement, EventBus, Modeler } from './bpmn-types.js';
import { Setting } from './setting-fields.js';

/** The service of bpmn-js-element-templates. */
type ElementTemplates = {
  get: (element: DiagramElement) => StepTemplate | null;
  getLatest: (element: DiagramElement) => StepTemplate[];
  applyTemplate: (element: DiagramElement, template: StepTemplate) => DiagramElement;
  removeTemplate: (element: DiagramElement) => DiagramElement;
};
type Loader = { setTemplates: (templates: readonly StepTemplate[]) => void };

const SELECT_EVENT = 'elementTemplates.select';
const TEMPLATE_FIELD = 'ct-step-template';

/** Hands the ready-made steps of the configuration to the modeler. */
export function useStepTemplates(modeler: Modeler | null, templates: readonly StepTemplate[] | undefined): void {
  useEffect(() => {
    if (modeler && templates) modeler.get<Loader>('elementTemplatesLoader').setTemplates(templates);
  }, [modeler, templates]);
}

/** Makes the step what the template says; gives the step, which is another element where its kind changed. */
export function applyStepTemplate(modeler: Modeler, element: DiagramElement, template: StepTemplate): DiagramElement {
  return modeler.get<ElementTemplates>('elementTemplates').applyTemplate(element, template);
}

/** Which ready-made step this one is; the fields of the template follow in the panel below. */
export function TemplateSetting({ modeler, element }: { modeler: Modeler; element: DiagramElement }) {
  const { t } = useTranslation();
  const service = modeler.get<ElementTemplates>('elementTemplates');
  const applied = service.get(element);
  const known = service.getLatest(element);
  useFocusOnAsk(modeler);
  if (known.length === 0 && !applied) return null;
  const choose = (chosen: string | null | undefined) => {
    const template = known.find((one) => one.id === chosen);
    if (template) applyStepTemplate(modeler, element, template);
    else service.removeTemplate(element);
  };
  return (
    <Setting label={t('studio.task.template')} hint={applied?.description}>
      {(id) => (
        <Select
          id={id}
          className={TEMPLATE_FIELD}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={applied?.id ?? null}
          placeholder={t('studio.task.templateChoose')}
          options={known.map((template) => ({ value: template.id, label: template.name, title: template.description }))}
          onChange={choose}
        />
      )}
    </Setting>
  );
}

/** The panel has a button of its own that asks for a template: it leads to the field above it. */
function useFocusOnAsk(modeler: Modeler): void {
  useEffect(() => {
    const bus = modeler.get<EventBus>('eventBus');
    const answer = () => document.querySelector<HTMLElement>(`.${TEMPLATE_FIELD} input`)?.focus();
    bus.on(SELECT_EVENT, answer);
    return () => bus.off(SELECT_EVENT, answer);
  }, [modeler]);
}
