import { compileKeyword, isExpression } from './conditions.js';
import { reporter } from './field-check.js';
import type { FieldCheck, FieldPlace, Report } from './field-check.js';
import { isObject } from './json.js';
import { linearRegExp } from './linear-regexp.js';
import { TIME_BOUNDS } from './time-bounds.js';
import type { FieldSchema } from './types.js';

const CONDITIONS = ['x-visible', 'x-required'] as const;
const VALUES = ['x-value', 'x-default', 'x-max-items', 'x-maximum', ...TIME_BOUNDS] as const;
/** Depth of a field of the form itself; what lies in a group or list is deeper. */
const TOP_FIELD = 1;
const SOURCES = ['units', 'accounts', 'roles'];
const NOT_TYPED = ['x-value', 'x-dictionary', 'x-source', 'oneOf', 'enum', 'format'];

/** Checks the own keywords of one field: that FEEL compiles and reads nothing protected, that lists and file rules exist. */
export function checkFieldRules(place: FieldPlace, check: FieldCheck): void {
  const report = reporter(place, check);
  const { schema } = place;
  for (const keyword of [...CONDITIONS, ...VALUES]) checkExpression(keyword, place, check, report);
  checkChoices(schema, check, report);
  if (schema['x-file'] !== undefined) checkFileRule(schema['x-file'], report);
  if (!namesCaseWell(schema))
    report(
      'form.namesCaseInvalid',
      '/x-names-case',
      'Expected "x-names-case" to be true, "related" or "unrelated", on a text that is the number of a case.',
      '“x-names-case”只能写 true、"related" 或 "unrelated"，并且字段应是填件号的文字（type: string）。',
    );
  checkTimeBounds(place, report);
  checkLaunches(place, report);
  checkSuggestions(schema, report);
  checkWarnings(schema, report);
  if (schema['x-record-title'] !== undefined && !isTitle(schema['x-record-title'])) {
    report(
      'form.recordTitleInvalid',
      '/x-record-title',
      'Expected "x-record-title" to be a text: what the answer is called where staff read it.',
      '“x-record-title”应是文字：工作人员在案卷里看到的名称。',
    );
  }
  for (const keyword of ['x-messages', 'x-messagesEn'] as const) {
    if (schema[keyword] !== undefined && !isTexts(schema[keyword])) {
      report(
        'form.messagesInvalid',
        `/${keyword}`,
        `Expected "${keyword}" to hold texts by keyword.`,
        `“${keyword}”应是“关键字：文字”的对象。`,
      );
    }
  }
}

function checkTimeBounds({ schema }: FieldPlace, report: Report): void {
  const isTemporal = schema.format === 'date-time' || schema.format === 'date';
  for (const bound of TIME_BOUNDS)
    if (schema[bound] !== undefined && !(isTemporal && isExpression(schema[bound])))
      report(
        'form.timeBoundInvalid',
        `/${bound}`,
        `Expected "${bound}" to be FEEL that begins with "=", on a field of the format date or date-time.`,
        `“${bound}”应是以“=”开头的 FEEL 表达式，并且字段的格式应是 date 或 date-time。`,
      );
}

/** A list of launchers on a text of the form itself or on a list of texts: both take the number of what was started. */
function checkLaunches({ schema, depth }: FieldPlace, report: Report): void {
  const offers: unknown = schema['x-launch'];
  if (offers === undefined) return;
  const isOffer = (offer: unknown): boolean =>
    isObject(offer) &&
    typeof offer['launcher'] === 'string' &&
    (offer['prefill'] === undefined || isTexts(offer['prefill']));
  if (!Array.isArray(offers) || !offers.every(isOffer) || !takesNumber(schema) || depth !== TOP_FIELD)
    return report(
      'form.launchInvalid',
      '/x-launch',
      'Expected "x-launch" to be a list of { launcher, prefill? }, on a text of the form itself or on a list of texts.',
      '“x-launch”应是 { launcher, prefill? } 的列表，并且字段应是表单第一层填件号的文字，或者这种文字的列表。',
    );
}

/** A page with two of its columns, on a text that somebody types. */
function checkSuggestions(schema: FieldSchema, report: Report): void {
  const source: unknown = schema['x-suggests'];
  if (source === undefined) return;
  const isSource =
    isObject(source) &&
    ['page', 'label', 'value'].every((key) => typeof source[key] === 'string') &&
    (source['match'] === undefined || isTexts(source['match'])) &&
    Object.keys(source).every((key) => ['page', 'label', 'value', 'match'].includes(key));
  const isTyped = schema.type === 'string' && NOT_TYPED.every((keyword) => schema[keyword] === undefined);
  if (!isSource || !isTyped)
    report(
      'form.suggestsInvalid',
      '/x-suggests',
      'Expected "x-suggests" to be { page, label, value, match? } with texts, on a text that is typed and neither chosen nor worked out.',
      '“x-suggests”应是 { page, label, value, match? }，内容都是文字，并且字段应是由人填写的文字，不是选项，也不是算出来的。',
    );
}

/** Patterns with what is said where one is found, on a text that somebody types. */
function checkWarnings(schema: FieldSchema, report: Report): void {
  const warnings: unknown = schema['x-warns'];
  if (warnings === undefined) return;
  const isTyped = schema.type === 'string' && NOT_TYPED.every((keyword) => schema[keyword] === undefined);
  if (!Array.isArray(warnings) || !warnings.every(isWarning) || !isTyped)
    report(
      'form.warnsInvalid',
      '/x-warns',
      'Expected "x-warns" to be a list of { pattern, text, textEn? } with patterns without look-around and back-references, on a text that is typed.',
      '“x-warns”应是 { pattern, text, textEn? } 的列表，pattern 是不带环视和反向引用的正则表达式，并且字段应是由人填写的文字。',
    );
}

function isWarning(warning: unknown): boolean {
  if (!isObject(warning) || !isTexts(warning) || !warning['text']) return false;
  if (Object.keys(warning).some((key) => !['pattern', 'text', 'textEn'].includes(key))) return false;
  try {
    return typeof warning['pattern'] === 'string' && Boolean(linearRegExp(warning['pattern']));
  } catch {
    return false;
  }
}

function takesNumber({ type, items }: FieldSchema): boolean {
  return type === 'string' || (type === 'array' && isObject(items) && items['type'] === 'string');
}

function checkExpression(
  keyword: (typeof CONDITIONS | typeof VALUES)[number],
  place: FieldPlace,
  check: FieldCheck,
  report: Report,
): void {
  const value: unknown = place.schema[keyword];
  if (value === undefined) return;
  const at = `/${keyword}`;
  if (!isExpression(value)) {
    const isCondition = CONDITIONS.some((name) => name === keyword);
    if (!isCondition || typeof value === 'boolean') return;
    return report(
      'form.conditionInvalid',
      at,
      `Expected "${keyword}" to be FEEL that begins with "=".`,
      `“${keyword}”应是以“=”开头的 FEEL 表达式。`,
    );
  }
  const result = compileKeyword(value);
  if (!result.ok) {
    for (const { message, line, column } of result.problems) {
      report(
        'form.expressionInvalid',
        at,
        `Line ${line}, column ${column}: ${message}`,
        `第 ${line} 行第 ${column} 列，表达式有误：${message}`,
      );
    }
    return;
  }
  for (const path of result.expression.reads) checkRead(path, keyword, { place, check, report });
}

interface Reading {
  readonly place: FieldPlace;
  readonly check: FieldCheck;
  readonly report: Report;
}

/** What is typed into this form may be read by its own conditions; protected content must not flow into an open field. */
function checkRead(path: string, keyword: string, { place, check, report }: Reading): void {
  if (readsStored(path, keyword, place, check)) return reportStored(path, keyword, report);
  const sealed = sealedClassOf(path, place, check);
  if (sealed === undefined || keyword === 'x-default') return;
  const isProtected = isSealed(place.className, check);
  if (keyword === 'x-value' && !isProtected) {
    report(
      'form.leaksProtected',
      `/${keyword}`,
      `"${place.name}" is not protected but is computed from "${path}" of the protected class "${sealed}".`,
      `“${place.name}”不是受保护字段，却由受保护类别“${sealed}”的“${path}”计算得出。`,
    );
  }
  // What is stored with it is given already: a field of the same class needs no asking again.
  const isStoredWithIt = keyword === 'x-required' && place.className === sealed;
  if (keyword !== 'x-value' && !isStoredWithIt) {
    report(
      'form.readsProtected',
      `/${keyword}`,
      `The condition reads "${path}" of the protected class "${sealed}"; once that is stored it cannot be decided and the field is shown.`,
      `条件读取了受保护类别“${sealed}”的“${path}”；该内容入库加密后条件无法判断，字段将一直显示。`,
      'warning',
    );
  }
}

/** A handle can be carried over by `x-default` alone; nothing else may decide on it. */
function readsStored(path: string, keyword: string, place: FieldPlace, check: FieldCheck): boolean {
  const name = path.split('.')[0] ?? '';
  return keyword !== 'x-default' && !holderOf(name, place) && (check.sealedVariables?.has(name) ?? false);
}

function reportStored(path: string, keyword: string, report: Report): void {
  report(
    'form.readsStored',
    `/${keyword}`,
    `"${path}" is stored encrypted by an earlier step; no expression can read it.`,
    `“${path}”已由前面的环节加密保存，任何表达式都不能读取。`,
  );
}

function holderOf(name: string, place: FieldPlace): FieldPlace['levels'][number] | undefined {
  return place.levels.findLast(({ schema }) => isObject(schema.properties) && Object.hasOwn(schema.properties, name));
}

/** The class of the protected field that a dotted path reads, from the row outwards. */
function sealedClassOf(path: string, place: FieldPlace, check: FieldCheck): string | undefined {
  const [first = '', ...rest] = path.split('.');
  const level = holderOf(first, place);
  const start = level?.schema.properties?.[first];
  if (!level || !start) return undefined;
  const classes = classesAlong(start, rest, level.className);
  return classes.find((className) => isSealed(className, check));
}

/** The classes of what the path ends at: one for a leaf, those of all leaves for a group. */
function classesAlong(
  schema: FieldSchema,
  path: readonly string[],
  inherited: string | undefined,
): (string | undefined)[] {
  const className = schema['x-class'] ?? inherited;
  if (schema.type === 'array' && isObject(schema.items))
    return classesAlong(schema.items as FieldSchema, path, className);
  const [first, ...rest] = path;
  if (!isObject(schema.properties)) return [className];
  const properties = schema.properties as Readonly<Record<string, FieldSchema>>;
  if (first === undefined) return Object.values(properties).flatMap((child) => classesAlong(child, [], className));
  const child = Object.hasOwn(properties, first) ? properties[first] : undefined;
  return child ? classesAlong(child, rest, className) : [];
}

function isSealed(className: string | undefined, check: FieldCheck): boolean {
  return check.classes.some(({ id, sealed }) => id === className && sealed);
}

function checkChoices(schema: FieldSchema, check: FieldCheck, report: Report): void {
  const dictionary: unknown = schema['x-dictionary'];
  if (dictionary !== undefined && !Object.hasOwn(check.dictionaries, String(dictionary))) {
    report(
      'form.unknownDictionary',
      '/x-dictionary',
      `There is no dictionary "${dictionary}".`,
      `没有名为“${dictionary}”的字典。`,
    );
  }
  const source: unknown = schema['x-source'];
  if (source !== undefined && !SOURCES.includes(String(source))) {
    const names = SOURCES.join(', ');
    report(
      'form.unknownSource',
      '/x-source',
      `Expected "x-source" to be one of ${names}.`,
      `“x-source”应是以下之一：${names}。`,
    );
  }
}

function checkFileRule(rule: unknown, report: Report): void {
  const isGood =
    isObject(rule) &&
    Number.isInteger(rule['maxBytes']) &&
    Number(rule['maxBytes']) > 0 &&
    Array.isArray(rule['types']) &&
    rule['types'].length > 0 &&
    rule['types'].every((type) => typeof type === 'string');
  if (isGood) return;
  report(
    'form.fileRuleInvalid',
    '/x-file',
    'Expected "x-file" to name "maxBytes" above 0 and at least one media type in "types".',
    '“x-file”应写明大于 0 的“maxBytes”和至少一种文件类型“types”。',
  );
}

const isTitle = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

function isTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

const namesCaseWell = ({ type, 'x-names-case': link }: FieldSchema): boolean =>
  link === undefined || (type === 'string' && [true, 'related', 'unrelated'].includes(link));
