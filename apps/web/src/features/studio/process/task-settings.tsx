import { AutoComplete, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { StudioReference } from '../api.js';
import { isFlowNode, isSequenceFlow } from './bpmn-types.js';
import type { DiagramElement, ElementRegistry, Modeler, Modeling } from './bpmn-types.js';
import { formatCandidates, formatDeadline, parseCandidates, parseDeadline, type Deadline } from './candidates.js';
import { attributeOf, propertyOf, writeExtension, writeExtensions, writeProperty } from './extensions.js';
import { Setting, TextSetting } from './setting-fields.js';
import { TemplateSetting } from './step-templates.js';

export type SettingsProps = { modeler: Modeler; element: DiagramElement; reference: StudioReference | undefined };

/** The few questions an administrator has about a step, in plain words, above the full properties panel. */
export function TaskSettings(props: SettingsProps) {
  const { t } = useTranslation();
  const { modeler, element } = props;
  if (!isFlowNode(element) && !isSequenceFlow(element)) return null;
  const title = t(element.type === 'bpmn:UserTask' ? 'studio.task.title' : 'studio.task.stepTitle');
  return (
    <section className="ct-task-settings" aria-label={title}>
      <h3>{title}</h3>
      <TextSetting
        label={t('studio.task.name')}
        value={element.businessObject.name ?? ''}
        save={(name) => isInDiagram(modeler, element) && rename(modeler, element, name)}
      />
      {isFlowNode(element) && <TemplateSetting modeler={modeler} element={element} />}
      {element.type === 'bpmn:UserTask' && <UserTaskSettings {...props} />}
      {element.type === 'bpmn:BusinessRuleTask' && <DecisionSetting {...props} />}
      {element.type === 'bpmn:CallActivity' && <CalledProcessSetting {...props} />}
    </section>
  );
}

function rename(modeler: Modeler, element: DiagramElement, name: string): void {
  modeler.get<Modeling>('modeling').updateProperties(element, { name });
}

function isInDiagram(modeler: Modeler, element: DiagramElement): boolean {
  return modeler.get<ElementRegistry>('elementRegistry').get(element.id) === element;
}

function UserTaskSettings(props: SettingsProps) {
  const { t } = useTranslation();
  const { modeler, element, reference } = props;
  const formId = attributeOf(element, 'zeebe:FormDefinition', 'formId');
  const chooseForm = (id: string | undefined) =>
    writeExtensions(modeler, element, [
      ['zeebe:UserTask', {}],
      ['zeebe:FormDefinition', id ? { formId: id, bindingType: 'deployment', externalReference: undefined } : null],
    ]);
  return (
    <>
      <Setting label={t('studio.task.form')}>
        {(id) => (
          <Select
            id={id}
            showSearch={{ optionFilterProp: 'label' }}
            allowClear
            value={formId ?? null}
            placeholder={t('studio.task.formChoose')}
            options={(reference?.forms ?? []).map((form) => ({ value: form.id, label: `${form.title}(${form.id})` }))}
            onChange={(value) => chooseForm(value ?? undefined)}
          />
        )}
      </Setting>
      <CandidateSettings {...props} />
      <DeadlineSetting {...props} />
      <TextSetting
        label={t('studio.task.next')}
        hint={t('studio.task.nextHint')}
        rows={2}
        value={propertyOf(element, 'ct.next') ?? ''}
        save={(text) => isInDiagram(modeler, element) && writeProperty(modeler, element, 'ct.next', text)}
      />
    </>
  );
}

function CandidateSettings({ modeler, element, reference }: SettingsProps) {
  const { t } = useTranslation();
  const candidates = parseCandidates(attributeOf(element, 'zeebe:AssignmentDefinition', 'candidateGroups'));
  const isCustom = 'custom' in candidates;
  const { roles, unit } = isCustom ? { roles: [], unit: '' } : candidates;
  const save = (next: { roles: string[]; unit: string }) =>
    writeExtension(modeler, element, 'zeebe:AssignmentDefinition', { candidateGroups: formatCandidates(next) });
  return (
    <>
      <Setting
        label={t('studio.task.roles')}
        hint={isCustom ? t('studio.task.rolesCustom', { expression: candidates.custom }) : undefined}
      >
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            defaultActiveFirstOption={false}
            showSearch={{ optionFilterProp: 'label' }}
            value={roles}
            placeholder={isCustom ? t('studio.task.customShort') : t('studio.task.rolesChoose')}
            options={(reference?.roles ?? []).map((role) => ({ value: role.id, label: role.name }))}
            onChange={(chosen: string[]) => save({ roles: chosen, unit })}
          />
        )}
      </Setting>
      {!isCustom && roles.length > 0 && (
        <Setting label={t('studio.task.unit')} hint={t('studio.task.unitHint')}>
          {(id) => (
            <AutoComplete
              id={id}
              allowClear
              value={unit}
              options={(reference?.units ?? []).map(({ id, name }) => ({ value: `"${id}"`, label: name }))}
              showSearch={{ filterOption: (typed, option) => String(option?.label ?? '').includes(typed) }}
              onChange={(value: string | undefined) => save({ roles, unit: value ?? '' })}
            />
          )}
        </Setting>
      )}
    </>
  );
}

function DeadlineSetting({ modeler, element }: SettingsProps) {
  const { t } = useTranslation();
  const deadline = parseDeadline(attributeOf(element, 'zeebe:TaskSchedule', 'dueDate'));
  const save = (next: Deadline) => {
    const dueDate = formatDeadline(next);
    writeExtension(modeler, element, 'zeebe:TaskSchedule', dueDate ? { dueDate } : null);
  };
  const choose = (kind: Deadline['kind']) => {
    if (kind === 'none') save({ kind });
    if (kind === 'days') save({ kind, days: 3 });
    if (kind === 'custom') save({ kind, expression: '=now() + duration("PT24H")' });
  };
  return (
    <>
      <Setting label={t('studio.task.due')}>
        {(id) => (
          <div className="ct-setting-row">
            <Select
              id={id}
              value={deadline.kind}
              onChange={choose}
              options={(['none', 'days', 'custom'] as const).map((kind) => ({
                value: kind,
                label: t(`studio.task.due_${kind}`),
              }))}
            />
            {deadline.kind === 'days' && (
              <InputNumber
                aria-label={t('studio.task.dueDays')}
                min={1}
                max={999}
                precision={0}
                value={deadline.days}
                onChange={(days) => days && save({ kind: 'days', days })}
                suffix={t('studio.task.daysUnit')}
              />
            )}
          </div>
        )}
      </Setting>
      {deadline.kind === 'custom' && (
        <TextSetting
          label={t('studio.task.dueExpression')}
          hint={t('studio.task.dueHint')}
          value={deadline.expression}
          save={(expression) =>
            isInDiagram(modeler, element) && save({ kind: 'custom', expression: expression.trim() })
          }
        />
      )}
    </>
  );
}

function DecisionSetting({ modeler, element, reference }: SettingsProps) {
  const { t } = useTranslation();
  const decisionId = attributeOf(element, 'zeebe:CalledDecision', 'decisionId');
  const resultVariable = attributeOf(element, 'zeebe:CalledDecision', 'resultVariable');
  const choose = (id: string) =>
    writeExtension(modeler, element, 'zeebe:CalledDecision', {
      decisionId: id,
      bindingType: 'deployment',
      resultVariable: resultVariable ?? 'result',
    });
  return (
    <Setting label={t('studio.task.decision')}>
      {(id) => (
        <Select
          id={id}
          showSearch={{ optionFilterProp: 'label' }}
          value={decisionId ?? null}
          placeholder={t('studio.task.decisionChoose')}
          options={namedOptions(reference?.decisions)}
          onChange={choose}
        />
      )}
    </Setting>
  );
}

function CalledProcessSetting({ modeler, element, reference }: SettingsProps) {
  const { t } = useTranslation();
  const processId = attributeOf(element, 'zeebe:CalledElement', 'processId');
  const choose = (id: string) =>
    writeExtension(modeler, element, 'zeebe:CalledElement', { processId: id, bindingType: 'deployment' });
  return (
    <Setting label={t('studio.task.process')}>
      {(id) => (
        <Select
          id={id}
          showSearch={{ optionFilterProp: 'label' }}
          value={processId ?? null}
          placeholder={t('studio.task.processChoose')}
          options={namedOptions(reference?.processes)}
          onChange={choose}
        />
      )}
    </Setting>
  );
}

function namedOptions(items: { id: string; name: string }[] | undefined) {
  return (items ?? []).map(({ id, name }) => ({ value: id, label: name && name !== id ? `${name}(${id})` : id }));
}
