import { anyObject, freeText, id, ids, list, object, text, type JsonSchema } from './shared.js';

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

const expectation = object({
  'elements?': ids,
  'tasks?': list(task),
  'variables?': anyObject,
  'documents?': ids,
  'ledgers?': list(object({ ledger: id, as: id, 'rows?': { type: 'integer', minimum: 0 }, 'cells?': anyObject })),
  'refused?': refused,
  'notVisibleTo?': ids,
  'state?': { enum: ['active', 'completed', 'terminated'] },
});

const step = object({
  do: { enum: ['complete', 'message', 'advance', 'throwError', 'submit', 'reveal'] },
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
  'expect?': expectation,
});

const startProperties = object({
  'process?': id,
  'message?': text,
  'as?': id,
  'variables?': anyObject,
  'form?': id,
  'values?': anyObject,
  at: dateTime,
});
const start: JsonSchema = { ...startProperties, oneOf: [{ required: ['process'] }, { required: ['message'] }] };

/** `workflows/<id>/<id>.scenarios.json`, DESIGN section 4. */
export const scenarios: JsonSchema = list(
  object({ name: text, 'clauses?': list(text), start, 'steps?': list(step), 'expect?': expectation }),
);
