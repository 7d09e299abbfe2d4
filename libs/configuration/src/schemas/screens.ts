import { fieldNames, flag, freeText, id, ids, list, object, record, text, type JsonSchema } from './shared.js';

const feel: JsonSchema = { type: 'string', pattern: '^=' };
const routes = list(object({ when: feel, processId: id, 'startMessage?': text }));
const portalEntry = object(
  {
    id,
    title: text,
    'description?': freeText,
    processId: id,
    'startMessage?': text,
    formId: id,
    'receipt?': id,
    'tracking?': flag,
    'pinWhen?': feel,
    'routes?': routes,
  },
  { open: true },
);
const publicState = {
  ...object(
    { label: text, 'recordLabel?': text, sentence: text, 'next?': freeText, 'due?': text, 'late?': text },
    { open: true },
  ),
  dependentRequired: { late: ['due'] },
};
const portalAction = object(
  {
    id,
    title: text,
    'description?': freeText,
    message: text,
    formId: id,
    'states?': ids,
    'when?': feel,
    'waits?': flag,
    'startsEach?': flag,
    'variables?': record(feel),
    'prefill?': record(feel),
    'thread?': text,
    'done?': text,
    'tracking?': flag,
    'offers?': list(object({ when: feel, action: id, text })),
  },
  { open: true },
);
const portalRequest = object({
  id,
  title: text,
  'titleEn?': text,
  processId: id,
  key: id,
  states: { ...list(object({ when: feel, label: text, sentence: text })), minItems: 1 },
  'actions?': list(portalAction),
});
const portalPage = object({
  id,
  title: text,
  'titleEn?': text,
  'description?': freeText,
  ledger: id,
  'columns?': ids,
  'layout?': { enum: ['cards', 'table'] },
  'upcoming?': id,
  'group?': ids,
  'entry?': object({
    id,
    'title?': text,
    'titleEn?': text,
    'when?': feel,
    'prefill?': record(feel),
    'otherwise?': text,
  }),
});
const right = object({ title: text, text }, { open: true });

export const portal: JsonSchema = object(
  {
    title: text,
    'organization?': freeText,
    'introduction?': freeText,
    'promise?': freeText,
    'privacy?': freeText,
    'visitor?': text,
    'exitUrl?': { type: 'string', pattern: '^(https?://|/)' },
    entries: list(portalEntry),
    'tracking?': object(
      {
        states: record(publicState),
        'terminated?': text,
        'latest?': list(text),
        'actions?': list(portalAction),
        'requests?': list(portalRequest),
      },
      { open: true },
    ),
    'rights?': list(right),
    'figures?': flag,
    'pages?': list(portalPage),
  },
  { open: true },
);

const launcher = object(
  {
    id,
    title: text,
    'next?': freeText,
    'style?': freeText,
    processId: id,
    'startMessage?': text,
    'formId?': id,
    'routes?': routes,
    roles: ids,
    'receipt?': id,
    'tracking?': flag,
    'handOver?': text,
    'confirm?': object({ text }, { open: true }),
    'notifies?': ids,
    'drillField?': text,
    'joins?': text,
    'variables?': record(text),
    'room?': flag,
  },
  { open: true },
);
export const launchers: JsonSchema = list(launcher);

const fact = object({ variable: text, label: text, 'deadline?': flag }, { open: true });
const action = object(
  {
    id,
    title: text,
    message: text,
    'formId?': id,
    'joins?': text,
    'variables?': record(feel),
    roles: ids,
    'when?': text,
  },
  { open: true },
);
const room = object(
  {
    title: text,
    'clockFrom?': text,
    'levelVariable?': text,
    'levelDictionary?': id,
    'countdown?': ids,
    'facts?': list(fact),
    'actions?': list(action),
  },
  { open: true },
);
export const rooms: JsonSchema = record(room);

const page = object({ 'title?': freeText, fields: fieldNames, 'more?': fieldNames }, { open: true });
const ui = object(
  {
    'pages?': list(page),
    'widgets?': record(text, text),
    'help?': record(freeText, text),
    'submit?': freeText,
    'readonly?': fieldNames,
  },
  { open: true },
);
const formSchema: JsonSchema = {
  type: 'object',
  required: ['type', 'properties'],
  properties: { type: { const: 'object' }, properties: { type: 'object' } },
};

/** The envelope of a form file; what stands in `schema` is checked by the forms library. */
export const form: JsonSchema = object(
  { id, title: text, 'titleEn?': text, 'clauses?': list(text), schema: formSchema, 'ui?': ui },
  { open: true },
);

/** The envelope of the studio's ready-made steps; each is checked against the public schema of element templates. */
export const elementTemplates: JsonSchema = list(
  object({ id: text, name: text, appliesTo: list(text) }, { open: true }),
);
