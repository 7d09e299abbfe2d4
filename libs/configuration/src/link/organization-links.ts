import { formulaFaults, groupFault } from './groups.js';
import { type LinkContext, reportMissing, reportPlace, type Sentence } from './link-context.js';
import { linkPortfolios } from './portfolio-links.js';
import { expectAll, refuseDoubles } from './references.js';
import { expectFeel } from './settings-expressions.js';

const file = 'workflows/organization.json';
const role: Sentence = ['the role', '岗位'];

/** Checks that units are a tree, and that posts, fallbacks, portfolios and demo accounts name what there is. */
export function linkOrganization(context: LinkContext): void {
  const { units } = context.set.organization;
  refuseDoubles(context, file, '/units', idsOf(units));
  units.forEach(({ parent }, index) => expectUnit(context, file, `/units/${index}/parent`, parent));
  refuseCircles(context);
  linkPosts(context);
  linkFallback(context);
  linkRecusal(context);
  linkAccounts(context);
  linkPortfolios(context);
}

/** Reports a unit that is not there. */
export function expectUnit(context: LinkContext, path: string, place: string, unit: string | undefined): void {
  const known = idsOf(context.set.organization.units);
  if (unit !== undefined && !known.includes(unit))
    reportMissing(context, path, place, { what: ['the unit', '单位'], id: unit, known });
}

function linkPosts(context: LinkContext): void {
  const { posts = [] } = context.set.organization;
  refuseDoubles(context, file, '/posts', idsOf(posts));
  posts.forEach(({ unit, roles }, index) => {
    expectUnit(context, file, `/posts/${index}/unit`, unit);
    expectRoles(context, `/posts/${index}/roles`, roles);
  });
}

function linkFallback(context: LinkContext): void {
  (context.set.organization.fallback ?? []).forEach(({ roles = [], processes = [], to }, index) => {
    expectRoles(context, `/fallback/${index}/roles`, roles);
    const known = idsOf(context.set.processes);
    processes.forEach((process, position) => {
      if (!known.includes(process))
        reportMissing(context, file, `/fallback/${index}/processes/${position}`, {
          what: ['the process', '流程'],
          id: process,
          known,
        });
    });
    to.forEach((group, position) => linkFallbackGroup(context, group, `/fallback/${index}/to/${position}`));
  });
}

/** A group, or FEEL that gives one. */
function linkFallbackGroup(context: LinkContext, group: string, place: string): void {
  if (!group.startsWith('=')) {
    const text = groupFault(context.set, group);
    if (text) reportPlace(context, file, place, { code: 'link.unknownGroup', text });
    return;
  }
  expectFeel(context, { file, place, source: group, known: undefined });
  for (const text of formulaFaults(context.set, group))
    reportPlace(context, file, place, { code: 'link.unknownGroup', text });
}

function linkRecusal(context: LinkContext): void {
  const reasonClass = context.set.organization.recusal?.reasonClass;
  if (reasonClass === undefined) return;
  const { classes } = context.set.roles;
  const place = '/recusal/reasonClass';
  const found = classes.find(({ id }) => id === reasonClass);
  if (!found) {
    const what: Sentence = ['the class', '内容类别'];
    return reportMissing(context, file, place, { what, id: reasonClass, known: idsOf(classes) });
  }
  if (found.sealed) return;
  const text: Sentence = [
    `Expected a sealed class for reasons of recusal but "${reasonClass}" is open.`,
    `回避理由须用受保护的内容类别，“${reasonClass}”是公开的。`,
  ];
  reportPlace(context, file, place, { code: 'settings.openClass', text });
}

function linkAccounts(context: LinkContext): void {
  const { accounts = [], posts = [] } = context.set.organization;
  refuseDoubles(context, file, '/accounts', idsOf(accounts));
  accounts.forEach((account, index) => {
    expectUnit(context, file, `/accounts/${index}/unit`, account.unit);
    expectRoles(context, `/accounts/${index}/roles`, account.roles);
    const held = { ids: account.posts ?? [], known: idsOf(posts), what: ['the post', '职务'] as const };
    expectAll(context, { file, place: `/accounts/${index}/posts`, ...held });
  });
}

function expectRoles(context: LinkContext, place: string, ids: readonly string[]): void {
  expectAll(context, { file, place, ids, known: idsOf(context.set.roles.roles), what: role });
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
    reportPlace(context, file, `/units/${index}/parent`, { code: 'link.unitCircle', text });
  });
}

function idsOf(named: readonly { readonly id: string }[]): readonly string[] {
  return named.map(({ id }) => id);
}
