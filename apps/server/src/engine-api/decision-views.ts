import type { DecisionInstanceView } from '#persistence';
import type { CatalogDecision, DecisionRequirements } from './decision-catalog.service.js';
import type { ListRules } from './list-search.js';
import { tenant } from './search.js';

export const decisionDefinitionView = ({ key, decisionId, name, version, requirements }: CatalogDecision) => ({
  decisionDefinitionId: decisionId,
  name,
  version,
  decisionRequirementsId: requirements.id,
  tenantId: tenant,
  decisionDefinitionKey: key,
  decisionRequirementsKey: requirements.key,
});

export const decisionDefinitionRules: ListRules<CatalogDecision> = {
  key: 'decisionDefinitionKey',
  fields: [
    'decisionDefinitionKey',
    'decisionDefinitionId',
    'name',
    'version',
    'decisionRequirementsId',
    'decisionRequirementsKey',
  ],
  fieldsOf: decisionDefinitionView,
};

export const decisionRequirementsView = ({ key, id, name, version, resourceName }: DecisionRequirements) => ({
  decisionRequirementsName: name,
  version,
  decisionRequirementsId: id,
  resourceName,
  tenantId: tenant,
  decisionRequirementsKey: key,
});

export const decisionRequirementsRules: ListRules<DecisionRequirements> = {
  key: 'decisionRequirementsKey',
  fields: ['decisionRequirementsKey', 'decisionRequirementsName', 'version', 'decisionRequirementsId', 'resourceName'],
  fieldsOf: decisionRequirementsView,
};

/** Each call of a decision by a process is one evaluation with one instance, so both have one key. */
export const decisionInstanceView = (instance: DecisionInstanceView) => ({
  decisionEvaluationInstanceKey: instance.decisionEvaluationKey,
  state: 'EVALUATED',
  evaluationDate: new Date(instance.evaluationDate).toISOString(),
  decisionDefinitionId: instance.decisionDefinitionId,
  result: instance.output,
  tenantId: tenant,
  decisionEvaluationKey: instance.decisionEvaluationKey,
  processDefinitionKey: instance.processDefinitionKey,
  processInstanceKey: instance.processInstanceKey,
  elementInstanceKey: instance.elementInstanceKey,
});

/** With what it read and which rules matched; the log names rules by their ids and keeps no number of them. */
export const decisionInstanceDetail = (instance: DecisionInstanceView) => {
  const matched = JSON.parse(instance.matchedRules) as Readonly<Record<string, readonly string[]>>;
  return {
    ...decisionInstanceView(instance),
    evaluatedInputs: inputItems(JSON.parse(instance.inputs) as Readonly<Record<string, unknown>>),
    matchedRules: (matched[instance.decisionDefinitionId] ?? []).map((ruleId) => ({ ruleId })),
  };
};

/** What a decision read: the log knows inputs by their labels. */
export const inputItems = (inputs: Readonly<Record<string, unknown>>) =>
  Object.entries(inputs).map(([label, value]) => ({
    inputId: label,
    inputName: label,
    inputValue: JSON.stringify(value ?? null),
  }));
