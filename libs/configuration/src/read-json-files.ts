import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import zh from 'ajv-i18n/localize/zh/index.js';
import { RecentlyRead, type Problem } from '#bpmn';
import { type JsonText, pointerPart, readJson } from './json-text.js';
import { schemaOfPath, schemas, type SchemaName } from './schemas/index.js';
import { id, isoDate } from './schemas/shared.js';

/** A JSON file that meets its schema. */
export interface JsonFile {
  readonly path: string;
  readonly schema: SchemaName;
  readonly json: JsonText;
}

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, verbose: true });
/** The package is CommonJS and its default export is the function itself; its types say otherwise. */
const localizeZh = zh as unknown as (errors: ErrorObject[]) => void;
const validators = new Map<SchemaName, ValidateFunction>();

/** Reads every JSON file that the configuration knows by its path and checks it against its schema. */
export function readJsonFiles(files: ReadonlyMap<string, string>): {
  readonly json: ReadonlyMap<string, JsonFile>;
  readonly problems: readonly Problem[];
} {
  const json = new Map<string, JsonFile>();
  const problems: Problem[] = [];
  for (const [path, content] of files) {
    const schema = schemaOfPath(path);
    if (!path.endsWith('.json')) continue;
    if (!schema) problems.push(unknownFile(path));
    else {
      const read = checkJson(path, content, schema);
      problems.push(...read.problems);
      if (read.file) json.set(path, read.file);
    }
  }
  return { json, problems };
}

interface CheckedJson {
  readonly file?: JsonFile;
  readonly problems: readonly Problem[];
}

/** Of one change all other files are as they were a moment ago; what was read of them is never changed. */
const recentlyChecked = new RecentlyRead<CheckedJson>(8_000_000);

const checkJson = (path: string, content: string, schema: SchemaName): CheckedJson =>
  recentlyChecked.get(`${path}\n${content}`, () => checkNow(path, content, schema));

function checkNow(path: string, content: string, schema: SchemaName): CheckedJson {
  const reading = readJson(content);
  if (!reading.ok) return { problems: [notJson(path, reading)] };
  const { json } = reading;
  const problems = [
    ...json.duplicateKeys.map((pointer) => duplicateKey(path, json, pointer)),
    ...schemaProblems(path, json, schema),
  ];
  return problems.length > 0 ? { problems } : { file: { path, schema, json }, problems };
}

function schemaProblems(file: string, json: JsonText, schema: SchemaName): Problem[] {
  const validate = validators.get(schema) ?? ajv.compile(schemas[schema]);
  validators.set(schema, validate);
  if (validate(json.value)) return [];
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'propertyNames');
  const english = errors.map(sentence);
  localizeZh(errors);
  return errors.map((error, index) => {
    const place = placeOf(error);
    const messageZh = `${place || '文件'}：${sentenceZh(error)}。`;
    return {
      severity: 'error',
      code: 'json.schema',
      file,
      place,
      line: json.lineOf(place),
      message: `Expected ${place || 'the file'} ${english[index] ?? ''}.`,
      messageZh,
    };
  });
}

/** The place itself; of a property too many, that property. */
function placeOf({ instancePath, params, propertyName }: ErrorObject): string {
  const extra = (params['additionalProperty'] as string | undefined) ?? propertyName;
  return extra === undefined ? instancePath : `${instancePath}/${pointerPart(extra)}`;
}

function sentence(error: ErrorObject): string {
  const text = (error.message ?? 'must meet its schema').replace(/^must /, 'to ').replace(/ must /, ' to ');
  return `${text.startsWith('to ') ? text : `to meet its schema: ${text}`}${detail(error)}`;
}

/** Plain words for what people meet most; the schema's own sentence for the rest. */
function sentenceZh(error: ErrorObject): string {
  if (error.data === '') return '不能为空';
  const pattern = error.keyword === 'pattern' ? patternWords.get(error.params['pattern']) : undefined;
  const found = isPlain(error.data) ? `，现为 ${JSON.stringify(error.data).slice(0, 80)}` : '';
  return `${pattern ?? error.message ?? ''}${allowedZh(error)}${found}`;
}

const patternWords = new Map<unknown, string>([
  [id.pattern, '代号应以英文字母开头，只含字母、数字和 _ . -'],
  [isoDate.pattern, '日期应写成 2026-01-31 这样'],
]);

function allowedZh({ keyword, params }: ErrorObject): string {
  return keyword === 'enum' ? `（${(params['allowedValues'] as readonly unknown[]).join('、')}）` : '';
}

const isPlain = (data: unknown): boolean => data === null || ['string', 'number', 'boolean'].includes(typeof data);

/** What was allowed and what was found, where that is short enough to help. */
function detail({ keyword, params, data }: ErrorObject): string {
  const allowed = keyword === 'enum' ? ` (${(params['allowedValues'] as readonly unknown[]).join(', ')})` : '';
  return isPlain(data) ? `${allowed} (found ${JSON.stringify(data).slice(0, 80)})` : allowed;
}

function notJson(file: string, { line, message }: { readonly line: number; readonly message: string }): Problem {
  return {
    severity: 'error',
    code: 'json.syntax',
    file,
    line,
    message,
    messageZh: `JSON 格式错误，第 ${line} 行：${message}`,
  };
}

function duplicateKey(file: string, json: JsonText, place: string): Problem {
  return {
    severity: 'error',
    code: 'json.duplicateKey',
    file,
    place,
    line: json.lineOf(place),
    message: `Expected the key ${place} once but found it twice.`,
    messageZh: `键 ${place} 重复出现。`,
  };
}

function unknownFile(file: string): Problem {
  return {
    severity: 'warning',
    code: 'configuration.unknownFile',
    file,
    message:
      'The file is not used: expected a form, a scenario file, documents.json, or one of the shared settings files.',
    messageZh: '该文件未被使用：不是表单、场景、documents.json，也不是公共设置文件。',
  };
}
