import type { ModdleElement } from './moddle.js';

/** The task that does the work of a global one. */
const taskTypes: Readonly<Record<string, string>> = {
  'bpmn:GlobalTask': 'bpmn:Task',
  'bpmn:GlobalUserTask': 'bpmn:UserTask',
  'bpmn:GlobalManualTask': 'bpmn:ManualTask',
  'bpmn:GlobalScriptTask': 'bpmn:ScriptTask',
  'bpmn:GlobalBusinessRuleTask': 'bpmn:BusinessRuleTask',
};

export const isGlobalTask = ({ $type }: ModdleElement): boolean => $type in taskTypes;

/**
 * A global task as the process that a call activity calls: it holds nothing but the task, whose id ends with `.task`.
 * Source: BPMN 2.0.2, 10.3.4, "Global Tasks", and 10.3.6, "Call Activity".
 */
export function processOfGlobalTask(global: ModdleElement): ModdleElement {
  const { id = '', name, $attrs, $type } = global;
  const task = { ...global, $type: taskTypes[$type] ?? 'bpmn:Task', id: `${id}.task`, ...($attrs && { $attrs }) };
  return { $type: 'bpmn:Process', id, ...(name !== undefined && { name }), isExecutable: true, flowElements: [task] };
}
