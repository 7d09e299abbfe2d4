import type { BpmnElement } from '#bpmn';
import type { FormFile } from '#forms';
import type { ConfigurationSet, ProcessEntry } from '../configuration-set.js';
import { constantOf, constantTexts } from '../link/expressions.js';
import { leavesOf } from '../form-fields.js';
import type { ProtectiveChange } from '../protective-changes.js';

type Sets = Pick<ConfigurationSet, 'processes' | 'forms' | 'roles' | 'decisions' | 'launchers'>;

/** Steps that ask another decision or another form than before, where that takes a protection away. */
export function exchangeChanges(before: Sets, after: Sets): readonly ProtectiveChange[] {
  return before.processes.flatMap((was) => {
    const is = after.processes.find(({ id }) => id === was.id);
    return was.definition.elements.flatMap((element) => {
      const index = is?.definition.indexById.get(element.id);
      const now = index === undefined ? undefined : is?.definition.elements[index];
      const texts = now
        ? [
            ...decisionTexts(before, element, now),
            ...formTexts(before, after, element.userTask ?? {}, now.userTask ?? {}),
          ]
        : [];
      const step = `流程“${was.definition.name || was.id}”的步骤“${element.name || element.id}”`;
      return texts.map(([code, text]) => ({ code, file: was.path, place: element.id, messageZh: `${step}${text}。` }));
    });
  });
}

type Text = readonly [code: ProtectiveChange['code'], text: string];

/** A decision from a file that is protected, in whose place another one is asked. */
function decisionTexts({ decisions, roles }: Sets, was: BpmnElement, is: BpmnElement): readonly Text[] {
  const [from, to] = [was, is].map(({ calledDecision }) => calledDecision?.decisionId);
  const path = decisions.find(({ id }) => id === from)?.path;
  if (from === undefined || from === to || path === undefined || !roles.protectedFiles?.includes(path)) return [];
  return [['decision', `不再按受保护的决策表“${from}”判断，改为“${to ?? '无'}”`]];
}

/** A field that another form asks for under the same name without protecting it. */
function formTexts(before: Sets, after: Sets, was: Showing, is: Showing): readonly Text[] {
  const [from, to] = [before.forms.get(was.formId ?? ''), after.forms.get(is.formId ?? '')];
  if (!from || !to || from.id === to.id) return [];
  const [protectedBefore, protectedNow] = [sealedPlaces(from, before), sealedPlaces(to, after)];
  return leavesOf(to)
    .filter(({ place }) => protectedBefore.has(place) && !protectedNow.has(place))
    .map(({ place, schema }): Text => [
      'classWeakened',
      `的表单由“${from.title}”改为“${to.title}”，字段“${schema.title ?? place}”不再受保护`,
    ]);
}

interface Showing {
  readonly formId?: string;
}

/** Launchers whose form was exchanged for one that protects less; of the portal every other form is named. */
export function launcherFormChanges(before: Sets, after: Sets): readonly ProtectiveChange[] {
  return before.launchers.flatMap((was) => {
    const is = after.launchers.find(({ id }) => id === was.id);
    const texts = is ? formTexts(before, after, was, is) : [];
    const place = { file: 'workflows/launchers.json', place: was.id };
    return texts.map(([code, text]) => ({ code, ...place, messageZh: `“${was.title}”${text}。` }));
  });
}

function sealedPlaces(form: FormFile, { roles: { classes } }: Sets): ReadonlySet<string> {
  const sealed = new Set(classes.filter((one) => one.sealed).map(({ id }) => id));
  return new Set(leavesOf(form).flatMap(({ place, classId }) => (sealed.has(classId ?? '') ? [place] : [])));
}

/** New steps of a process that belongs to some roles alone, with candidates beside these roles. */
export function outsiderChanges(
  before: readonly ProcessEntry[],
  after: readonly ProcessEntry[],
): readonly ProtectiveChange[] {
  return after.flatMap(({ id, path, definition, exclusiveTo }) => {
    const was = before.find((one) => one.id === id);
    if (exclusiveTo === undefined || !was) return [];
    const added = definition.elements.filter(
      (element) => element.userTask && !was.definition.indexById.has(element.id) && !isAmong(element, exclusiveTo),
    );
    return added.map((element) => ({
      code: 'candidates' as const,
      file: path,
      place: element.id,
      messageZh: `流程“${definition.name || id}”只给指定岗位看，新步骤“${element.name || element.id}”的候选人不限于这些岗位。`,
    }));
  });
}

/** Candidates that are written down, all of these roles; of a formula nobody can tell. */
function isAmong({ userTask, laneRole }: BpmnElement, roles: readonly string[]): boolean {
  const { assignee, candidateUsers, candidateGroups } = userTask ?? {};
  if (assignee || candidateUsers) return false;
  if (!candidateGroups) return laneRole !== undefined && roles.includes(laneRole);
  if (constantOf(candidateGroups) === undefined) return false;
  return constantTexts(candidateGroups).every((group) => roles.includes(group.split('@')[0] ?? ''));
}

/** Indicators that show small numbers which they hid, or gave as counts alone. */
export function smallNumberChanges(
  before: Pick<ConfigurationSet, 'readModel'>,
  after: Pick<ConfigurationSet, 'readModel'>,
): readonly ProtectiveChange[] {
  return before.readModel.indicators.flatMap(({ path, declaration: was }) => {
    const is = after.readModel.indicators.find(({ declaration }) => declaration.id === was.id)?.declaration;
    if (!is || was.small !== 'hide' || is.small === 'hide') return [];
    return [{ code: 'ledgerReaders', file: path, messageZh: `指标“${was.title}”不再隐去人数很少的数字。` } as const];
  });
}
