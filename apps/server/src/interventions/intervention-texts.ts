import type { ProcessDefinition } from '#bpmn';
import type { Command } from '#engine';
import type { Intervention } from './intervention.js';

/** What names stand for keys and ids. */
export interface Named {
  readonly definition: ProcessDefinition;
  /** Element id by element instance key, of those that the intervention names. */
  readonly elements: ReadonlyMap<string, string>;
  /** Of a migration: what it leads to. */
  readonly target?: { readonly name: string; readonly version: number; readonly definition?: ProcessDefinition };
}

const verbs: Partial<Record<Command['type'], string>> = {
  cancelProcessInstance: '终止办理',
  suspendProcessInstance: '暂停办理',
  modifyProcessInstance: '改动步骤',
  setVariables: '改动数据',
  activateAdHocElements: '加开步骤',
};

/** In two to four characters, for titles of lists. */
export const verbOf = (intervention: Intervention): string =>
  intervention.kind === 'migration' ? '改用另一版流程' : (verbs[intervention.command.type] ?? '改动');

/** What an intervention does, in sentences for whoever approves it. Names variables, never their values. */
export function sentencesOf(intervention: Intervention, named: Named): readonly string[] {
  if (intervention.kind === 'migration') {
    return migrationSentences(intervention.plan, named);
  }
  const { command } = intervention;
  if (command.type === 'cancelProcessInstance') return ['取消所有正在进行的步骤，不再办理，也没有书面答复。'];
  if (command.type === 'suspendProcessInstance') return ['步骤停办，期限照走，直到恢复。'];
  if (command.type === 'modifyProcessInstance') return stepSentences(command, named);
  if (command.type === 'setVariables') return [`改动数据项：${Object.keys(command.variables).join('、')}。`];
  if (command.type === 'activateAdHocElements')
    return [`开始步骤：${command.elements.map(({ elementId }) => nameOf(elementId, named)).join('、')}。`];
  return ['改动正在办理的事项。'];
}

/** The version, and which steps go on as others. */
function migrationSentences(
  { mappings }: Extract<Intervention, { kind: 'migration' }>['plan'],
  { definition, elements, target }: Named,
): readonly string[] {
  const { name = '', version = 0 } = target ?? {};
  const then = { definition: target?.definition ?? definition, elements };
  const moved = mappings.filter(({ sourceElementId, targetElementId }) => sourceElementId !== targetElementId);
  return [
    `改按“${name}”第 ${version} 版办理。`,
    ...moved.map(
      ({ sourceElementId, targetElementId }) =>
        `步骤“${nameOf(sourceElementId, { definition, elements })}”接着办成“${nameOf(targetElementId, then)}”。`,
    ),
  ];
}

function stepSentences(
  { activate = [], terminate = [] }: Extract<Command, { type: 'modifyProcessInstance' }>,
  named: Named,
): readonly string[] {
  const ended = terminate.map((key) => nameOf(named.elements.get(key) ?? key, named));
  const begun = activate.map(({ elementId }) => nameOf(elementId, named));
  const changed = activate.flatMap(({ variables = [] }) => variables.flatMap((one) => Object.keys(one.variables)));
  return [
    ...(ended.length > 0 ? [`取消步骤：${ended.join('、')}。`] : []),
    ...(begun.length > 0 ? [`开始步骤：${begun.join('、')}。`] : []),
    ...(changed.length > 0 ? [`改动数据项：${changed.join('、')}。`] : []),
  ];
}

function nameOf(elementId: string, { definition }: Named): string {
  const element = definition.elements.find(({ id }) => id === elementId);
  return element?.name ?? elementId;
}
