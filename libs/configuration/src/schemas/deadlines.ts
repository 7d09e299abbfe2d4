import { flag, id, ids, list, object, text, type JsonSchema } from './shared.js';

const feel: JsonSchema = { type: 'string', pattern: '^=', maxLength: 4000 };
const periodText = '(\\d{1,4}[DW]|P\\S+)';
const variables: JsonSchema = { type: 'object' };
const act = {
  ...object({
    'notify?': object({ to: feel, text }),
    'message?': object({ name: text, correlationKey: feel, 'variables?': variables }),
    'start?': object({ processId: id, 'variables?': variables }),
  }),
  minProperties: 1,
  maxProperties: 1,
};
const at: JsonSchema = {
  type: ['number', 'string'],
  exclusiveMinimum: 0,
  maximum: 1,
  pattern: `^(before|after) ${periodText}$`,
};

export const deadlines: JsonSchema = list(
  object({
    id,
    title: text,
    of: object({
      process: id,
      'task?': id,
      'each?': feel,
      'key?': feel,
      'when?': feel,
      'from?': feel,
      'until?': feel,
      'unit?': feel,
    }),
    'period?': { type: 'string', pattern: `^(=.+|${periodText})$`, maxLength: 4000 },
    'due?': feel,
    'pause?': ids,
    'statutory?': flag,
    'goal?': flag,
    'marks?': { ...list(object({ at, do: act })), maxItems: 20 },
    'clause?': text,
  }),
);
