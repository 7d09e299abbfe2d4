import { anyObject, flag, freeText, id, ids, list, object, text, type JsonSchema } from './shared.js';

const dateTime: JsonSchema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})$',
};
const dateOrTime: JsonSchema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})?)?$',
};
const duration: JsonSchema = {
  type: 'string',
  pattern: '^P(?=.)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+S)?)?$',
};

const task = object({ element: id, 'candidates?': { type: 'array', items: text }, 'due?': dateOrTime });
const refused = object({ status: { type: 'integer', minimum: 400, maximum: 599 }, 'code?': text });

const texts = list(text);
const document: JsonSchema = {
  anyOf: [id, object({ id, 'as?': id, 'has?': texts, 'lacks?': texts })],
};
const figure: JsonSchema = { type: ['number', 'null'] };
const indicator = object({
  indicator: id,
  as: id,
  period: { type: 'string', pattern: '^\\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$' },
  'numerator?': figure,
  'denominator?': figure,
  'rate?': figure,
  'mean?': figure,
  'p90?': figure,
  'difference?': figure,
});
const tracking = object({
  'label?': text,
  'sentence?': text,
  'timeline?': texts,
  'documents?': texts,
  'reveals?': { type: 'integer', minimum: 0 },
  'actions?': ids,
  'requests?': texts,
});
const count: JsonSchema = { type: 'integer', minimum: 0 };
const deadline = object({
  deadline: id,
  as: id,
  'lamp?': { enum: ['normal', 'near', 'urgent', 'overdue'] },
  'due?': dateOrTime,
});

const expectation = object({
  'elements?': ids,
  'inactive?': ids,
  'tasks?': list(task),
  'variables?': anyObject,
  'documents?': list(document),
  'receipt?': object({ 'has?': texts, 'lacks?': texts }),
  'ledgers?': list(object({ ledger: id, as: id, 'rows?': { type: 'integer', minimum: 0 }, 'cells?': anyObject })),
  'refused?': refused,
  'notVisibleTo?': ids,
  'indicators?': list(indicator),
  'tracking?': tracking,
  'notices?': list(object({ as: id, text, 'count?': count })),
  'deadlines?': list(deadline),
  'looks?': list(object({ 'account?': text, 'class?': id, 'purpose?': text, 'reason?': text, count })),
  'started?': list(object({ process: id, count })),
  'course?': object({ as: id, has: texts }),
  'offered?': { anyOf: [id, { type: 'null' }] },
  'revealed?': {},
  'lacksClasses?': ids,
  'version?': { type: 'integer', minimum: 1 },
  'state?': { enum: ['active', 'completed', 'terminated'] },
});

const opening = {
  'process?': id,
  'message?': text,
  'as?': id,
  'variables?': anyObject,
  'form?': id,
  'values?': anyObject,
};
const oneBeginning = { oneOf: [{ required: ['process'] }, { required: ['message'] }] };
const change: JsonSchema = {
  anyOf: [
    object({ file: text, pointer: { type: 'string', pattern: '^(/[^/]+)+$' }, value: {} }),
    object({ file: text, find: text, put: freeText }),
  ],
};

const stepProperties = object({
  do: { enum: ['complete', 'message', 'advance', 'throwError', 'submit', 'reveal', 'start', 'follow', 'publish'] },
  'as?': id,
  'element?': id,
  'message?': text,
  'correlationKey?': text,
  'form?': id,
  'field?': text,
  'reason?': freeText,
  'errorCode?': text,
  'values?': anyObject,
  'by?': duration,
  'to?': dateTime,
  'start?': { ...object(opening), ...oneBeginning },
  'cases?': { ...ids, minItems: 1 },
  'process?': id,
  'variables?': anyObject,
  'changes?': { ...list(change), minItems: 1 },
  'approvedBy?': id,
  'expect?': expectation,
});
const unless = (action: string, rest: JsonSchema): JsonSchema => ({
  anyOf: [{ properties: { do: { not: { const: action } } } }, rest],
});
const needs = (action: string, ...required: readonly string[]): JsonSchema => unless(action, { required });
const following = unless('follow', { oneOf: [{ required: ['cases'] }, { required: ['process'] }] });
const step: JsonSchema = {
  ...stepProperties,
  allOf: [needs('start', 'start', 'cases'), following, needs('publish', 'changes', 'as', 'reason')],
};
const start: JsonSchema = { ...object({ ...opening, at: dateTime, 'schedules?': flag }), ...oneBeginning };

/** `workflows/<id>/<id>.scenarios.json`, DESIGN section 4. */
export const scenarios: JsonSchema = list(
  object({
    name: text,
    'clauses?': list(text),
    'acceptance?': list(text),
    start,
    'steps?': list(step),
    'expect?': expectation,
  }),
);
