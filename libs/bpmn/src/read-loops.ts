import { checkWhole, maxInteger } from './check-numbers.js';
import { childOf, childrenOf, extensionOf, textOf, type ModdleElement } from './moddle.js';
import type { ImplicitThrow, MultiInstance, MultiInstanceBehavior, StandardLoop } from './process-definition.js';
import { label } from './problem-list.js';
import { readChoice } from './read-choice.js';
import { dataName, variableNamed } from './read-data.js';
import { readImplicitThrow } from './read-events.js';
import { present } from './read-extensions.js';
import { compile, compileFeel, compileStandard, missing, type Reading } from './reading.js';

type Loops = { readonly multiInstance?: MultiInstance; readonly standardLoop?: StandardLoop };

/** How often an activity runs. Source: BPMN 2.0.2, 10.3.8, "Loop Characteristics". */
export function readLoop(reading: Reading, element: ModdleElement): Loops {
  const loop = childOf(element, 'loopCharacteristics');
  if (!loop) return {};
  if (loop.$type === 'bpmn:StandardLoopCharacteristics')
    return { standardLoop: readStandardLoop(reading, element, loop) };
  const multiInstance = readMultiInstance(reading, element, loop);
  return multiInstance ? { multiInstance } : {};
}

function readStandardLoop(reading: Reading, element: ModdleElement, loop: ModdleElement): StandardLoop {
  const text = textOf(loop, 'loopMaximum');
  const maximum = text === undefined ? undefined : compileFeel(reading, element, 'loopMaximum', text);
  checkWhole(reading, element, maximum, { place: 'loopMaximum', min: 0, max: maxInteger });
  return {
    testBefore: loop['testBefore'] === true,
    ...present({
      condition: compileStandard(reading, element, 'loopCondition', childOf(loop, 'loopCondition')),
      maximum,
    }),
  };
}

function readMultiInstance(reading: Reading, element: ModdleElement, loop: ModdleElement): MultiInstance | undefined {
  const zeebe = extensionOf(loop, 'zeebe:LoopCharacteristics');
  const times = readTimes(reading, element, loop);
  if (!times) return undefined;
  const collected = dataName(childOf(loop, 'loopDataOutputRef'));
  const item = dataName(childOf(loop, 'outputDataItem'));
  const names = {
    inputElement: textOf(zeebe, 'inputElement') ?? dataName(childOf(loop, 'inputDataItem')),
    outputCollection: textOf(zeebe, 'outputCollection') ?? collected,
  };
  const outputElement = textOf(zeebe, 'outputElement');
  const ownOutput = item === undefined ? undefined : variableNamed(item);
  const expressions = {
    outputElement: outputElement === undefined ? ownOutput : compile(reading, element, 'outputElement', outputElement),
    completionCondition: compileStandard(reading, element, 'completionCondition', childOf(loop, 'completionCondition')),
    behavior: readBehavior(reading, element, loop),
  };
  return { isSequential: loop['isSequential'] === true, ...times, ...present(names), ...present(expressions) };
}

/** How often: by the collection of the zeebe extension, else by the standard's cardinality or data input. */
function readTimes(
  reading: Reading,
  element: ModdleElement,
  loop: ModdleElement,
): Pick<MultiInstance, 'inputCollection' | 'loopCardinality'> | undefined {
  const collection = textOf(extensionOf(loop, 'zeebe:LoopCharacteristics'), 'inputCollection');
  if (collection !== undefined) {
    const inputCollection = compile(reading, element, 'inputCollection', collection);
    if (textOf(childOf(loop, 'loopCardinality'), 'body') !== undefined) noteCardinality(reading, element);
    return inputCollection && { inputCollection };
  }
  const cardinality = childOf(loop, 'loopCardinality');
  if (textOf(cardinality, 'body') !== undefined) {
    const loopCardinality = compileStandard(reading, element, 'loopCardinality', cardinality);
    checkWhole(reading, element, loopCardinality, { place: 'loopCardinality', min: 0, max: maxInteger });
    return loopCardinality && { loopCardinality };
  }
  const input = dataName(childOf(loop, 'loopDataInputRef'));
  if (input !== undefined) return { inputCollection: variableNamed(input) };
  missing(reading, element, 'an input collection or a loop cardinality', '多实例的输入集合或循环次数');
  return undefined;
}

function noteCardinality(reading: Reading, element: ModdleElement): void {
  reading.problems.warning('ignoredPart', element, {
    en: `Expected ${label(element)} to repeat by a collection or by a cardinality but it has both: the collection counts. Remove the cardinality.`,
    zh: `${label(element)} 的多实例同时设置了集合和次数，以集合为准，请删除次数。`,
  });
}

/** BPMN 2.0.2, table 10.30: `None` and `One` throw the event that is referred to, `Complex` those whose condition holds. */
function readBehavior(
  reading: Reading,
  element: ModdleElement,
  loop: ModdleElement,
): MultiInstanceBehavior | undefined {
  switch (readChoice(reading, element, { of: loop, name: 'behavior', values: ['None', 'One', 'All', 'Complex'] })) {
    case 'None':
      return { kind: 'none', throws: thrownBy(reading, element, childOf(loop, 'noneBehaviorEventRef')) };
    case 'One':
      return { kind: 'one', throws: thrownBy(reading, element, childOf(loop, 'oneBehaviorEventRef')) };
    case 'Complex':
      return { kind: 'complex', throws: readComplexBehavior(reading, element, loop) };
    default:
      return undefined;
  }
}

function thrownBy(reading: Reading, element: ModdleElement, definition: ModdleElement | undefined): ImplicitThrow[] {
  const event = definition && readImplicitThrow(reading, element, definition);
  return event ? [{ event }] : [];
}

function readComplexBehavior(reading: Reading, element: ModdleElement, loop: ModdleElement): ImplicitThrow[] {
  return childrenOf(loop, 'complexBehaviorDefinition').flatMap((each) => {
    const condition = compileStandard(reading, element, 'complexBehaviorDefinition', childOf(each, 'condition'));
    const thrower = childOf(each, 'event');
    const definitions = thrower ? childrenOf(thrower, 'eventDefinitions') : [];
    return definitions
      .flatMap((definition) => thrownBy(reading, element, definition))
      .map((thrown) => ({ ...thrown, ...(condition && { condition }) }));
  });
}

/** Tokens that one activity may take or send at once; more is taken for a mistake. */
const maxQuantity = 1_000;

/** `startQuantity` or `completionQuantity`, absent where it is 1. Source: BPMN 2.0.2, table 10.3. */
export function readQuantity(
  reading: Reading,
  element: ModdleElement,
  name: 'startQuantity' | 'completionQuantity',
): number | undefined {
  const found = String(element[name] ?? 1);
  const quantity = /^\s*\+?\d+\s*$/.test(found) ? Number(found) : NaN;
  if (quantity >= 1 && quantity <= maxQuantity) return quantity > 1 ? quantity : undefined;
  reading.problems.error('invalidQuantity', element, {
    en: `Expected ${name} of ${label(element)} to be a whole number from 1 to ${maxQuantity} but found: ${found}`,
    zh: `${label(element)} 的 ${name} 必须是 1 到 ${maxQuantity} 的整数，现为：${found}`,
  });
  return undefined;
}
