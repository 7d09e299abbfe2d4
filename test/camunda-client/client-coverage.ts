import type TestAgent from 'supertest/lib/agent.js';
import { openApiOf } from '../../apps/server/src/http/openapi.js';
import { unservedPaths } from '../../apps/server/src/engine-api/unserved-paths.js';
import type { ClientOperation, ClientSearch } from './client-contract.js';
import type { TestApp } from '../e2e/start-app.js';

export interface Coverage extends ClientOperation {
  /** `missing`: no route at all. */
  readonly answer: 'served' | 'empty' | 'absent' | 'refused' | 'missing';
  readonly reason: string;
}

/** Operations that have a route and refuse every request, beside the paths that are not served at all. */
const refusedAlways: Readonly<Record<string, string>> = {
  deleteResource:
    'what was deployed belongs to the record of the instances that ran on it; a new version replaces it (409)',
};

const withoutNames = (path: string): string => path.replace(/\{\w+\}|:\w+/g, '{}');

/** What the running server answers to each operation of the client, by its routes. */
export function coverageOf({ running }: TestApp, operations: readonly ClientOperation[]): readonly Coverage[] {
  const { paths } = openApiOf(running.app, { baseUrl: 'http://127.0.0.1' });
  const routes = new Set(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${withoutNames(path)}`),
    ),
  );
  return operations.map((operation) => {
    const { method, path, name } = operation;
    const unserved = unservedPaths.find(
      (one) => one.method === method && withoutNames(`/${one.path}`) === withoutNames(path),
    );
    if (!routes.has(`${method} /v2${withoutNames(path)}`)) return { ...operation, answer: 'missing', reason: '' };
    if (unserved) return { ...operation, answer: unserved.answer, reason: unserved.reason };
    const reason = refusedAlways[name];
    return { ...operation, answer: reason ? 'refused' : 'served', reason: reason ?? '' };
  });
}

export interface FieldRefusal {
  readonly search: string;
  readonly field: string;
  readonly use: 'filter' | 'sort';
  readonly detail: string;
}

/** Values for fields that take no operators. */
const values: Readonly<Record<string, unknown>> = {
  $or: [{}],
  tags: ['red'],
  variables: [{ name: 'x', value: '1' }],
  processInstanceVariables: [{ name: 'x', value: '1' }],
  localVariables: [{ name: 'x', value: { $like: '*' } }],
};

/** What a client asks for one value of a field. */
function exampleOf(field: string): unknown {
  if (/(Date|Time)$|^deadline$/.test(field)) return '2026-11-26T00:00:00.000Z';
  if (/^(is|has)[A-Z]/.test(field)) return true;
  return field === 'evaluationFailure' ? { $exists: true } : '1';
}

/**
 * Asks a search for each field that the client knows, as filter and as sort key; gives those that are refused.
 *
 * @throws Error on any answer but 200 and a 400 that names the field.
 */
export async function refusedFields(
  agent: TestAgent,
  search: ClientSearch,
  address: { readonly path: string; readonly filter: object },
): Promise<readonly FieldRefusal[]> {
  const asked = [
    ...search.filters.map((field) => ({
      field,
      use: 'filter' as const,
      body: { filter: { [field]: values[field] ?? exampleOf(field), ...address.filter } },
    })),
    ...search.sorts.map((field) => ({
      field,
      use: 'sort' as const,
      body: { filter: address.filter, sort: [{ field, order: 'DESC' }] },
    })),
  ];
  const refused: FieldRefusal[] = [];
  for (const { field, use, body } of asked) {
    const reply = await agent.post(`/v2${address.path}`).send(body);
    if (reply.status === 200) continue;
    const detail = String((reply.body as { detail?: unknown }).detail);
    if (reply.status !== 400 || !detail.includes(field))
      throw new Error(`${search.name} by ${use} ${field}: ${reply.status} ${detail}`);
    refused.push({ search: search.name, field, use, detail });
  }
  return refused;
}
