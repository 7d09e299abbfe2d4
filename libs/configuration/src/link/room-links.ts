import { pointerPart } from '../json-text.js';
import type { Room, RoomAction } from '../settings.js';
import { type LinkContext, reportMissing } from './link-context.js';
import { messagesCaught, startMessages } from './message-links.js';
import { expectAll, fieldsOf } from './references.js';
import { expectFeel, expectNames } from './settings-expressions.js';
import { expectForm, expectProcess } from './starts.js';

const file = 'workflows/rooms.json';

/** Follows what rooms name; `known` are the variables by process. */
export function linkRooms(context: LinkContext, known: ReadonlyMap<string, ReadonlySet<string>> | undefined): void {
  for (const [processId, room] of Object.entries(context.set.rooms))
    linkRoom(context, { processId, room, variables: known?.get(processId) });
}

interface PlacedRoom {
  readonly processId: string;
  readonly room: Room;
  /** Of the process; undefined where they cannot be told. */
  readonly variables: ReadonlySet<string> | undefined;
}

function linkRoom(context: LinkContext, { processId, room, variables }: PlacedRoom): void {
  const { set } = context;
  const place = `/${pointerPart(processId)}`;
  const process = expectProcess(context, file, place, processId);
  const elements = process ? [...process.definition.indexById.keys()] : [];
  if (process)
    expectAll(context, {
      file,
      place: `${place}/countdown`,
      ids: room.countdown ?? [],
      known: elements,
      what: ['the element', '流程元素'],
    });
  if (room.levelDictionary !== undefined && !Object.hasOwn(set.dictionaries, room.levelDictionary))
    reportMissing(context, file, `${place}/levelDictionary`, {
      what: ['the dictionary', '字典'],
      id: room.levelDictionary,
      known: Object.keys(set.dictionaries),
    });
  for (const member of ['clockFrom', 'levelVariable'] as const)
    expectNames(context, {
      file,
      place: `${place}/${member}`,
      names: listOf(room[member]),
      known: variables,
    });
  (room.facts ?? []).forEach(({ variable }, index) =>
    expectNames(context, {
      file,
      place: `${place}/facts/${index}/variable`,
      names: [variable],
      known: variables,
    }),
  );
  const caught = process ? messagesCaught(process.definition).map(({ name }) => name) : [undefined];
  (room.actions ?? []).forEach((action, index) =>
    linkAction(context, { action, place: `${place}/actions/${index}`, caught, variables }),
  );
}

const listOf = (name: string | undefined): readonly string[] => (name === undefined ? [] : [name]);

interface PlacedRoomAction {
  readonly action: RoomAction;
  readonly place: string;
  readonly caught: readonly (string | undefined)[];
  readonly variables: ReadonlySet<string> | undefined;
}

function linkAction(context: LinkContext, { action, place, caught, variables }: PlacedRoomAction): void {
  const known = context.set.roles.roles.map(({ id }) => id);
  expectAll(context, {
    file,
    place: `${place}/roles`,
    ids: action.roles,
    known,
    what: ['the role', '岗位'],
  });
  expectForm(context, file, `${place}/formId`, action.formId);
  expectFeel(context, { file, place: `${place}/when`, source: action.when, known: variables });
  for (const [name, source] of Object.entries(action.variables ?? {}))
    expectFeel(context, {
      file,
      place: `${place}/variables/${pointerPart(name)}`,
      source,
      known: variables,
    });
  if (action.joins !== undefined) return linkJoiningAction(context, { action, joins: action.joins, place });
  if (caught.includes(undefined) || caught.includes(action.message)) return;
  reportMissing(context, file, `${place}/message`, {
    what: ['an element of the process that waits for the message', '接收该消息的流程元素，消息'],
    id: action.message,
    known: caught.filter((name) => name !== undefined),
  });
}

/** What starts in the case that the form names joins it, so that its process is no case itself. */
function linkJoiningAction(
  context: LinkContext,
  { action, joins, place }: Pick<PlacedRoomAction, 'action' | 'place'> & { readonly joins: string },
): void {
  const fields = fieldsOf(context, action.formId) ?? [];
  if (fields.length > 0 || action.formId === undefined)
    expectAll(context, {
      file,
      place: `${place}/joins`,
      ids: [joins],
      known: fields,
      what: ['the form field', '表单字段'],
    });
  const joining = context.set.processes.filter(({ caseSeries }) => caseSeries === undefined);
  expectAll(context, {
    file,
    place: `${place}/message`,
    ids: [action.message],
    known: joining.flatMap(({ definition }) => startMessages(definition)),
    what: [
      'a process without "ct.case" that begins with the message',
      '以该消息开始、不另立一件（ct.case）的流程，消息',
    ],
  });
}
