import { childOf, childrenOf, extensionOf, textOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type { EventDefinition, SingleEventDefinition } from './process-definition.js';
import { readConditional } from './read-conditional.js';
import { readTimer } from './read-timer.js';
import { compileOptional, missing, referStatic, type Reading } from './reading.js';
import { eventKinds, multipleCatch, thrownAtOnce, type EventPlace } from './supported-elements.js';

/** Reads what an event waits for or throws; an unsupported kind, or mixture of kinds, is noted by name. */
export function readEvent(reading: Reading, element: ModdleElement, place: EventPlace): EventDefinition | undefined {
  const definitions = [...childrenOf(element, 'eventDefinitions'), ...childrenOf(element, 'eventDefinitionRef')];
  const kinds = definitions.length === 0 ? ['none'] : definitions.map(({ $type }) => kindOf($type));
  const unsupported = kinds.find((kind) => !eventKinds[place].includes(kind));
  if (unsupported !== undefined) return unsupportedEvent(reading, element, unsupported);
  const events = definitions.flatMap((definition) => readDefinition(reading, element, definition, place) ?? []);
  if (definitions.length <= 1) return definitions.length === 0 ? { kind: 'none' } : events[0];
  const isParallel = element['parallelMultiple'] === true && !isThrown(place);
  const isTimer = (kind: string) => place === 'startEvent' && kind === 'timer';
  if (kinds.filter(isTimer).length > 1) return unsupportedEvent(reading, element, 'several timers');
  const lone = isThrown(place) ? loneThrow(kinds) : loneCatch(kinds, isParallel);
  if (lone !== undefined) return unsupportedEvent(reading, element, `${lone} beside others`);
  if (isParallel && place === 'startEvent') checkSet(reading, element, events);
  return { kind: 'multiple', isParallel, events };
}

/** One message must not count twice in the set that starts a process, and the name of each must be known before. */
function checkSet(reading: Reading, element: ModdleElement, events: readonly SingleEventDefinition[]): void {
  const names = events.flatMap((event) => (event.kind === 'message' ? [event.messageName] : []));
  if (new Set(names).size < names.length)
    unsupportedEvent(reading, element, 'parallel multiple with one message twice');
  const isUnnamed = (event: SingleEventDefinition) =>
    (event.kind === 'message' && event.messageName === undefined) ||
    (event.kind === 'signal' && event.signalName === undefined);
  if (events.some(isUnnamed)) unsupportedEvent(reading, element, 'parallel multiple with a computed name');
}

/** What cannot stand beside others in a catching event: its handler, target or interruption is not that of an event. */
function loneCatch(kinds: readonly string[], isParallel: boolean): string | undefined {
  const isInterruption = (kind: string) => isParallel && (kind === 'error' || kind === 'escalation');
  return kinds.find((kind) => !multipleCatch.includes(kind) || isInterruption(kind));
}

/** Of what does not go on at once there may be one, and it is thrown last. */
function loneThrow(kinds: readonly string[]): string | undefined {
  const deciding = kinds.filter((kind) => !thrownAtOnce.includes(kind));
  return deciding.find((kind) => kind === 'link' || deciding.length > 1);
}

/** An event definition outside an event: what a multi-instance activity throws when an instance completes. */
export function readImplicitThrow(
  reading: Reading,
  element: ModdleElement,
  definition: ModdleElement,
): SingleEventDefinition | undefined {
  const kind = kindOf(definition.$type);
  if (!thrownAtOnce.includes(kind)) return unsupportedEvent(reading, element, kind);
  return readDefinition(reading, element, definition, 'intermediateThrowEvent');
}

/** `bpmn:TimerEventDefinition` -> `timer`. */
function kindOf(type: string): string {
  const name = type.replace(/^bpmn:/, '').replace(/EventDefinition$/, '');
  return name === 'Compensate' ? 'compensation' : name.charAt(0).toLowerCase() + name.slice(1);
}

function readDefinition(
  reading: Reading,
  element: ModdleElement,
  definition: ModdleElement,
  place: EventPlace,
): SingleEventDefinition | undefined {
  switch (kindOf(definition.$type)) {
    case 'message':
      return readMessage(reading, element, childOf(definition, 'messageRef'), messageUse(place));
    case 'timer':
      return readTimer(reading, element, definition, place);
    case 'signal':
      return readSignal(reading, element, childOf(definition, 'signalRef'));
    case 'error':
      return readError(reading, element, childOf(definition, 'errorRef'), place === 'endEvent');
    case 'escalation':
      return readEscalation(reading, element, childOf(definition, 'escalationRef'), isThrown(place));
    case 'link':
      return readLink(reading, element, definition);
    case 'conditional':
      return readConditional(reading, element, definition, place);
    case 'compensation':
      return readCompensation(reading, definition);
    case 'cancel':
      return { kind: 'cancel' };
    default:
      return { kind: 'terminate' };
  }
}

/** Which activity is meant is known when all are numbered. */
function readCompensation(reading: Reading, definition: ModdleElement): SingleEventDefinition {
  const activity = childOf(definition, 'activityRef');
  const index = activity && reading.indexOf.get(activity);
  return {
    kind: 'compensation',
    ...(index !== undefined && { activity: index }),
    waitForCompletion: definition['waitForCompletion'] !== false,
  };
}

const isThrown = (place: EventPlace) => place === 'endEvent' || place === 'intermediateThrowEvent';

/** Without a code a catching event catches every escalation; a thrown one needs a code. Source: BPMN 2.0.2, 8.4.4, "Escalation". */
function readEscalation(
  reading: Reading,
  element: ModdleElement,
  escalation: ModdleElement | undefined,
  thrown: boolean,
): SingleEventDefinition | undefined {
  if (!textOf(escalation, 'escalationCode') && !thrown) return { kind: 'escalation' };
  const code = compileOptional(reading, element, 'escalationCode', textOf(escalation, 'escalationCode'));
  if (!code || (!thrown && !code.isStatic)) {
    if (code || !textOf(escalation, 'escalationCode'))
      missing(reading, element, 'an escalation with a fixed escalation code', '带升级代码的升级定义');
    return undefined;
  }
  return code.isStatic
    ? { kind: 'escalation', escalationCode: code.source }
    : { kind: 'escalation', escalationCodeExpression: code };
}

/** The name joins throwing and catching link events of one scope; a target that is referred to lends its own. */
function readLink(
  reading: Reading,
  element: ModdleElement,
  definition: ModdleElement,
): SingleEventDefinition | undefined {
  const name = textOf(childOf(definition, 'target'), 'name') ?? textOf(definition, 'name');
  if (name !== undefined) return { kind: 'link', name };
  missing(reading, element, 'the name of its link', '链接的名称');
  return undefined;
}

export type MessageUse = 'start' | 'catch' | 'throw';

function messageUse(place: EventPlace): MessageUse {
  if (place === 'startEvent') return 'start';
  return place === 'endEvent' || place === 'intermediateThrowEvent' ? 'throw' : 'catch';
}

/** A message by its definition; whoever waits for it inside an instance needs a correlation key. */
export function readMessage(
  reading: Reading,
  element: ModdleElement,
  message: ModdleElement | undefined,
  use: MessageUse,
): SingleEventDefinition | undefined {
  if (use === 'throw' && extensionOf(element, 'zeebe:TaskDefinition')) return { kind: 'none' };
  const name = compileOptional(reading, element, 'message name', textOf(message, 'name'));
  if (!message || !textOf(message, 'name')) {
    reading.problems.error('missingMessageName', element, {
      en: `Expected ${label(element)} to name a message but it does not. Choose a message and give it a name.`,
      zh: `${label(element)} 没有指定消息或消息没有名称，请选择消息。`,
    });
    return undefined;
  }
  referStatic(reading, 'messages', element, name);
  const correlation = textOf(extensionOf(message, 'zeebe:Subscription'), 'correlationKey');
  if (use === 'catch' && !correlation) missingCorrelationKey(reading, element, message);
  const correlationKey = use === 'start' ? undefined : compileOptional(reading, element, 'correlationKey', correlation);
  if (!name) return undefined;
  return {
    kind: 'message',
    name,
    ...(name.isStatic && { messageName: name.source }),
    ...(correlationKey && { correlationKey }),
  };
}

function missingCorrelationKey(reading: Reading, element: ModdleElement, message: ModdleElement): void {
  reading.problems.error('missingCorrelationKey', element, {
    en: `Expected message "${message.name ?? ''}", for which ${label(element)} waits, to have a correlation key but it has none.`,
    zh: `${label(element)} 等待的消息“${message.name ?? ''}”没有关联键（correlationKey）。`,
  });
}

function readSignal(
  reading: Reading,
  element: ModdleElement,
  signal: ModdleElement | undefined,
): SingleEventDefinition | undefined {
  const name = compileOptional(reading, element, 'signal name', textOf(signal, 'name'));
  if (!name) {
    if (!textOf(signal, 'name')) missing(reading, element, 'a signal with a name', '带名称的信号');
    return undefined;
  }
  referStatic(reading, 'signals', element, name);
  return { kind: 'signal', name, ...(name.isStatic && { signalName: name.source }) };
}

/** Without a code a catching event catches every error. A thrown error needs one, which may be an expression. Source: BPMN 2.0.2, 8.4.3, "Error". */
function readError(
  reading: Reading,
  element: ModdleElement,
  error: ModdleElement | undefined,
  isThrown: boolean,
): SingleEventDefinition | undefined {
  if (!textOf(error, 'errorCode') && !isThrown) return { kind: 'error' };
  const code = compileOptional(reading, element, 'errorCode', textOf(error, 'errorCode'));
  if (!code || (!isThrown && !code.isStatic)) {
    if (code || !textOf(error, 'errorCode'))
      missing(reading, element, 'an error with a fixed error code', '带错误代码的错误定义');
    return undefined;
  }
  return code.isStatic ? { kind: 'error', errorCode: code.source } : { kind: 'error', errorCodeExpression: code };
}

function unsupportedEvent(reading: Reading, element: ModdleElement, kind: string): undefined {
  const type = element.$type.replace('bpmn:', '');
  reading.problems.error('unsupportedElement', element, {
    en: `Expected an event that is executed here but ${label(element)} is a ${type} of kind "${kind}". Replace it.`,
    zh: `${label(element)} 是此处不支持的事件（${type}，类型“${kind}”），请替换。`,
  });
  return undefined;
}
