import { pointerPart } from '../json-text.js';
import type { PortalRequest } from '../settings.js';
import { type LinkContext, reportPlace } from './link-context.js';
import { messagesCaught, startMessages } from './message-links.js';
import { linkAction } from './portal-links.js';
import { linkSentence } from './portal-sentences.js';
import { expectAll, refuseDoubles } from './references.js';
import { expectFeel, expectNames } from './settings-expressions.js';

const file = 'workflows/portal.json';
const place = '/tracking/requests';

/** Follows what the requests of the portal's case page name; `known` are the variables by process. */
export function linkPortalRequests(
  context: LinkContext,
  known: ReadonlyMap<string, ReadonlySet<string>> | undefined,
): void {
  const requests = context.set.portal?.tracking?.requests ?? [];
  refuseDoubles(
    context,
    file,
    place,
    requests.map(({ id }) => id),
  );
  requests.forEach((request, index) =>
    linkRequest(context, { request, at: `${place}/${index}`, variables: known?.get(request.processId) }),
  );
}

interface PlacedRequest {
  readonly request: PortalRequest;
  readonly at: string;
  readonly variables: ReadonlySet<string> | undefined;
}

function linkRequest(context: LinkContext, { request, at, variables }: PlacedRequest): void {
  const { processId, key, states, actions = [] } = request;
  const processes = context.set.processes.map(({ id }) => id);
  if (!context.broken.has('process'))
    expectAll(context, {
      file,
      place: `${at}/processId`,
      ids: [processId],
      known: processes,
      what: ['the process', '流程'],
    });
  expectNames(context, { file, place: `${at}/key`, names: [key], known: variables });
  states.forEach(({ when, sentence }, index) => {
    const state = `${at}/states/${index}`;
    expectFeel(context, { file, place: `${state}/when`, source: when, known: variables });
    linkSentence(context, { place: `${state}/sentence`, source: sentence, variables });
  });
  actions.forEach((action, index) => {
    const own = `${at}/actions/${pointerPart(String(index))}`;
    linkAction(context, { action, at: own, caseVariables: variables });
    expectOwnMessage(context, request, { message: action.message, at: `${own}/message` });
  });
}

/** What is said about a request goes to it alone, so that its process has to wait for it. */
function expectOwnMessage(
  context: LinkContext,
  { processId, id }: PortalRequest,
  { message, at }: { readonly message: string; readonly at: string },
): void {
  const process = context.set.processes.find((one) => one.id === processId);
  if (!process) return;
  const starts = startMessages(process.definition);
  const names = messagesCaught(process.definition).map(({ name }) => name);
  const caught = names.filter((name) => name === undefined || !starts.includes(name));
  if (caught.includes(undefined) || caught.includes(message)) return;
  reportPlace(context, file, at, {
    code: 'link.requestMessage',
    text: [
      `Expected the process "${processId}" of the request "${id}" to wait for the message "${message}".`,
      `“${id}”的流程“${processId}”没有接收消息“${message}”的元素。`,
    ],
  });
}
