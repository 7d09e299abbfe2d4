import localizeZh from 'ajv-i18n/localize/zh/index.js';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { isChoice } from './choices.js';
import { pointerSegments } from './json.js';
import type { FieldSchema, FormLanguage } from './types.js';

/** Its types promise a default export, its code is the function itself. */
const localize = localizeZh as unknown as (errors: ErrorObject[]) => void;

interface Fault {
  readonly title: string;
  readonly schema: FieldSchema;
  readonly params: Readonly<Record<string, unknown>>;
}

type Sentences = Readonly<Record<string, (fault: Fault) => string>>;

const TYPES_ZH: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  integer: '整数',
  boolean: '“是”或“否”',
  array: '列表',
  object: '一组内容',
};

const FORMATS_ZH: Readonly<Record<string, string>> = {
  date: '日期，例如 2026-01-31',
  time: '时间，例如 08:30:00+08:00',
  'date-time': '日期和时间，例如 2026-01-31T08:30:00+08:00',
  duration: '时长，例如 PT2H',
  email: '电子邮箱地址',
  uri: '网址',
  uuid: '编号（UUID）',
};

const zh: Sentences = {
  required: (fault) => askZh(fault),
  minLength: (fault) => (fault.params['limit'] === 1 ? askZh(fault) : `${fault.title}至少 ${limit(fault)} 个字`),
  maxLength: (fault) => `${fault.title}最多 ${limit(fault)} 个字`,
  enum: (fault) => `请选择${fault.title}`,
  const: (fault) => `请选择${fault.title}`,
  oneOf: (fault) => `请选择${fault.title}`,
  pattern: (fault) => `${fault.title}的格式不正确`,
  format: (fault) => `${fault.title}应为${FORMATS_ZH[String(fault.params['format'])] ?? '规定的格式'}`,
  type: (fault) => `${fault.title}应为${TYPES_ZH[String(fault.params['type'])] ?? '规定的类型'}`,
  minimum: (fault) => `${fault.title}不能小于 ${limit(fault)}`,
  maximum: (fault) => `${fault.title}不能大于 ${limit(fault)}`,
  exclusiveMinimum: (fault) => `${fault.title}必须大于 ${limit(fault)}`,
  exclusiveMaximum: (fault) => `${fault.title}必须小于 ${limit(fault)}`,
  minItems: (fault) => (fault.params['limit'] === 1 ? askZh(fault) : `${fault.title}至少 ${limit(fault)} 项`),
  maxItems: (fault) => `${fault.title}最多 ${limit(fault)} 项`,
  uniqueItems: (fault) => `${fault.title}有重复的内容`,
  formatMinimum: (fault) => `${fault.title}不能早于 ${limit(fault)}`,
  formatMaximum: (fault) => `${fault.title}不能晚于 ${limit(fault)}`,
  additionalProperties: (fault) => `表单里没有“${fault.title}”这一项`,
  'x-text': (fault) => `${fault.title}里有无法保存的控制字符，请删去后重新填写`,
};

const en: Sentences = {
  required: (fault) => askEn(fault),
  minLength: (fault) =>
    fault.params['limit'] === 1 ? askEn(fault) : `${fault.title}: at least ${limit(fault)} characters`,
  maxLength: (fault) => `${fault.title}: at most ${limit(fault)} characters`,
  enum: (fault) => `Please choose: ${fault.title}`,
  const: (fault) => `Please choose: ${fault.title}`,
  oneOf: (fault) => `Please choose: ${fault.title}`,
  pattern: (fault) => `${fault.title} does not have the expected form`,
  minItems: (fault) =>
    fault.params['limit'] === 1 ? askEn(fault) : `${fault.title}: at least ${limit(fault)} entries`,
  maxItems: (fault) => `${fault.title}: at most ${limit(fault)} entries`,
  additionalProperties: (fault) => `The form has no field ${fault.title}`,
  'x-text': (fault) => `${fault.title}: contains control characters that cannot be stored; please remove them`,
};

/** The sentence for one fault: the form's own (`x-messages`), else ours with the field's title, else that of ajv-i18n. */
export function messageOf(error: ErrorObject, schema: FieldSchema, path: string, language: FormLanguage): string {
  const own = (language === 'zh' ? schema['x-messages'] : schema['x-messagesEn'])?.[error.keyword];
  if (typeof own === 'string') return own;
  const fault = { title: titleOf(schema, path, language), schema, params: error.params };
  const sentence = (language === 'zh' ? zh : en)[error.keyword];
  return sentence
    ? sentence(fault)
    : `${fault.title}${language === 'zh' ? '：' : ': '}${standardText(error, language)}`;
}

function titleOf(schema: FieldSchema, path: string, language: FormLanguage): string {
  const title = (language === 'en' && schema.titleEn) || schema.title;
  return (
    title ||
    pointerSegments(path).findLast((segment) => !/^\d+$/.test(segment)) ||
    (language === 'zh' ? '内容' : 'value')
  );
}

function standardText(error: ErrorObject, language: FormLanguage): string {
  const copy = { ...error };
  if (language === 'zh') localize([copy]);
  return copy.message ?? error.keyword;
}

function limit(fault: Fault): string {
  return String(fault.params['limit']);
}

function askZh({ schema, title }: Fault): string {
  if (isUpload(schema)) return `请上传${title}`;
  return isChoice(schema) ? `请选择${title}` : `请填写${title}`;
}

function askEn({ schema, title }: Fault): string {
  if (isUpload(schema)) return `Please upload: ${title}`;
  return isChoice(schema) ? `Please choose: ${title}` : `Please fill in: ${title}`;
}

function isUpload(schema: FieldSchema): boolean {
  return schema['x-file'] !== undefined || schema.items?.['x-file'] !== undefined;
}
