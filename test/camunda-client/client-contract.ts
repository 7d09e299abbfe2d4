import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** One operation that the official client offers. */
export interface ClientOperation {
  /** Name of its method. */
  readonly name: string;
  readonly method: string;
  /** Below `/v2`, parameters in braces. */
  readonly path: string;
  /** Fields of its JSON body; undefined where it has none, or one of several forms. */
  readonly bodyFields?: readonly string[] | undefined;
}

/** What the client may ask in one search. */
export interface ClientSearch extends ClientOperation {
  readonly filters: readonly string[];
  readonly sorts: readonly string[];
}

export interface ClientContract {
  readonly operations: readonly ClientOperation[];
  readonly searches: readonly ClientSearch[];
}

const nothing: readonly string[] = [];

/** Reads from the files of the official client what it calls: nothing here is written down by hand. */
export function clientContract(): ClientContract {
  const entry = createRequire(import.meta.url).resolve('@camunda8/orchestration-cluster-api');
  const folder = dirname(entry);
  const main = readFileSync(join(folder, 'index.js'), 'utf8');
  const chunks = [...main.matchAll(/"\.\/(chunk-[A-Z0-9]+\.js)"/g)].map(([, name]) => name!);
  const source = chunks.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const schemas = schemasOf(source);
  const operations = operationsOf(source).map((one) => ({ ...one, bodyFields: bodyFieldsOf(one.name, schemas) }));
  const searches = operations
    .filter(({ path }) => path.endsWith('/search'))
    .map((operation) => ({ ...operation, ...searchOf(operation.name, schemas) }));
  return { operations, searches };
}

function operationsOf(source: string): readonly ClientOperation[] {
  const pattern =
    /var (\w+) = \(options\) => \{[\s\S]{0,300}?\.(get|post|put|patch|delete)\(\{[\s\S]{0,400}?url: "([^"]+)"/g;
  return [...source.matchAll(pattern)]
    .map(([, name, method, path]) => ({ name: name!, method: method!.toUpperCase(), path: path! }))
    .sort((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1));
}

type Schemas = ReadonlyMap<string, string>;

/** Texts of the schemas, by name. */
function schemasOf(source: string): Schemas {
  return new Map([...source.matchAll(/^var (z[A-Z]\w+) = ([\s\S]*?);$/gm)].map(([, name, text]) => [name!, text!]));
}

function bodyFieldsOf(operation: string, schemas: Schemas): readonly string[] | undefined {
  const data = schemas.get(`z${operation[0]!.toUpperCase()}${operation.slice(1)}Data`) ?? '';
  const body = /body: (?:[\w.]*optional\()?(z\w+)/.exec(data)?.[1];
  if (body === undefined || /FormData|z\.custom|instanceof/.test(schemas.get(body) ?? '')) return undefined;
  const text = schemas.get(body) ?? '';
  const fields = [...text.matchAll(/^ {2,4}"?(\w+)"?: z/gm)].map(([, field]) => field!);
  return [...new Set(fields)];
}

function searchOf(operation: string, schemas: Schemas): Pick<ClientSearch, 'filters' | 'sorts'> {
  const data = schemas.get(`z${operation[0]!.toUpperCase()}${operation.slice(1)}Data`) ?? '';
  const query = schemas.get(/body: [\w.]*optional\((z\w+)\)/.exec(data)?.[1] ?? '') ?? '';
  const sort = schemas.get(/z\w+SortRequest/.exec(query)?.[0] ?? '') ?? '';
  const filter = /filter: [\w.]*optional\((z\w+)\)/.exec(query)?.[1] ?? /z\w+Filter\b/.exec(query)?.[0];
  const sorts = /enum\(\[([^\]]*)\]/.exec(sort)?.[1]?.match(/\w+/g) ?? nothing;
  return { sorts, filters: filter === undefined ? nothing : [...new Set(fieldsOf(filter, schemas))] };
}

/** Fields of an object schema, also of those that it is put together from. */
function fieldsOf(name: string, schemas: Schemas): readonly string[] {
  const text = schemas.get(name) ?? '';
  const own = [...text.matchAll(/^ {2,4}"?([\w$]+)"?: [\w.]*optional\(/gm)].map(([, field]) => field!);
  const others = [...text.matchAll(/\bz\w+FilterFields\b/g)].flatMap(([other]) => fieldsOf(other, schemas));
  return [...own, ...others];
}
