import type { AdHocResult, ChosenElement, ListenerResult } from '#engine';
import { Refusal } from '../problems/refusal.js';
import { correctionsOf } from './task-changes.js';
import { requireNone } from './unknown-fields.js';

type Fields = Readonly<Record<string, unknown>>;

const most = 1000;

/** What a worker answers beside variables, as the engine takes it: for a task listener or for an ad-hoc sub-process. */
export function jobResultOf(result: Fields | null | undefined): { result?: ListenerResult; adHoc?: AdHocResult } {
  if (!result) return {};
  const { type = 'userTask', ...answer } = result;
  if (type === 'userTask') return { result: listenerResultOf(answer) };
  if (type === 'adHocSubProcess') return { adHoc: adHocResultOf(answer) };
  return refuse('type', type, 'userTask or adHocSubProcess');
}

function listenerResultOf({ denied, deniedReason, corrections, ...others }: Fields): ListenerResult {
  requireNone('result', others);
  requireType('denied', denied, isBoolean, 'a boolean');
  requireType('deniedReason', deniedReason, (value) => typeof value === 'string', 'a text');
  requireType('corrections', corrections, isRecord, 'an object');
  return {
    ...(denied === true && { denied: true }),
    ...(typeof deniedReason === 'string' && { deniedReason }),
    ...(isRecord(corrections) && { corrections: correctionsOf(corrections) }),
  };
}

function adHocResultOf(answer: Fields): AdHocResult {
  const { activateElements, isCompletionConditionFulfilled, isCancelRemainingInstances, ...others } = answer;
  requireNone('result', others);
  requireType('isCompletionConditionFulfilled', isCompletionConditionFulfilled, isBoolean, 'a boolean');
  requireType('isCancelRemainingInstances', isCancelRemainingInstances, isBoolean, 'a boolean');
  requireType('activateElements', activateElements, isListOfRecords, `a list of up to ${most} objects`);
  return {
    activateElements: isListOfRecords(activateElements) ? activateElements.map(chosenElementOf) : [],
    isCompletionConditionFulfilled: isCompletionConditionFulfilled === true,
    isCancelRemainingInstances: isCancelRemainingInstances === true,
  };
}

function chosenElementOf({ elementId, variables, ...others }: Fields): ChosenElement {
  requireNone('result.activateElements', others);
  if (typeof elementId !== 'string') return refuse('activateElements.elementId', elementId, 'a text');
  requireType('activateElements.variables', variables, isRecord, 'an object');
  return { elementId, ...(isRecord(variables) && { variables }) };
}

function requireType(name: string, value: unknown, fits: (value: unknown) => boolean, expected: string): void {
  if (value !== undefined && value !== null && !fits(value)) refuse(name, value, expected);
}

function refuse(name: string, value: unknown, expected: string): never {
  const found = value === undefined ? 'none' : JSON.stringify(value).slice(0, 100);
  throw new Refusal('invalidArgument', `Expected result.${name} to be ${expected} but found ${found}.`);
}

const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isListOfRecords = (value: unknown): value is readonly Fields[] =>
  Array.isArray(value) && value.length <= most && value.every(isRecord);
