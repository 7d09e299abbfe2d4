import { flag, id, type JsonSchema, list, object, text } from './shared.js';

const line: JsonSchema = { type: 'string', minLength: 1, maxLength: 500, pattern: '^([^{}]|\\{\\{\\w+\\}\\})+$' };

export const calendarFeeds: JsonSchema = list(
  object({
    id,
    title: text,
    'titleEn?': text,
    ledger: id,
    start: id,
    'end?': id,
    'duration?': { type: 'string', pattern: '^P' },
    summary: line,
    'place?': line,
    'description?': line,
    'public?': flag,
  }),
);
