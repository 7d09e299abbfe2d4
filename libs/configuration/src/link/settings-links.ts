import { pointerPart } from '../json-text.js';
import { type LinkContext, reportMissing, reportPlace, type Sentence } from './link-context.js';

const organizationPath = 'workflows/organization.json';
const rolesPath = 'workflows/roles.json';

/** Checks that organization, roles, parameters and calendars fit together. */
export function linkSettings(context: LinkContext): void {
  linkOrganization(context);
  linkRoles(context);
  linkParameters(context);
  linkCalendars(context);
}

function linkOrganization(context: LinkContext): void {
  const { units, accounts = [] } = context.set.organization;
  const unitIds = units.map(({ id }) => id);
  const roleIds = context.set.roles.roles.map(({ id }) => id);
  refuseDoubles(context, organizationPath, '/units', unitIds);
  refuseDoubles(
    context,
    organizationPath,
    '/accounts',
    accounts.map(({ id }) => id),
  );
  units.forEach(({ parent }, index) => expectUnit(context, organizationPath, `/units/${index}/parent`, parent));
  accounts.forEach(({ unit, roles }, index) => {
    expectUnit(context, organizationPath, `/accounts/${index}/unit`, unit);
    expectAll(context, {
      file: organizationPath,
      place: `/accounts/${index}/roles`,
      ids: roles,
      known: roleIds,
      what: ['the role', '岗位'],
    });
  });
  refuseCircles(context);
}

function refuseCircles(context: LinkContext): void {
  const parents = new Map(context.set.organization.units.map(({ id, parent }) => [id, parent]));
  context.set.organization.units.forEach(({ id }, index) => {
    let above = parents.get(id);
    for (let steps = 0; above !== undefined && above !== id && steps < parents.size; steps += 1)
      above = parents.get(above);
    if (above !== id) return;
    const text: Sentence = [
      `Expected the unit "${id}" not to stand above itself.`,
      `单位“${id}”的上级关系形成了循环。`,
    ];
    reportPlace(context, organizationPath, `/units/${index}/parent`, { code: 'link.unitCircle', text });
  });
}

function linkRoles(context: LinkContext): void {
  const { classes, roles, protectedFiles = [] } = context.set.roles;
  const classIds = classes.map(({ id }) => id);
  refuseDoubles(context, rolesPath, '/classes', classIds);
  refuseDoubles(
    context,
    rolesPath,
    '/roles',
    roles.map(({ id }) => id),
  );
  roles.forEach(({ unit, sees = {} }, index) => {
    expectUnit(context, rolesPath, `/roles/${index}/unit`, unit);
    for (const id of Object.keys(sees).filter((one) => !classIds.includes(one)))
      reportMissing(context, rolesPath, `/roles/${index}/sees/${pointerPart(id)}`, {
        what: ['the class', '内容类别'],
        id,
        known: classIds,
      });
  });
  refuseSeeingAdministrator(context);
  protectedFiles.forEach((path, index) => {
    if (context.set.files.has(path)) return;
    reportMissing(context, rolesPath, `/protectedFiles/${index}`, {
      what: ['the protected file', '受保护的文件'],
      id: path,
      known: context.set.files.keys(),
    });
  });
}

/** Who deploys and operates has no right on protected content: it could else give itself what it likes. */
function refuseSeeingAdministrator(context: LinkContext): void {
  const { classes, roles } = context.set.roles;
  const index = roles.findIndex(({ id }) => id === 'admin');
  for (const [classId, sight] of Object.entries(roles[index]?.sees ?? {})) {
    if (sight === 'none' || classes.find(({ id }) => id === classId)?.sealed !== true) continue;
    const text: Sentence = [
      `Expected the role "admin" to see nothing of the protected class "${classId}" but found "${sight}".`,
      `系统管理员（admin）不得查看受保护的内容类别“${classId}”，实际为“${sight}”。`,
    ];
    const place = `/roles/${index}/sees/${pointerPart(classId)}`;
    reportPlace(context, rolesPath, place, { code: 'settings.administratorSees', text });
  }
}

function linkParameters(context: LinkContext): void {
  for (const [id, { value, min, max }] of Object.entries(context.set.parameters)) {
    if (typeof value !== 'number' || (value >= (min ?? -Infinity) && value <= (max ?? Infinity))) continue;
    const range = `${min ?? ''}–${max ?? ''}`;
    const text: Sentence = [
      `Expected the parameter "${id}" within ${range} but found ${value}.`,
      `参数“${id}”的值 ${value} 超出允许范围 ${range}。`,
    ];
    reportPlace(context, 'workflows/parameters.json', `/${pointerPart(id)}/value`, {
      code: 'settings.parameterRange',
      text,
    });
  }
}

function linkCalendars(context: LinkContext): void {
  for (const { path, json } of [...context.json.values()].filter(({ schema }) => schema === 'calendarYear')) {
    const { year, holidays, workdays } = json.value as {
      year: number;
      holidays: readonly string[];
      workdays: readonly string[];
    };
    const days = [
      ...holidays.map((day, index) => ({ day, place: `/holidays/${index}` })),
      ...workdays.map((day, index) => ({ day, place: `/workdays/${index}` })),
    ];
    for (const { day, place } of days.filter((one) => !one.day.startsWith(`${year}-`) || !isRealDate(one.day))) {
      const text: Sentence = [`Expected a date of ${year} but found ${day}.`, `应为 ${year} 年的日期，实际为 ${day}。`];
      reportPlace(context, path, place, { code: 'settings.calendarDate', text });
    }
    workdays.forEach((day, index) => {
      const text: Sentence = [
        `Expected ${day} to be a holiday or a workday, not both.`,
        `${day} 不能既是假日又是工作日。`,
      ];
      if (holidays.includes(day))
        reportPlace(context, path, `/workdays/${index}`, { code: 'settings.calendarDate', text });
    });
  }
}

function isRealDate(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function expectUnit(context: LinkContext, file: string, place: string, unit: string | undefined): void {
  const known = context.set.organization.units.map(({ id }) => id);
  if (unit !== undefined && !known.includes(unit))
    reportMissing(context, file, place, { what: ['the unit', '单位'], id: unit, known });
}

export interface Expected {
  readonly file: string;
  /** JSON pointer of the list. */
  readonly place: string;
  readonly ids: readonly string[];
  readonly known: readonly string[];
  readonly what: Sentence;
}

/** Reports each id of a list that is not known. */
export function expectAll(context: LinkContext, { file, place, ids, known, what }: Expected): void {
  ids.forEach((id, index) => {
    if (!known.includes(id)) reportMissing(context, file, `${place}/${index}`, { what, id, known });
  });
}

/** Reports each id that stands twice in a list of objects with ids. */
export function refuseDoubles(context: LinkContext, file: string, place: string, ids: readonly string[]): void {
  ids.forEach((id, index) => {
    if (ids.indexOf(id) === index) return;
    const text: Sentence = [`Expected the id "${id}" once but found it twice.`, `标识“${id}”重复。`];
    reportPlace(context, file, `${place}/${index}/id`, { code: 'settings.duplicateId', text });
  });
}
