import { expandChoices } from './choices.js';
import { evaluateKeyword } from './conditions.js';
import type { ScopeLevel } from './conditions.js';
import { effectiveUi } from './effective-ui.js';
import {
  containsHandle,
  isContainer,
  isEmpty,
  isHandle,
  isList,
  isObject,
  nestsTooDeep,
  ownValue,
  pointerTo,
} from './json.js';
import type { JsonObject } from './json.js';
import { asSchemaText } from './temporal-text.js';
import { TIME_BOUNDS } from './time-bounds.js';
import type { FieldError, FieldSchema, FormContext, FormFile, FormUi } from './types.js';

/** After this many rounds a field that was hidden once stays hidden, so that contradicting conditions come to rest. */
const FREE_ROUNDS = 4;
const MAX_ROUNDS = 10;

export interface EffectiveForm {
  /** Plain JSON Schema 2020-12: hidden fields are gone, choices expanded, sealed leaves fixed to their handle. */
  readonly schema: FieldSchema;
  readonly ui: FormUi;
  readonly data: JsonObject;
  /** JSON pointers of hidden fields that held something. */
  readonly removed: readonly string[];
  /** Values of `x-value`, by JSON pointer. */
  readonly computed: Readonly<Record<string, unknown>>;
  /** Conditions that could give no value; a submission with any is refused rather than silently cut. */
  readonly failures: readonly FieldError[];
}

export interface EffectiveContext extends FormContext {
  /** Fills empty fields from `x-default` and `default`; for the opening of a form. */
  readonly applyDefaults?: boolean;
}

/**
 * What a form asks for, given what is filled in. Pure; the server runs it before validation, the browser before it
 * renders. Conditions see the row, then the form, then the process variables; fields that are not declared are dropped.
 */
export function effectiveSchema(form: FormFile, data: unknown, context: EffectiveContext): EffectiveForm {
  const input = isObject(data) && !nestsTooDeep(data) ? data : {};
  let current = input;
  let round: Round = newRound(context, new Set());
  for (let count = 1; count <= MAX_ROUNDS; count++) {
    round = newRound(context, count > FREE_ROUNDS ? round.hidden : new Set());
    const next = shapeObject({ schema: form.schema, input, current, path: '', levels: [] }, round);
    const isStable = JSON.stringify(next.data) === JSON.stringify(current);
    current = next.data as JsonObject;
    round.schema = next.schema;
    if (isStable) break;
  }
  const { schema, removed, computed, failures } = round;
  return {
    schema,
    ui: effectiveUi(form, { schema, data: current, context }),
    data: current,
    removed,
    computed,
    failures,
  };
}

interface Round {
  readonly context: EffectiveContext;
  readonly stayHidden: ReadonlySet<string>;
  readonly hidden: Set<string>;
  readonly removed: string[];
  readonly computed: Record<string, unknown>;
  readonly failures: FieldError[];
  schema: FieldSchema;
}

function newRound(context: EffectiveContext, stayHidden: ReadonlySet<string>): Round {
  return { context, stayHidden, hidden: new Set(stayHidden), removed: [], computed: {}, failures: [], schema: {} };
}

/** A place in the form: its schema, what was sent there, and what the round before made of it. */
interface Place {
  readonly schema: FieldSchema;
  readonly input: unknown;
  readonly current: unknown;
  readonly path: string;
  readonly levels: readonly ScopeLevel[];
}

interface Shaped {
  readonly schema: FieldSchema;
  readonly data: unknown;
}

function shapeObject(place: Place, round: Round): Shaped {
  const current = isObject(place.current) ? place.current : {};
  const input = isObject(place.input) ? place.input : {};
  const levels = [...place.levels, { schema: place.schema, data: current }];
  const required = new Set(place.schema.required ?? []);
  const properties: [string, FieldSchema][] = [];
  const values: [string, unknown][] = [];
  for (const [name, schema] of Object.entries(place.schema.properties ?? {})) {
    const path = pointerTo(place.path, name);
    const field = { schema, input: ownValue(input, name), current: ownValue(current, name), path, levels };
    if (!isVisible(field, round)) {
      required.delete(name);
      continue;
    }
    const isRequired = isTrue('x-required', field, round);
    if (isRequired) required.add(name);
    const shaped = isRequired ? withARow(shapeField(field, round)) : shapeField(field, round);
    properties.push([name, shaped.schema]);
    if (shaped.data !== undefined) values.push([name, shaped.data]);
  }
  const schema = { ...place.schema, properties: Object.fromEntries(properties), required: [...required] };
  return { schema: { ...schema, additionalProperties: false }, data: Object.fromEntries(values) };
}

/** A list without rows is not filled in. */
function withARow({ schema, data }: Shaped): Shaped {
  return { schema: isList(schema) ? { ...schema, minItems: Math.max(1, schema.minItems ?? 1) } : schema, data };
}

function isVisible(field: Place, round: Round): boolean {
  const isShown = !round.stayHidden.has(field.path) && isTrue('x-visible', field, round, true);
  if (isShown) return true;
  round.hidden.add(field.path);
  if (!isEmpty(field.input)) round.removed.push(field.path);
  return false;
}

/** A condition over a value that is stored encrypted is not decided here: the field stays. */
function isTrue(keyword: 'x-visible' | 'x-required', field: Place, round: Round, undecided = false): boolean {
  const condition = field.schema[keyword];
  if (condition === undefined) return undecided;
  const { value, touchesSealed, failure } = evaluateKeyword(condition, field.levels, round.context);
  if (failure) addFailure(field, keyword, failure, round);
  return value === true || ((touchesSealed || failure !== undefined) && undecided);
}

function addFailure(field: Place, keyword: string, failure: string, round: Round): void {
  const title = field.schema.title ?? field.path;
  const message =
    round.context.language === 'en'
      ? `The rule for ${title} cannot be evaluated: ${failure}`
      : `“${title}”的填写条件无法计算，请联系管理员(${failure})`;
  round.failures.push({ path: field.path, keyword, message });
}

function shapeField(field: Place, round: Round): Shaped {
  if (field.schema['x-value'] !== undefined) return shapeComputed(field, round);
  return shapeValue({ ...field, input: withDefault(field, round) }, round);
}

function withDefault(field: Place, round: Round): unknown {
  if (!round.context.applyDefaults || !isEmpty(field.input)) return field.input;
  const rule = field.schema['x-default'];
  if (rule === undefined) return field.schema.default;
  const { value, failure } = evaluateKeyword(rule, [], round.context);
  if (failure) addFailure(field, 'x-default', failure, round);
  return value ?? field.schema.default;
}

function shapeComputed(field: Place, round: Round): Shaped {
  const { value, touchesSealed, failure } = evaluateKeyword(field.schema['x-value'], field.levels, round.context);
  if (failure) addFailure(field, 'x-value', failure, round);
  const keepsStored = touchesSealed && value === null && containsHandle(field.input);
  const result = keepsStored ? field.input : (value ?? undefined);
  round.computed[field.path] = result ?? null;
  const shaped = shapeValue({ ...field, input: result, current: result }, round);
  return { ...shaped, schema: { ...shaped.schema, readOnly: true } };
}

function shapeValue(field: Place, round: Round): Shaped {
  if (isHandle(field.input)) return { schema: sealedSchema(field.schema, field.input), data: field.input };
  const schema = withFileShape(expandChoices(field.schema, round.context));
  if (isContainer(schema)) return shapeContainer({ ...field, schema }, round);
  if (isList(schema)) return shapeList({ ...field, schema: limited(ROWS, { ...field, schema }, round) }, round);
  const limitedSchema = limited(AMOUNT, { ...field, schema }, round);
  return { schema: bounded({ ...field, schema: limitedSchema }, round), data: asSchemaText(schema, field.input) };
}

/** Each rule is replaced by the moment that it names now; one that names none bounds nothing. */
function bounded(field: Place, round: Round): FieldSchema {
  return TIME_BOUNDS.reduce<FieldSchema>(
    (schema, bound) => boundedBy(bound, { ...field, schema }, round),
    field.schema,
  );
}

function boundedBy(bound: (typeof TIME_BOUNDS)[number], field: Place, round: Round): FieldSchema {
  const { [bound]: rule, ...schema } = field.schema;
  if (rule === undefined) return schema;
  const { value, failure } = evaluateKeyword(rule, field.levels, round.context);
  if (failure) addFailure(field, bound, failure, round);
  const limit = asSchemaText(schema, value);
  return typeof limit === 'string' ? { ...schema, [bound]: limit } : schema;
}

/** An optional group that was not sent stays absent; what is no object is left to the validator to refuse. */
function shapeContainer(field: Place, round: Round): Shaped {
  const shaped = shapeObject(field, round);
  if (field.input !== undefined && !isObject(field.input)) return { schema: shaped.schema, data: field.input };
  const isAbsent = field.input === undefined && Object.keys(shaped.data as JsonObject).length === 0;
  return isAbsent ? { schema: shaped.schema, data: undefined } : shaped;
}

const ROWS = { rule: 'x-max-items', limit: 'maxItems' } as const;
const AMOUNT = { rule: 'x-maximum', limit: 'maximum' } as const;

/** A rule may lower the number of rows, or the number, that the schema allows, and never raises it. */
function limited<Schema extends FieldSchema>(
  { rule, limit }: typeof ROWS | typeof AMOUNT,
  field: Place & { schema: Schema },
  round: Round,
): Schema {
  const most = field.schema[rule];
  if (most === undefined) return field.schema;
  const { value, failure } = evaluateKeyword(most, field.levels, round.context);
  if (failure) addFailure(field, rule, failure, round);
  if (typeof value !== 'number') return field.schema;
  return { ...field.schema, [limit]: Math.min(value, field.schema[limit] ?? value) };
}

function shapeList(field: Place & { schema: FieldSchema & { items: FieldSchema } }, round: Round): Shaped {
  const row = (input: unknown, current: unknown, index: number | '-', into: Round): Shaped =>
    shapeRow({ ...field, schema: field.schema.items, input, current, path: pointerTo(field.path, index) }, into);
  const fresh = row(undefined, undefined, '-', newRound(round.context, new Set())).schema;
  if (!Array.isArray(field.input)) return { schema: { ...field.schema, items: fresh }, data: field.input };
  const current = Array.isArray(field.current) ? field.current : [];
  const rows = field.input.map((input: unknown, index) => row(input, current[index], index, round));
  const data = rows.map((shaped) => shaped.data ?? null);
  return { schema: { ...field.schema, ...rowSchemas(fresh, rows) }, data };
}

/** A row keeps its place, also when nothing is filled in. */
function shapeRow(row: Place, round: Round): Shaped {
  const shaped = shapeValue(row, round);
  return isContainer(row.schema) && shaped.data === undefined && row.input !== undefined
    ? { ...shaped, data: {} }
    : shaped;
}

/** `items` shows every field that any row has; `x-rows` says exactly what each row must be, where they differ. */
function rowSchemas(fresh: FieldSchema, rows: readonly Shaped[]): Pick<FieldSchema, 'items' | 'x-rows'> {
  const text = JSON.stringify(fresh);
  if (rows.every(({ schema }) => JSON.stringify(schema) === text)) return { items: fresh };
  const schemas = rows.map(({ schema }) => schema);
  const properties = Object.assign(
    {},
    ...schemas.map((schema) => schema.properties ?? {}),
  ) as FieldSchema['properties'];
  const items = fresh.properties ? { ...fresh, properties: { ...properties, ...fresh.properties } } : fresh;
  return { items, 'x-rows': schemas };
}

/** Accepts exactly the handle that stands there; title and place in the form are kept for the screen. */
function sealedSchema(schema: FieldSchema, handle: { $sealed: string }): FieldSchema {
  const { title, titleEn, description } = schema;
  return {
    ...(title === undefined ? {} : { title }),
    ...(titleEn === undefined ? {} : { titleEn }),
    ...(description === undefined ? {} : { description }),
    ...(schema['x-class'] === undefined ? {} : { 'x-class': schema['x-class'] }),
    type: 'object',
    const: { $sealed: handle.$sealed },
    'x-sealed': true,
  };
}

/** A file field holds a reference to an attachment that was uploaded before. `size` is in bytes. */
function withFileShape(schema: FieldSchema): FieldSchema {
  const rule = schema['x-file'];
  if (!rule) return schema;
  return {
    ...schema,
    type: 'object',
    required: ['id'],
    additionalProperties: false,
    properties: {
      id: { type: 'string', minLength: 1, maxLength: 100 },
      name: { type: 'string', maxLength: 255 },
      size: { type: 'integer', minimum: 0, maximum: rule.maxBytes },
      type: { type: 'string', enum: rule.types },
    },
  };
}
