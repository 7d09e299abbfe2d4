import { formPath } from '../configuration-set.js';
import { sealedFields } from '../form-fields.js';
import { pointerPart } from '../json-text.js';
import type { ConfigurationSet, ProcessEntry } from '../configuration-set.js';
import type { PortalAction } from '../settings.js';
import { type LinkContext, reportMissing, reportPlace, type Sentence } from './link-context.js';
import { messagesCaught, startMessages } from './message-links.js';
import { expectAll, fieldsOf, refuseDoubles } from './references.js';
import { expectFeel } from './settings-expressions.js';

const file = 'workflows/portal.json';
const place = '/tracking/actions';

/** Follows what the actions of the portal's case page name. */
export function linkPortalActions(context: LinkContext, caseVariables: CaseVariables): void {
  const actions = context.set.portal?.tracking?.actions ?? [];
  refuseDoubles(
    context,
    file,
    place,
    actions.map(({ id }) => id),
  );
  const { tracking } = context.set.portal ?? {};
  expectAll(context, {
    file,
    place: '/tracking/terminated',
    ids: tracking?.terminated === undefined ? [] : [tracking.terminated],
    known: Object.keys(tracking?.states ?? {}),
    what: ['the public state', '公开状态'],
  });
  if (caseVariables)
    expectAll(context, {
      file,
      place: '/tracking/latest',
      ids: tracking?.latest ?? [],
      known: [...caseVariables],
      what: ['the variable', '变量'],
    });
  actions.forEach((action, index) => linkAction(context, { action, at: `${place}/${index}`, caseVariables }));
}

/** The process of the case of its own that an action starts; undefined where its message goes to the case that is followed. */
export function caseStartedBy(
  { startsEach, message }: PortalAction,
  { processes }: Pick<ConfigurationSet, 'processes'>,
): ProcessEntry | undefined {
  if (!startsEach) return undefined;
  return processes.find(
    ({ caseSeries, definition }) => caseSeries !== undefined && startMessages(definition).includes(message),
  );
}

/** Names of the variables that a case may have; undefined where they cannot be told. */
type CaseVariables = ReadonlySet<string> | undefined;

export interface PlacedAction {
  readonly action: PortalAction;
  readonly at: string;
  readonly caseVariables: CaseVariables;
}

/** Follows what an action names; `caseVariables` are those that its FEEL may read. */
export function linkAction(context: LinkContext, { action, at, caseVariables }: PlacedAction): void {
  const { forms, files, portal } = context.set;
  const what: Sentence = ['the public state', '公开状态'];
  const known = Object.keys(portal?.tracking?.states ?? {});
  expectAll(context, { file, place: `${at}/states`, ids: action.states ?? [], known, what });
  const settings = [
    [`${at}/when`, action.when] as const,
    ...(['variables', 'prefill'] as const).flatMap((member) =>
      Object.entries(action[member] ?? {}).map(
        ([name, source]) => [`${at}/${member}/${pointerPart(name)}`, source] as const,
      ),
    ),
  ];
  for (const [place, source] of settings) expectFeel(context, { file, place, source, known: caseVariables });
  linkOffers(context, action, at);
  expectMessage(context, action, `${at}/message`);
  if (forms.has(action.formId)) return expectFields(context, action, at);
  if (files.has(formPath(action.formId))) return;
  const missing: Sentence = ['the form', '表单'];
  reportMissing(context, file, `${at}/formId`, { what: missing, id: action.formId, known: forms.keys() });
}

/** An offer names another action; a code is for a case of its own. */
function linkOffers(context: LinkContext, action: PortalAction, at: string): void {
  const known = (context.set.portal?.tracking?.actions ?? []).map(({ id }) => id).filter((id) => id !== action.id);
  (action.offers ?? []).forEach((offer, index) => {
    const place = `${at}/offers/${index}`;
    const what: Sentence = ['another action', '另一项操作'];
    expectFeel(context, { file, place: `${place}/when`, source: offer.when, known: fieldsOf(context, action.formId) });
    if (!known.includes(offer.action))
      reportMissing(context, file, `${place}/action`, { what, id: offer.action, known });
  });
  if (action.tracking !== true || context.broken.has('process') || caseStartedBy(action, context.set)) return;
  reportPlace(context, file, `${at}/tracking`, {
    code: 'link.trackingWithoutCase',
    text: [
      `Expected no "tracking": the message "${action.message}" starts no case of its own that a code could belong to.`,
      `不能写 tracking：消息“${action.message}”没有另立一件，查询码没有归属。`,
    ],
  });
}

/** One that starts an instance each needs a message start event; any other, an element that waits for the message. */
function expectMessage(context: LinkContext, action: PortalAction, at: string): void {
  if (context.broken.has('process')) return;
  const definitions = context.set.processes.map(({ definition }) => definition);
  const names = action.startsEach
    ? definitions.flatMap(startMessages)
    : definitions.flatMap(messagesCaught).map(({ name }) => name);
  if (names.includes(undefined) || names.includes(action.message)) return;
  reportMissing(context, file, at, {
    what: action.startsEach
      ? ['a process that starts with the message', '由该消息开始的流程，消息']
      : ['an element of a process that waits for the message', '接收该消息的流程元素，消息'],
    id: action.message,
    known: names.filter((name) => name !== undefined),
  });
}

function expectFields(context: LinkContext, action: PortalAction, at: string): void {
  const ids = Object.keys(action.prefill ?? {});
  const known = Object.keys(context.set.forms.get(action.formId)?.schema.properties ?? {});
  expectAll(context, { file, place: `${at}/prefill`, ids, known, what: ['the field', '字段'] });
  if (action.thread === undefined || !caseStartedBy(action, context.set))
    return expectThread(context, action, `${at}/thread`);
  reportPlace(context, file, `${at}/thread`, {
    code: 'link.threadOfOtherCase',
    text: [
      `Expected no "thread": the message "${action.message}" starts a case of its own, whose texts the conversation of this one cannot show.`,
      `不能写 thread：消息“${action.message}”另立一件，那一件的内容不能显示在这一件的往来留言里。`,
    ],
  });
}

/** What stands in a conversation is kept under the key of the case, so its field must be of a sealed class. */
function expectThread(context: LinkContext, { formId, thread }: PortalAction, at: string): void {
  const form = context.set.forms.get(formId);
  if (thread === undefined || !form) return;
  const fault = threadFault(context, formId, thread);
  if (fault) reportPlace(context, file, at, fault);
}

/** What is wrong with a field whose text is to stand in the conversation about a case; undefined where nothing is. */
export function threadFault(context: LinkContext, formId: string, field: string) {
  const form = context.set.forms.get(formId);
  if (!form) return undefined;
  const schema = form.schema.properties?.[field];
  const isSealedText = schema?.type === 'string' && sealedFields(form, context.set.roles).has(field);
  if (isSealedText) return undefined;
  const text: Sentence = [
    `Expected "${field}" to be a text field of form "${formId}" with a sealed class ("x-class"), because it stands in the conversation about the case.`,
    `“${field}”的内容要显示在往来留言中，它必须是表单“${formId}”里的文本字段，并标明受保护的类别（x-class）。`,
  ];
  return { code: 'link.threadField', text };
}
