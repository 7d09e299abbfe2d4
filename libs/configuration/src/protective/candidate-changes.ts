import type { BpmnElement } from '#bpmn';
import type { CompiledExpression } from '#feel';
import type { ProcessEntry } from '../configuration-set.js';
import { constantOf, constantTexts } from '../link/expressions.js';
import { namedIds } from '../named-ids.js';
import type { ProtectiveChange } from '../protective-changes.js';
import { isSame } from './same.js';

/** Tasks that more people get or may do than before, steps for people that are gone, and protected content opened to somebody. */
export function candidateChanges(
  before: readonly ProcessEntry[],
  after: readonly ProcessEntry[],
): readonly ProtectiveChange[] {
  return before.flatMap((was) => {
    const is = after.find(({ id }) => id === was.id);
    if (!is)
      return [{ code: 'removed', file: was.path, place: was.id, messageZh: `流程“${nameOf(was)}”被删除。` } as const];
    return [...taskChanges(was, is), ...grantChanges(was, is)];
  });
}

const nameOf = ({ id, definition }: ProcessEntry): string => definition.name || id;

function taskChanges(before: ProcessEntry, after: ProcessEntry): readonly ProtectiveChange[] {
  return before.definition.elements
    .filter(({ type }) => type === 'userTask')
    .flatMap((was): readonly ProtectiveChange[] => {
      const is = elementOf(after, was.id);
      const step = `流程“${nameOf(before)}”的步骤“${was.name || was.id}”`;
      const place = { file: after.path, place: was.id };
      if (is?.type !== 'userTask') return [{ code: 'removed', ...place, messageZh: `${step}被删除。` }];
      const texts = audienceChanges(was, is);
      return texts.length > 0 ? [{ code: 'candidates', ...place, messageZh: `${step}：${texts.join('，')}。` }] : [];
    });
}

const elementOf = ({ definition }: ProcessEntry, id: string): BpmnElement | undefined => {
  const index = definition.indexById.get(id);
  return index === undefined ? undefined : definition.elements[index];
};

const parts = { candidateGroups: '候选岗位', candidateUsers: '候选人', assignee: '办理人' } as const;

function audienceChanges(was: BpmnElement, is: BpmnElement): readonly string[] {
  const [open, opened] = [was, is].map(laneOf);
  const lane = opened === undefined || opened === open ? [] : [`候选岗位改为泳道的岗位 ${opened}`];
  return [
    ...Object.entries(parts).flatMap(([part, name]) => {
      const key = part as keyof typeof parts;
      return gainOf(name, was.userTask?.[key], is.userTask?.[key]);
    }),
    ...lane,
    ...separationLosses(was, is),
  ];
}

const separations = { 'ct.otherThan': '办理人', 'ct.choosesOtherThan': '可选的人' } as const;

/** Who did a step, or is named, may take part from now on. */
function separationLosses(was: BpmnElement, is: BpmnElement): readonly string[] {
  const named = ({ properties }: BpmnElement, property: string) => namedIds(properties[property]);
  const [from, to] = [was, is].map(({ properties }) => properties['ct.notOf']);
  return [
    ...Object.entries(separations).flatMap(([property, who]) => {
      const lost = named(was, property).filter((id) => !named(is, property).includes(id));
      return lost.length > 0 ? [`${who}不再避开办过 ${lost.join('、')} 的人`] : [];
    }),
    ...(from === undefined || from === to ? [] : [`不得办理的人由“${from}”改为“${to ?? '无'}”`]),
  ];
}

/** Fixed lists may become shorter; of a formula nobody can tell, so every change of it counts. */
function gainOf(name: string, was: CompiledExpression | undefined, is: CompiledExpression | undefined) {
  if (is === undefined || was?.source === is.source) return [];
  if (isFixed(was) && isFixed(is)) {
    const gained = constantTexts(is).filter((one) => !constantTexts(was).includes(one));
    return gained.length > 0 ? [`${name}增加了 ${gained.join('、')}`] : [];
  }
  return [`${name}由“${was?.source ?? '无'}”改为“${is.source}”`];
}

const isFixed = (expression: CompiledExpression | undefined): boolean =>
  expression === undefined || constantOf(expression) !== undefined;

/** The role of the lane, of a task that says nothing itself. */
function laneOf({ laneRole, userTask }: BpmnElement): string | undefined {
  return userTask?.assignee || userTask?.candidateGroups || userTask?.candidateUsers ? undefined : laneRole;
}

function grantChanges(before: ProcessEntry, after: ProcessEntry): readonly ProtectiveChange[] {
  return after.definition.elements.filter(isGrant).flatMap((is): readonly ProtectiveChange[] => {
    const was = elementOf(before, is.id);
    if (was && isGrant(was) && isSame(inputsOf(was), inputsOf(is))) return [];
    const given = inputsOf(is).map(([target, source]) => `${target} 为“${source}”`);
    const messageZh = `流程“${nameOf(after)}”的步骤“${is.name || is.id}”开放受保护的内容：${given.join('，')}。`;
    return [{ code: 'grant', file: after.path, place: is.id, messageZh }];
  });
}

const isGrant = ({ job }: BpmnElement): boolean => constantOf(job?.type) === 'ct.grant';

const inputsOf = ({ inputMappings }: BpmnElement) =>
  inputMappings.map(({ target, source }) => [target, source.source] as const);
