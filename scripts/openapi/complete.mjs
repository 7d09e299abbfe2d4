// Adds to the document that the decorators give what only the sources tell: answers, texts, rights, errors, examples.
import { errorsOf, problemSchema } from './errors.mjs';
import { sampler } from './samples.mjs';
import { spelled } from './schema-of-type.mjs';
import { words } from './words.mjs';

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const tokenUsers = [{ cookie: [] }, { basic: [] }, { bearer: [] }];

/** The complete document; throws where something has no description. */
export function complete(document, { handlers, fields, schemas }) {
  const named = { ...document.components.schemas, ...Object.fromEntries(schemas), ProblemDocument: problemSchema };
  for (const [name, schema] of Object.entries(named)) describeSchema(name, schema, fields.get(name) ?? {});
  const sampleOf = sampler(named);
  const tags = new Map();
  for (const [path, item] of Object.entries(document.paths))
    for (const method of methods.filter((one) => item[one])) {
      const operation = item[method];
      const handler = handlers.get(operation.operationId.replace(/\[\d+\]$/, ''));
      if (!handler) throw new Error(`Expected a handler for ${operation.operationId}.`);
      completeOperation({ path, method, operation, handler, sampleOf });
      for (const tag of operation.tags)
        if (!tags.has(tag)) tags.set(tag, handler.classText || `${capital(nounOf(tag))}.`);
    }
  document.tags = [...tags].map(([name, description]) => ({ name, description }));
  typeNullables([document.paths, named]);
  document.components.schemas = Object.fromEntries(
    Object.entries(named)
      .filter(([name]) => isUsed(name, [document.paths, named]))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  document.components.securitySchemes = {
    ...document.components.securitySchemes,
    bearer: { type: 'http', scheme: 'bearer', description: 'An access token of `/oauth/token`, for `/v2` only.' },
  };
  return document;
}

function completeOperation({ path, method, operation, handler, sampleOf }) {
  const isEngine = path.startsWith('/v2/');
  const [status, success] = Object.entries(operation.responses)[0];
  operation.operationId = operation.operationId.replace('Controller_', '_').replace(/\[(\d+)\]$/, '_$1');
  operation.summary = `${capital(nounOf(operation.tags[0]))}: ${spelled(handler.method).toLowerCase().slice(0, -1)}`;
  operation.security = handler.isPublic ? [] : isEngine ? tokenUsers : [{ cookie: [] }];
  const told = handler.text || success.description || `${operation.summary}.`;
  operation.description = [sentence(told), handler.classText && sentence(handler.classText), rightsOf(handler)]
    .filter(Boolean)
    .join('\n\n');
  operation.parameters = [...(operation.parameters ?? []), ...missingParameters(path, operation)];
  for (const parameter of operation.parameters) parameter.description ||= describeParameter(parameter);
  if (/^(Attachments_upload|ClientDocuments_create)/.test(operation.operationId)) operation.requestBody ??= fileBody;
  for (const media of Object.values(operation.requestBody?.content ?? {}))
    media.example ??= sampleOf(described(media.schema));
  const responses = {};
  if (status < 400) responses[status] = successOf({ status, success, handler, sampleOf });
  for (const [code, problem] of errorsOf({
    path,
    method,
    operation,
    handler,
    only: status >= 400 ? status : undefined,
  }))
    responses[code] = problem;
  operation.responses = responses;
}

function successOf({ status, success, handler, sampleOf }) {
  const description =
    success.description ||
    (status === '204' ? 'Done; nothing comes back.' : sentence(handler.text || `${handler.method} succeeded`));
  if (status === '204') return { description };
  const given = Object.values(success.content ?? {})[0]?.schema;
  const schema = given ?? handler.answer ?? { type: 'string', format: 'binary' };
  const types =
    schema.format === 'binary'
      ? ['application/octet-stream']
      : schema.type === 'string'
        ? ['text/plain']
        : ['application/json'];
  return {
    description,
    content: Object.fromEntries(types.map((type) => [type, { schema: described(schema), example: sampleOf(schema) }])),
  };
}

/** Texts for the fields of a schema, at all depths, from docstrings or the common vocabulary. */
function describeSchema(name, schema, texts) {
  if (schema.properties || schema.type === 'object') schema.description ||= spelled(name);
  for (const [field, member] of Object.entries(schema.properties ?? {})) {
    if (!member.description) {
      const text = texts[field] || words[field] || spelled(field);
      if (member.$ref) schema.properties[field] = { allOf: [{ $ref: member.$ref }], description: text };
      else member.description = text;
    }
    describeSchema(field, member, {});
  }
  if (schema.items) describeSchema(name, schema.items, {});
}

function described(schema) {
  describeSchema('answer', schema, {});
  if (schema.description === 'answer.') delete schema.description;
  return schema;
}

const fileBody = {
  required: true,
  description: 'Files as parts of a form; each at most 10 MB.',
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        description: 'Parts of the form.',
        properties: { file: { type: 'string', format: 'binary', description: 'A file.' } },
      },
    },
  },
};

/** Names in the address that no decorator tells of. */
function missingParameters(path, { parameters = [] }) {
  const known = new Set(parameters.filter(({ in: place }) => place === 'path').map(({ name }) => name));
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).filter((name) => !known.has(name));
  return names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

/** OpenAPI 3.0 takes `nullable` beside a type only. */
function typeNullables(node) {
  if (typeof node !== 'object' || node === null) return;
  Object.values(node).forEach(typeNullables);
  if (node.nullable !== true || node.type) return;
  if (!node.anyOf) node.type = 'object';
  else {
    delete node.nullable;
    node.anyOf.push({ type: 'string', nullable: true, enum: [null] });
  }
}

const isUsed = (name, parts) => JSON.stringify(parts).includes(`"#/components/schemas/${name}"`);

function describeParameter({ name, in: place }) {
  if (words[name]) return words[name];
  return place === 'path' ? `Names the ${spelled(name).toLowerCase().slice(0, -1)}.` : spelled(name);
}

function rightsOf({ isPublic, permissions, isCommand }) {
  const right = isPublic
    ? 'Anybody may call it.'
    : permissions.length > 0
      ? `Needs one of the permissions ${permissions.map((one) => `\`${one}\``).join(', ')}.`
      : 'Needs somebody who is signed in.';
  return isCommand ? `${right} With the header \`Idempotency-Key\` it is done once, however often it is sent.` : right;
}

const nounOf = (tag) => tag.replace(/^engine: /, '');
const capital = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const sentence = (text) => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);
