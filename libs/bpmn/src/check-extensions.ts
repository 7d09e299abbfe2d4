import { childrenOf, extensionsOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type { Reading } from './reading.js';
import { zeebeExtensions } from './supported-elements.js';

/** Where an extension has an effect, for those that do not have one everywhere; an ending stands for every task of that name. */
const places: Readonly<Record<string, RegExp>> = {
  'zeebe:TaskDefinition':
    /^bpmn:(Service|BusinessRule|Script|Send)Task$|^bpmn:(End|IntermediateThrow)Event$|^bpmn:AdHocSubProcess$|^bpmn:Global/,
  'zeebe:TaskHeaders':
    /^bpmn:(Service|BusinessRule|Script|Send|User)Task$|^bpmn:(End|IntermediateThrow)Event$|^bpmn:AdHocSubProcess$|^bpmn:Global/,
  'zeebe:UserTask': /UserTask$/,
  'zeebe:AssignmentDefinition': /UserTask$/,
  'zeebe:TaskSchedule': /UserTask$/,
  'zeebe:PriorityDefinition': /UserTask$/,
  'zeebe:TaskListeners': /UserTask$/,
  'zeebe:FormDefinition': /UserTask$/,
  'zeebe:Script': /ScriptTask$/,
  'zeebe:CalledDecision': /BusinessRuleTask$/,
  'zeebe:CalledElement': /CallActivity$/,
  'zeebe:LoopCharacteristics': /MultiInstanceLoopCharacteristics$/,
  'zeebe:Subscription': /Message$/,
  'zeebe:VersionTag': /Process$/,
  'zeebe:AdHoc': /AdHocSubProcess$/,
  'zeebe:ConditionalFilter': /ConditionalEventDefinition$/,
  'zeebe:IoMapping': /(Event|Task|Activity|SubProcess|Transaction)$/,
  'zeebe:ExecutionListeners': /(Process|Event|Task|Activity|Transaction|Gateway)$/,
};

/** Properties that the descriptor knows and nothing here reads, by the type that bears them; `*` stands for any element. */
const unread: Readonly<Record<string, readonly string[]>> = {
  '*': ['retryCounter'],
  'zeebe:IoMapping': ['ioMapping'],
  'zeebe:CalledElement': ['processIdExpression', 'businessId'],
};

/** Notes every extension of an element, and of what it holds, that the engine would otherwise silently ignore. */
export function checkExtensions(reading: Reading, root: ModdleElement): void {
  const open = [root];
  for (let element = open.pop(); element; element = open.pop()) {
    checkOwn(reading, element);
    open.push(...heldBy(element));
  }
}

/** References are not followed, so that each element comes once. */
function heldBy(element: ModdleElement): readonly ModdleElement[] {
  const { $descriptor, $type } = element;
  const properties = ($descriptor as { readonly properties: readonly Property[] } | undefined)?.properties;
  if (!properties) return childrenOf(element, 'flowElements');
  if ($type === 'bpmn:ExtensionElements') return [];
  return properties
    .filter(({ isReference, isAttr }) => !isReference && !isAttr)
    .flatMap(({ name }) => [element[name.replace(/^bpmn:/, '')] ?? []].flat())
    .filter((child): child is ModdleElement => typeof child === 'object' && child !== null && '$type' in child);
}

interface Property {
  readonly name: string;
  readonly isReference?: boolean;
  readonly isAttr?: boolean;
}

function checkOwn(reading: Reading, element: ModdleElement): void {
  const seen = new Set<string>();
  const bearer = namedBearer(element);
  refuseUnread(reading, bearer, element, '*');
  for (const extension of extensionsOf(element).filter((each) => each.$type.startsWith('zeebe:'))) {
    const { $type } = extension;
    refuseUnread(reading, bearer, extension, $type);
    if (!zeebeExtensions.has($type)) refuse(reading, bearer, $type);
    else if (seen.has($type)) reportTwice(reading, bearer, $type);
    else if (places[$type]?.test(element.$type) === false) reportPlace(reading, bearer, $type);
    seen.add($type);
  }
}

function refuseUnread(reading: Reading, bearer: ModdleElement, part: ModdleElement, type: string): void {
  for (const name of unread[type] ?? []) {
    if (part[name] === undefined) continue;
    refuse(reading, bearer, type === '*' ? `zeebe:${name}` : `${type} ${name}`);
  }
}

/** What has no id, such as an event definition, is named by what bears it. */
export function namedBearer(element: ModdleElement): ModdleElement {
  let bearer = element;
  while (bearer.id === undefined && bearer.$parent) bearer = bearer.$parent;
  return bearer;
}

function refuse(reading: Reading, element: ModdleElement, type: string): void {
  reading.problems.error('unsupportedExtension', element, {
    en: `Expected only extensions that are executed but ${label(element)} carries "${type}". Remove it.`,
    zh: `${label(element)} 带有本引擎不执行的扩展“${type}”，请删除。`,
  });
}

function reportTwice(reading: Reading, element: ModdleElement, type: string): void {
  reading.problems.error('doubledContent', element, {
    en: `Expected "${type}" once at ${label(element)} but found it twice. Remove one.`,
    zh: `${label(element)} 的扩展“${type}”重复，请删除其中一个。`,
  });
}

/** Work that nobody would do is a fault; any other extension is harmless where it has no effect. */
function reportPlace(reading: Reading, element: ModdleElement, type: string): void {
  if (type === 'zeebe:TaskDefinition') return refuse(reading, element, type);
  reading.problems.warning('misplacedExtension', element, {
    en: `Found "${type}" at ${label(element)}, where it has no effect. Remove it.`,
    zh: `扩展“${type}”在 ${label(element)} 上不起作用，可以删除。`,
  });
}
