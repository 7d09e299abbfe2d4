import { checkFieldRules } from './check-rules.js';
import { reporter } from './field-check.js';
import type { FieldCheck, FieldPlace, Report } from './field-check.js';
import { isContainer, isList, isObject, pointerTo } from './json.js';
import { linearRegExp } from './linear-regexp.js';
import type { FieldSchema } from './types.js';
import { FORMATS } from './validator.js';

/** Deeper forms are refused: nobody can fill them in. */
const MAX_DEPTH = 10;

const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array']);

const RANGES = [
  ['minLength', 'maxLength'],
  ['minimum', 'maximum'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

/** The types of field on which a limit limits anything; JSON Schema passes over it on another one without a word. */
const LIMITED: readonly (readonly [types: readonly string[], keywords: readonly string[]])[] = [
  [
    ['number', 'integer'],
    ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'x-maximum'],
  ],
  [['string'], ['minLength', 'maxLength']],
  [['array'], ['minItems', 'maxItems', 'uniqueItems', 'x-max-items']],
];

const KEYWORDS = new Set([
  '$schema',
  '$id',
  '$comment',
  'type',
  'title',
  'titleEn',
  'description',
  'descriptionEn',
  'default',
  'examples',
  'const',
  'enum',
  'oneOf',
  'anyOf',
  'allOf',
  'not',
  'if',
  'then',
  'else',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'dependentRequired',
  'readOnly',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'formatMinimum',
  'formatMaximum',
  'x-class',
  'x-visible',
  'x-required',
  'x-value',
  'x-default',
  'x-max-items',
  'x-maximum',
  'x-earliest',
  'x-latest',
  'x-dictionary',
  'x-source',
  'x-file',
  'x-match',
  'x-excludes',
  'x-names-case',
  'x-launch',
  'x-suggests',
  'x-warns',
  'x-record-title',
  'x-messages',
  'x-messagesEn',
]);

/** Checks one field and all below it; adds to `check.problems`. */
export function checkField(place: FieldPlace, check: FieldCheck): void {
  const report = reporter(place, check);
  if (!isObject(place.schema))
    return report('form.fieldInvalid', '', 'Expected a field to be an object.', '字段应是一个对象。');
  if (place.depth > MAX_DEPTH) {
    return report(
      'form.tooDeep',
      '',
      `Expected at most ${MAX_DEPTH} levels of fields.`,
      `字段最多嵌套 ${MAX_DEPTH} 层。`,
    );
  }
  const own = place.schema['x-class'];
  const here = { ...place, className: own ?? place.className };
  checkKeywords(here, check);
  checkClass(here, check);
  checkFieldRules(here, check);
  checkBelow(here, check);
}

function checkBelow(place: FieldPlace, check: FieldCheck): void {
  const { schema, pointer, depth, className } = place;
  if (isList(schema)) {
    checkField({ ...place, schema: schema.items, pointer: `${pointer}/items`, depth: depth + 1 }, check);
  }
  if (!isContainer(schema)) return;
  const levels = [...place.levels, { schema, className }];
  for (const [name, child] of Object.entries(schema.properties)) {
    const at = pointerTo(`${pointer}/properties`, name);
    checkField({ name, schema: child, pointer: at, className, depth: depth + 1, levels }, check);
  }
  const required: unknown = schema.required ?? [];
  const names: unknown[] = Array.isArray(required) ? required : [required];
  const unknown = names.filter((name) => typeof name !== 'string' || !Object.hasOwn(schema.properties, name));
  const report = reporter(place, check);
  for (const name of unknown) {
    report(
      'form.unknownField',
      '/required',
      `"${name}" is required but is no field.`,
      `“${name}”列为必填，但没有这个字段。`,
    );
  }
}

function checkKeywords(place: FieldPlace, check: FieldCheck): void {
  const report = reporter(place, check);
  const { schema } = place;
  for (const keyword of Object.keys(schema).filter((name) => !KEYWORDS.has(name))) {
    const at = pointerTo('', keyword);
    report(
      'form.unknownKeyword',
      at,
      `The keyword "${keyword}" is not known in forms.`,
      `表单不支持关键字“${keyword}”。`,
    );
  }
  if (schema.type !== undefined && !TYPES.has(schema.type)) {
    const names = [...TYPES].join(', ');
    report('form.unknownType', '/type', `Expected "type" to be one of ${names}.`, `“type”应是以下之一：${names}。`);
  }
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== false) {
    report(
      'form.openObject',
      '/additionalProperties',
      'Only declared fields are saved; expected false.',
      '只保存声明过的字段，此处应为 false。',
    );
  }
  if (schema.format !== undefined && !FORMATS.some((format) => format === schema.format)) {
    const names = FORMATS.join(', ');
    report(
      'form.unknownFormat',
      '/format',
      `Expected "format" to be one of ${names}.`,
      `“format”应是以下之一：${names}。`,
    );
  }
  if (schema.pattern !== undefined) checkPattern(schema.pattern, report);
  checkRanges(schema, report);
  checkLimits(place, report);
}

/** Whoever reads a limit in the file counts on it. */
function checkLimits({ name, schema }: FieldPlace, report: Report): void {
  for (const [types, keywords] of LIMITED) {
    if (types.includes(schema.type ?? '')) continue;
    for (const keyword of keywords.filter((one) => Object.hasOwn(schema, one))) {
      report(
        'form.limitMisplaced',
        `/${keyword}`,
        `Expected "${keyword}" of "${name}" on a field of the type ${types.join(' or ')}, found ${schema.type ?? 'no type'}, where it limits nothing: change the type, or take "${keyword}" away.`,
        `字段“${name}”的“${keyword}”只对 type 是 ${types.join(' 或 ')} 的字段起作用，现在${schema.type === undefined ? '没有写 type' : `是 ${schema.type}`}，什么也限制不了：请改 type，或者去掉“${keyword}”。`,
      );
    }
  }
}

/** A range that holds nothing would leave a field that nobody can fill in. */
function checkRanges(schema: FieldSchema, report: Report): void {
  for (const [least, most] of RANGES) {
    const [from, to]: [unknown, unknown] = [schema[least], schema[most]];
    if (typeof from !== 'number' || typeof to !== 'number' || from <= to) continue;
    report(
      'form.rangeEmpty',
      `/${least}`,
      `Expected "${least}" not above "${most}" but found ${from} and ${to}: nothing could be filled in.`,
      `“${least}”（${from}）不能大于“${most}”（${to}），否则什么也填不进去。`,
    );
  }
}

function checkPattern(pattern: unknown, report: Report): void {
  try {
    linearRegExp(String(pattern));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    report(
      'form.patternInvalid',
      '/pattern',
      `The pattern does not compile: ${why}`,
      `正则表达式无法使用（不支持前后查找与反向引用）：${why}`,
    );
  }
}

function checkClass(place: FieldPlace, check: FieldCheck): void {
  const { schema, className } = place;
  const report = reporter(place, check);
  const own = schema['x-class'];
  if (own !== undefined && !check.classes.some(({ id }) => id === own)) {
    const names = check.classes.map(({ id }) => id).join(', ');
    report(
      'form.unknownClass',
      '/x-class',
      `Expected "x-class" to be one of ${names}, found "${own}".`,
      `“x-class”应是以下之一：${names};现在是“${own}”。`,
    );
  }
  // Files are opened by what is sealed of them, each look on record.
  if (schema['x-file'] !== undefined && check.classes.some(({ id, sealed }) => id === className && !sealed)) {
    report(
      'form.fileOpen',
      '/x-file',
      `Expected "${place.name}" to have a class that is sealed, since it holds files and "${className}" is not: nobody could open them.`,
      `“${place.name}”是文件，内容类别“${className}”不加密，文件谁也打不开：请换一个加密的类别。`,
    );
  }
  const isLeaf = !isContainer(schema) && !isList(schema);
  if (check.isCase && isLeaf && className === undefined) {
    report(
      'form.classMissing',
      '',
      `The field "${place.name}" names no class ("x-class"), which every field of a case must.`,
      `字段“${place.name}”没有写明内容类别(x-class),案件流程的每个字段都必须写明。`,
    );
  }
}
