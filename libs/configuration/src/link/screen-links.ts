import { pointerPart } from '../json-text.js';
import type { Launcher, PortalRoute } from '../settings.js';
import { linkDocuments } from './document-links.js';
import { linkDocumentNames } from './document-names.js';
import { type LinkContext, missingSentence, reportMissing, reportPlace, type Sentence } from './link-context.js';
import { linkPortalActions } from './portal-links.js';
import { linkPortalRequests } from './portal-requests.js';
import { linkPortalPages } from './portal-page-links.js';
import { linkParameterTexts, linkSentences } from './portal-sentences.js';
import { expectAll, fieldsOf, refuseDoubles } from './references.js';
import { linkRooms } from './room-links.js';
import { expectFeel } from './settings-expressions.js';
import { expectForm, expectStart } from './starts.js';

const portalPath = 'workflows/portal.json';
const launchersPath = 'workflows/launchers.json';

/** By process id: names of the variables that its instances may have. */
type Known = ReadonlyMap<string, ReadonlySet<string>>;

/** Follows what portal, launchers, rooms and document lists name. */
export function linkScreens(context: LinkContext, known: Known | undefined): void {
  // Any process may join a case, and what is read of a case is read over all that did.
  const caseVariables = known && new Set([...known.values()].flatMap((names) => [...names]));
  linkPortal(context, caseVariables);
  linkPortalRequests(context, known);
  linkLaunchers(context, caseVariables);
  linkParameterTexts(context);
  linkRooms(context, known);
  linkDocuments(context);
  if (known) linkDocumentNames(context, known);
}

function linkPortal(context: LinkContext, caseVariables: ReadonlySet<string> | undefined): void {
  const entries = context.set.portal?.entries ?? [];
  refuseDoubles(
    context,
    portalPath,
    '/entries',
    entries.map(({ id }) => id),
  );
  entries.forEach((entry, index) => {
    const place = `/entries/${index}`;
    expectStart(context, { file: portalPath, place, start: entry });
    expectForm(context, portalPath, `${place}/formId`, entry.formId);
    expectReceipt(context, portalPath, `${place}/receipt`, entry.receipt);
    const known = fieldsOf(context, entry.formId);
    expectFeel(context, { file: portalPath, place: `${place}/pinWhen`, source: entry.pinWhen, known });
    linkRoutes(context, { file: portalPath, at: `${place}/routes`, start: entry });
  });
  linkSentences(context, caseVariables);
  linkPortalActions(context, caseVariables);
  linkPortalPages(context);
}

interface Routed {
  readonly file: string;
  readonly at: string;
  readonly start: { readonly formId?: string; readonly routes?: readonly PortalRoute[] };
}

function linkRoutes(context: LinkContext, { file, at, start: { formId, routes = [] } }: Routed): void {
  routes.forEach((route, index) => {
    const place = `${at}/${index}`;
    expectStart(context, { file, place, start: route });
    expectFeel(context, { file, place: `${place}/when`, source: route.when, known: fieldsOf(context, formId) });
  });
}

function linkLaunchers(context: LinkContext, caseVariables: ReadonlySet<string> | undefined): void {
  const { launchers, roles, rooms } = context.set;
  const known = roles.roles.map(({ id }) => id);
  refuseDoubles(
    context,
    launchersPath,
    '',
    launchers.map(({ id }) => id),
  );
  launchers.forEach((launcher, index) => {
    const place = `/${index}`;
    expectStart(context, { file: launchersPath, place, start: launcher });
    expectForm(context, launchersPath, `${place}/formId`, launcher.formId);
    expectReceipt(context, launchersPath, `${place}/receipt`, launcher.receipt);
    const what: Sentence = ['the role', '岗位'];
    expectAll(context, { file: launchersPath, place: `${place}/roles`, ids: launcher.roles, known, what });
    expectAll(context, { file: launchersPath, place: `${place}/notifies`, ids: launcher.notifies ?? [], known, what });
    if (launcher.room === true && !Object.hasOwn(rooms, launcher.processId))
      reportMissing(context, launchersPath, `${place}/room`, {
        what: ['the room (rooms.json) of', '处置室（rooms.json）'],
        id: launcher.processId,
        known: Object.keys(rooms),
      });
    const fields = fieldsOf(context, launcher.formId) ?? [];
    if (launcher.drillField !== undefined && fields.length > 0 && !fields.includes(launcher.drillField))
      reportMissing(context, launchersPath, `${place}/drillField`, {
        what: ['the form field', '表单字段'],
        id: launcher.drillField,
        known: fields,
      });
    linkRoutes(context, { file: launchersPath, at: `${place}/routes`, start: launcher });
    const handOver = launcher.handOver?.startsWith('=') === true ? launcher.handOver : undefined;
    expectFeel(context, {
      file: launchersPath,
      place: `${place}/handOver`,
      source: handOver,
      known: fieldsOf(context, launcher.formId),
    });
    for (const [name, source] of Object.entries(launcher.variables ?? {}))
      expectFeel(context, {
        file: launchersPath,
        place: `${place}/variables/${pointerPart(name)}`,
        source,
        known: caseVariables,
      });
    linkJoin(context, launcher, { place, fields });
  });
}

/** What a launcher joins is named by a field of its form, and a process that is a case itself joins none. */
function linkJoin(
  context: LinkContext,
  { joins, processId }: Launcher,
  { place, fields }: { readonly place: string; readonly fields: readonly string[] },
): void {
  if (joins === undefined) return;
  if (fields.length > 0 && !fields.includes(joins))
    reportMissing(context, launchersPath, `${place}/joins`, {
      what: ['the form field', '表单字段'],
      id: joins,
      known: fields,
    });
  if (context.set.processes.some(({ id, caseSeries }) => id === processId && caseSeries !== undefined))
    reportPlace(context, launchersPath, `${place}/joins`, {
      code: 'link.joinOfCase',
      text: [
        `Expected a process without "ct.case" but "${processId}" is a case of its own and joins none.`,
        `流程“${processId}”自己另立一件（ct.case），不能并入别的件。请去掉 joins 或 ct.case。`,
      ],
    });
}

function expectReceipt(context: LinkContext, file: string, place: string, id: string | undefined): void {
  if (id === undefined || context.broken.has('document')) return;
  const document = context.set.documents.get(id);
  if (!document)
    return reportPlace(context, file, place, {
      code: 'link.unknownReference',
      text: missingSentence({ what: ['the document', '文书'], id, known: context.set.documents.keys() }),
    });
  if (document.receipt === true) return;
  const text: Sentence = [
    `Expected document "${id}" to be a receipt ("receipt": true in documents.json).`,
    `文书“${id}”不是回执，请在 documents.json 中写 "receipt": true。`,
  ];
  reportPlace(context, file, place, { code: 'link.noReceipt', text });
}
