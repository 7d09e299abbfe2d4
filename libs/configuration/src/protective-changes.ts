import type { FormFile } from '#forms';
import type { ConfigurationSet } from './configuration-set.js';
import { formPath } from './configuration-set.js';
import { leavesOf } from './form-fields.js';
import { readerChanges } from './ledgers/reader-changes.js';
import { authorizationsOf } from './authorizations.js';
import { chatChanges } from './chat-changes.js';
import { exclusiveChanges } from './exclusive-changes.js';
import { organizationChanges } from './organization-changes.js';
import { processChanges } from './process-changes.js';
import { calendarChanges } from './protective/calendar-changes.js';
import { candidateChanges } from './protective/candidate-changes.js';
import { deadlineChanges } from './protective/deadline-changes.js';
import { documentChanges } from './protective/document-changes.js';
import {
  launcherFormChanges,
  exchangeChanges,
  outsiderChanges,
  smallNumberChanges,
} from './protective/exchange-changes.js';
import { portalChanges } from './protective/portal-changes.js';
import { scheduleChanges } from './protective/schedule-changes.js';
import { termChanges } from './protective/term-changes.js';
import type { ContentClass, Role, RolesFile } from './settings.js';

/** A change that takes protection from people; it needs a second person to approve it. */
export interface ProtectiveChange {
  readonly code:
    | 'classRemoved'
    | 'classWeakened'
    | 'classChanged'
    | 'classes'
    | 'sees'
    | 'permissions'
    | 'protectedNames'
    | 'protectedFiles'
    | 'protectedFile'
    | 'ledgerReaders'
    | 'organization'
    | 'retention'
    | 'target'
    | 'exclusive'
    | 'calendar'
    | 'schedule'
    | 'portal'
    | 'document'
    | 'candidates'
    | 'grant'
    | 'removed'
    | 'term'
    | 'decision';
  readonly file: string;
  /** JSON pointer or id inside of the file. */
  readonly place?: string;
  /** What changes, as one sentence. */
  readonly messageZh: string;
}

type Comparable = Omit<ConfigurationSet, 'hash'>;

const rolesFile = 'workflows/roles.json';

/** Changes from the running set to a new one that may not be published by one person alone. */
export function protectiveChanges(before: Comparable, after: Comparable): readonly ProtectiveChange[] {
  return [
    ...[...before.forms.values()].flatMap((form) => formChanges(before, after, form)),
    ...classChanges(before.roles, after.roles),
    ...roleChanges(before.roles, after.roles),
    ...listChanges(before.roles, after.roles),
    ...fileChanges(before, after),
    ...readerChanges(before, after),
    ...organizationChanges(before.organization, after.organization),
    ...processChanges(before, after),
    ...chatChanges(before, after),
    ...exclusiveChanges(before.processes, after.processes),
    ...candidateChanges(before.processes, after.processes),
    ...termChanges(before, after),
    ...deadlineChanges(before.readModel.deadlines, after.readModel.deadlines),
    ...calendarChanges(before, after),
    ...scheduleChanges(before.scheduleDeclarations, after.scheduleDeclarations),
    ...portalChanges(before.portal, after.portal),
    ...documentChanges(before, after),
    ...exchangeChanges(before, after),
    ...launcherFormChanges(before, after),
    ...outsiderChanges(before.processes, after.processes),
    ...smallNumberChanges(before, after),
  ];
}

/** A field or form that is gone protects nothing less: what is stored stays sealed. */
function formChanges(before: Comparable, after: Comparable, form: FormFile): readonly ProtectiveChange[] {
  const next = after.forms.get(form.id);
  const leaves = new Map((next ? leavesOf(next) : []).map((leaf) => [leaf.place, leaf]));
  return leavesOf(form).flatMap(({ place, classId, schema }) => {
    const now = leaves.get(place);
    if (!now || classId === undefined || now.classId === classId) return [];
    const [was, is] = [classNamed(before.roles, classId), classNamed(after.roles, now.classId)];
    if (!was.sealed && !is.isNone) return [];
    const title = schema.title ?? place;
    const [code, text] = verdict({ was, is });
    return [
      {
        code,
        file: formPath(form.id),
        place,
        messageZh: `表单“${form.title}”的字段“${title}”${text}（原为“${was.name}”，现为“${is.name}”）。`,
      },
    ];
  });
}

interface NamedClass {
  readonly name: string;
  readonly sealed: boolean;
  readonly isNone: boolean;
}

function verdict({
  was,
  is,
}: {
  readonly was: NamedClass;
  readonly is: NamedClass;
}): readonly [ProtectiveChange['code'], string] {
  if (is.isNone) return ['classRemoved', '去掉了内容类别'];
  return was.sealed && !is.sealed ? ['classWeakened', '不再受保护'] : ['classChanged', '改变了内容类别'];
}

function classNamed({ classes }: RolesFile, id: string | undefined): NamedClass {
  const found = classes.find((one) => one.id === id);
  return { name: found?.name ?? id ?? '无', sealed: found?.sealed ?? id !== undefined, isNone: id === undefined };
}

function classChanges(before: RolesFile, after: RolesFile): readonly ProtectiveChange[] {
  return before.classes.flatMap((was) => {
    const is = after.classes.find(({ id }) => id === was.id);
    if (is?.sealed === was.sealed && !(was.identifies === true && is.identifies !== true)) return [];
    const text = is ? `由“${protection(was)}”改为“${protection(is)}”` : '被删除';
    return [{ code: 'classes', file: rolesFile, place: was.id, messageZh: `内容类别“${was.name}”${text}。` }];
  });
}

function protection({ sealed, identifies }: ContentClass): string {
  return `${sealed ? '受保护' : '公开'}${identifies === true ? '、能认出人' : ''}`;
}

function roleChanges(before: RolesFile, after: RolesFile): readonly ProtectiveChange[] {
  const ids = [...new Set([...before.roles, ...after.roles].map(({ id }) => id))];
  return ids.flatMap((id) => {
    const [was, is] = [before, after].map(({ roles }) => roles.find((role) => role.id === id));
    const name = is?.name ?? was?.name ?? id;
    return [
      ...seesChanges({ id, name, was: sightsOf(was), is: sightsOf(is) }, after),
      ...permissionChanges({ id, name, was: was && rightsOf(was), is: is && rightsOf(is) }),
    ];
  });
}

const rightsOf = ({ permissions = [], authorizations = {}, ordinary }: Role): readonly string[] => [
  ...(ordinary === true ? ['ordinary'] : []),
  ...permissions,
  ...authorizationsOf({ authorizations }),
];

interface RoleChange<Part> {
  readonly id: string;
  readonly name: string;
  readonly was: Part | undefined;
  readonly is: Part | undefined;
}

const sights: Readonly<Record<string, string>> = {
  none: '不可见',
  masked: '仅掩码',
  granted: '逐件批准后可见',
  own: '本岗位的件说明理由后可见',
  reason: '说明理由后可见',
};

/** What a role sees by class, with what it may be granted in a case. */
const sightsOf = (role: Role | undefined): Readonly<Record<string, string>> | undefined =>
  role && {
    ...role.sees,
    ...Object.fromEntries(
      [
        ...(role.seesGranted ?? []).map((one) => [one, 'granted'] as const),
        ...(role.seesOwn ?? []).map((one) => [one, 'own'] as const),
      ].filter(([one]) => role.sees?.[one] !== 'reason'),
    ),
  };

function seesChanges(
  { id, name, was = {}, is = {} }: RoleChange<Readonly<Record<string, string>>>,
  { classes }: RolesFile,
): readonly ProtectiveChange[] {
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (one) => (was[one] ?? 'none') !== (is[one] ?? 'none'),
  );
  return changed.map((classId) => {
    const className = classes.find((one) => one.id === classId)?.name ?? classId;
    const [from, to] = [was, is].map((sees) => sights[sees[classId] ?? 'none'] ?? '');
    return {
      code: 'sees',
      file: rolesFile,
      place: id,
      messageZh: `岗位“${name}”对“${className}”的查看权限由“${from ?? ''}”改为“${to ?? ''}”。`,
    };
  });
}

function permissionChanges({
  id,
  name,
  was = [],
  is = [],
}: RoleChange<readonly string[]>): readonly ProtectiveChange[] {
  const given = is.filter((one) => !was.includes(one));
  const taken = was.filter((one) => !is.includes(one));
  if (given.length + taken.length === 0) return [];
  const parts = [
    given.length > 0 ? `增加权限 ${given.join('、')}` : '',
    taken.length > 0 ? `取消权限 ${taken.join('、')}` : '',
  ];
  return [
    {
      code: 'permissions',
      file: rolesFile,
      place: id,
      messageZh: `岗位“${name}”${parts.filter(Boolean).join('，')}。`,
    },
  ];
}

function listChanges(before: RolesFile, after: RolesFile): readonly ProtectiveChange[] {
  const names = removed(before.protectedNames ?? ['anonymous'], after.protectedNames ?? ['anonymous']);
  const files = removed(before.protectedFiles ?? [], after.protectedFiles ?? []);
  return [
    ...names.map((name) => ({
      code: 'protectedNames' as const,
      file: rolesFile,
      place: name,
      messageZh: `变量“${name}”不再是受保护的名称。`,
    })),
    ...files.map((path) => ({
      code: 'protectedFiles' as const,
      file: rolesFile,
      place: path,
      messageZh: `文件“${path}”不再需要第二人审批。`,
    })),
  ];
}

function removed(before: readonly string[], after: readonly string[]): readonly string[] {
  return before.filter((one) => !after.includes(one));
}

function fileChanges(before: Comparable, after: Comparable): readonly ProtectiveChange[] {
  const paths = [...new Set([...(before.roles.protectedFiles ?? []), ...(after.roles.protectedFiles ?? [])])];
  return paths
    .filter((path) => before.files.get(path) !== after.files.get(path))
    .map((path) => ({
      code: 'protectedFile',
      file: path,
      messageZh: `受保护的文件“${path}”${after.files.has(path) ? '有改动' : '被删除'}。`,
    }));
}
