import { allPermissions } from '../authorizations.js';
import { pointerPart } from '../json-text.js';
import { type LinkContext, reportMissing, reportPlace, type Sentence } from './link-context.js';
import { expectUnit, linkOrganization } from './organization-links.js';
import { linkCalendarYears } from './calendar-year-links.js';
import { linkNumbering } from './numbering-links.js';
import { linkParameters } from './parameter-links.js';
import { expectAll, refuseDoubles } from './references.js';
import { linkSight } from './sight-links.js';

const rolesPath = 'workflows/roles.json';

/** Checks that organization, roles, parameters, number series and calendars fit together. */
export function linkSettings(context: LinkContext): void {
  linkOrganization(context);
  linkRoles(context);
  linkParameters(context);
  linkNumbering(context);
  linkCalendarYears(context);
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
  roles.forEach(({ unit, permissions = [], sees = {}, seesGranted = [], seesOwn = [] }, index) => {
    expectAll(context, {
      file: rolesPath,
      place: `/roles/${index}/permissions`,
      ids: permissions,
      known: allPermissions,
      what: ['the permission', '权限'],
    });
    expectUnit(context, rolesPath, `/roles/${index}/unit`, unit);
    for (const id of Object.keys(sees).filter((one) => !classIds.includes(one)))
      reportMissing(context, rolesPath, `/roles/${index}/sees/${pointerPart(id)}`, {
        what: ['the class', '内容类别'],
        id,
        known: classIds,
      });
    for (const [member, ids] of Object.entries({ seesGranted, seesOwn }))
      ids.forEach((id, at) => {
        if (classIds.includes(id)) return;
        const what: Sentence = ['the class', '内容类别'];
        reportMissing(context, rolesPath, `/roles/${index}/${member}/${at}`, { what, id, known: classIds });
      });
  });
  refuseSeeingAdministrator(context);
  linkSight(context);
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
  const { sees = {}, seesOwn = [] } = roles[index] ?? {};
  const seen = { ...sees, ...Object.fromEntries(seesOwn.map((id) => [id, 'own'])) };
  for (const [classId, sight] of Object.entries(seen)) {
    if (sight === 'none' || classes.find(({ id }) => id === classId)?.sealed !== true) continue;
    const text: Sentence = [
      `Expected the role "admin" to see nothing of the protected class "${classId}" but found "${sight}".`,
      `系统管理员（admin）不得查看受保护的内容类别“${classId}”，实际为“${sight}”。`,
    ];
    const place = `/roles/${index}/sees/${pointerPart(classId)}`;
    reportPlace(context, rolesPath, place, { code: 'settings.administratorSees', text });
  }
}
