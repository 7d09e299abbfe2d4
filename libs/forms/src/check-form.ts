import type { Problem } from '#bpmn';
import { checkField } from './check-field.js';
import type { FieldCheck, FormCheckContext } from './field-check.js';
import { checkUi } from './check-ui.js';
import { problem } from './form-problem.js';
import { isObject } from './json.js';
import type { FieldSchema, FormFile } from './types.js';

const FORM_KEYS = new Set(['$schema', 'id', 'title', 'titleEn', 'description', 'clauses', 'schema', 'ui']);

/** All faults of a form file at once, in English and Chinese, each with a JSON pointer into the file. Never throws. */
export function checkForm(form: unknown, context: FormCheckContext): Problem[] {
  if (!isObject(form)) {
    return [
      problem('form.notAnObject', '', 'Expected a form file to be a JSON object.', '表单文件应是一个 JSON 对象。'),
    ];
  }
  const problems = [...checkHead(form)];
  if (!isObject(form['schema']) || form['schema']['type'] !== 'object' || !isObject(form['schema']['properties'])) {
    problems.push(
      problem(
        'form.schemaMissing',
        '/schema',
        'Expected "schema" to be a JSON Schema of type object with "properties".',
        '“schema”应是 type 为 object、带有“properties”的 JSON Schema。',
      ),
    );
    return problems;
  }
  const root = form['schema'] as FieldSchema;
  const check: FieldCheck = { ...context, problems, root };
  checkField({ schema: root, pointer: '/schema', className: undefined, depth: 0, levels: [], name: '' }, check);
  if (form['ui'] !== undefined) problems.push(...checkUi(form as unknown as FormFile));
  return problems;
}

function checkHead(form: Record<string, unknown>): Problem[] {
  const texts = ['id', 'title'].filter((key) => typeof form[key] !== 'string' || form[key] === '');
  const unknown = Object.keys(form).filter((key) => !FORM_KEYS.has(key));
  return [
    ...texts.map((key) =>
      problem(
        'form.textMissing',
        `/${key}`,
        `Expected "${key}" to be a text that is not empty.`,
        `“${key}”必须填写文字。`,
      ),
    ),
    ...unknown.map((key) =>
      problem('form.unknownKey', `/${key}`, `"${key}" is no part of a form file.`, `表单文件里没有“${key}”这一项。`),
    ),
  ];
}
