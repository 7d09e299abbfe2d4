// Turns the paths of `/api` in docs/openapi.json into types for the web app. Run alone it says whether the file is as it should be.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const webTypesFile = join(root, 'apps/web/src/lib/api/schema.ts');
const description = join(root, 'docs/openapi.json');

const head = `// Made by \`npm run openapi\` from docs/openapi.json; not to be changed by hand.

/** What the description leaves open may be anything, as it is parsed. */
type Open = ReturnType<typeof JSON.parse>;
`;

/** The file as text: the schemas that \`/api\` needs by name, then each route with what it takes and answers. */
export function webTypes({ paths, components }) {
  const needed = new Set();
  const routes = Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
    )
    .toSorted(byName)
    .map(([route, operation]) => `  ${quoted(route)}: ${routeType(operation, needed)};`);
  const types = new Map();
  for (const name of needed) types.set(name, namedType(name, components.schemas[name], needed));
  const sorted = [...types].toSorted(byName).map(([, text]) => text);
  return `${head}\n${sorted.join('\n')}\n\nexport interface Routes {\n${routes.join('\n')}\n}\n`;
}

const byName = ([one], [other]) => (one < other ? -1 : 1);

function namedType(name, schema, needed) {
  return `export type ${name} = ${typeOf(schema, needed)};`;
}

function routeType({ parameters = [], requestBody, responses }, needed) {
  const body = bodyType(requestBody, needed);
  const parts = [
    ['params', parametersType(parameters, 'path', needed)],
    ['query', parametersType(parameters, 'query', needed)],
    ['body', body],
    ['answer', answerType(responses, needed)],
  ];
  return `{ ${parts
    .filter(([, type]) => type !== undefined)
    .map(([name, type]) => `${name}: ${type}`)
    .join('; ')} }`;
}

function parametersType(parameters, place, needed) {
  const own = parameters.filter((each) => each.in === place).toSorted((one, other) => byName([one.name], [other.name]));
  if (own.length === 0) return undefined;
  return `{ ${own.map(({ name, required, schema }) => `${key(name)}${required ? '' : '?'}: ${typeOf(schema, needed)}`).join('; ')} }`;
}

function bodyType(requestBody, needed) {
  const content = requestBody?.content;
  if (!content) return undefined;
  return content['multipart/form-data'] ? 'FormData' : typeOf(content['application/json'].schema, needed);
}

function answerType(responses, needed) {
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
  const content = success?.content ?? {};
  if (content['application/json']) return typeOf(content['application/json'].schema, needed);
  return Object.keys(content).length > 0 ? 'Blob' : 'undefined';
}

function typeOf(schema, needed) {
  const type = bareType(schema, needed);
  return schema.nullable && !/\bnull$/.test(type) && type !== 'Open' ? `${type} | null` : type;
}

function bareType(schema, needed) {
  if (schema.$ref) return reference(schema.$ref.split('/').at(-1), needed);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const parts = schema.allOf ?? schema.anyOf ?? schema.oneOf;
  if (parts) return [...new Set(parts.map((part) => typeOf(part, needed)))].join(schema.allOf ? ' & ' : ' | ');
  if (schema.type === 'array') return `${grouped(typeOf(schema.items, needed))}[]`;
  if (schema.type === 'object') return objectType(schema, needed);
  return { string: 'string', number: 'number', integer: 'number', boolean: 'boolean' }[schema.type] ?? 'Open';
}

function objectType({ properties = {}, required = [], additionalProperties }, needed) {
  const names = Object.keys(properties).toSorted();
  if (names.length === 0) return `{ [name: string]: ${valueType(additionalProperties, needed)} }`;
  return `{ ${names.map((name) => `${property(name, properties[name], { required, needed })};`).join(' ')} }`;
}

/** What may be anything may be absent too. */
function property(name, schema, { required, needed }) {
  const type = typeOf(schema, needed);
  return `${key(name)}${required.includes(name) || type === 'Open' ? '' : '?'}: ${type}`;
}

const valueType = (values, needed) => (typeof values === 'object' ? typeOf(values, needed) : 'Open');
const grouped = (type) => (/[|&]/.test(type) && !type.startsWith('{') ? `(${type})` : type);
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));
const quoted = (text) => `'${text}'`;

function reference(name, needed) {
  needed.add(name);
  return name;
}

export const madeWebTypes = () => webTypes(JSON.parse(readFileSync(description, 'utf8')));

if (process.argv[1] === fileURLToPath(import.meta.url) && readFileSync(webTypesFile, 'utf8') !== madeWebTypes()) {
  console.error('apps/web/src/lib/api/schema.ts is not made from docs/openapi.json as it is: run npm run openapi');
  process.exit(1);
}
