// What a description of an API lacks: one sentence for each place.

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** Every operation has texts, rights, an answer with schema and example, and its errors; every field says what it is. */
export function gapsOf({ paths, components }) {
  const gaps = [];
  const want = (is, place, what) => void (is || gaps.push(`${place} has no ${what}`));
  for (const [path, item] of Object.entries(paths))
    for (const method of methods.filter((one) => item[one])) gapsOfOperation(`${method} ${path}`, item[method], want);
  for (const [name, schema] of Object.entries(components.schemas)) gapsOfSchema(name, schema, want);
  return gaps;
}

function gapsOfOperation(place, operation, want) {
  for (const part of ['summary', 'description', 'operationId', 'security']) want(operation[part], place, part);
  want(operation.tags?.length, place, 'tags');
  for (const { name, description } of operation.parameters ?? []) want(description, `${place} ${name}`, 'description');
  want(place.endsWith('/health/live') || place.endsWith('/metrics') || errorsIn(operation).length > 0, place, 'errors');
  const bodies = [['body', operation.requestBody], ...Object.entries(operation.responses)];
  for (const [name, { description = '-', content } = {}] of bodies) {
    want(description, `${place} ${name}`, 'description');
    want(content || name === '204' || name === 'body', `${place} ${name}`, 'content');
    for (const media of Object.values(content ?? {})) {
      want(media.schema, `${place} ${name}`, 'schema');
      want(media.example !== undefined || media.schema?.format === 'binary', `${place} ${name}`, 'example');
      gapsOfSchema(`${place} ${name}`, media.schema, want);
    }
  }
}

const errorsIn = ({ responses }) => Object.keys(responses).filter((status) => status >= '400');

/** A text that only spells the name out tells nothing. */
function says(description = '', field) {
  const bare = (text) => text.toLowerCase().replace(/^the |[^\p{L}\p{N}]/gu, '');
  return bare(description) !== '' && bare(description) !== bare(field);
}

function gapsOfSchema(place, schema, want) {
  if (!schema || typeof schema !== 'object') return;
  for (const [field, member] of Object.entries(schema.properties ?? {})) {
    want(says(member.description, field), `${place}.${field}`, 'description beyond its name');
    gapsOfSchema(`${place}.${field}`, member, want);
  }
  for (const part of [schema.items, schema.additionalProperties]) gapsOfSchema(place, part, want);
  for (const part of [...(schema.anyOf ?? []), ...(schema.allOf ?? [])]) gapsOfSchema(place, part, want);
}
