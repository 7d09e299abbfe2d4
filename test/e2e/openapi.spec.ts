import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { startApp, type TestApp } from './start-app.js';

type Json = Readonly<Record<string, unknown>>;
interface Media {
  readonly schema: Json;
}
interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Json };
}

/** OpenAPI 3.0 says `nullable` where JSON Schema has the type null. */
function asJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(asJsonSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, example: _, ...rest } = schema as Json;
  const plain = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, asJsonSchema(value)]));
  return nullable === true ? { anyOf: [plain, { type: 'null' }] } : plain;
}

describe('the description of the API', () => {
  let app: TestApp;
  let served: Description;
  let ajv: Ajv;
  beforeAll(async () => {
    app = await startApp();
    served = (await app.anonymous().get('/api/openapi.json').expect(200)).body as Description;
    ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    ajv.addSchema({ $id: 'api', components: asJsonSchema(served.components) });
  });
  afterAll(() => app.close());

  const faultsIn = (method: string, path: string, status: string, body: unknown) => {
    const content = served.paths[path]?.[method]?.responses[status]?.content ?? {};
    const text = JSON.stringify(asJsonSchema(Object.values(content)[0]?.schema)).replaceAll('"#/', '"api#/');
    ajv.validate(JSON.parse(text) as Json, body);
    return ajv.errors ?? [];
  };

  it('is served as it is published, at the address of this server', async () => {
    const file = JSON.parse(await readFile('docs/openapi.json', 'utf8')) as Description;

    expect(served.paths).toEqual(file.paths);
    expect(served.components).toEqual(file.components);
  });

  it('knows no path that is not answered, and none is answered that it does not know', async () => {
    const { openApiOf } = await import('../../apps/server/src/http/openapi.js');
    const routes = openApiOf(app.running.app, { baseUrl: app.url }).paths;

    expect(Object.keys(served.paths).sort()).toEqual(Object.keys(routes).sort());
  });

  it.each([
    ['/api/session'],
    ['/api/reference'],
    ['/api/tasks'],
    ['/api/instances'],
    ['/api/notices'],
    ['/api/launchers'],
    ['/api/ledgers'],
    ['/api/schedules'],
    ['/api/studio/files'],
    ['/api/studio/reference'],
    ['/api/accounts'],
    ['/v2/license'],
    ['/v2/authentication/me'],
    ['/v2/topology'],
  ])('says what GET %s answers', async (path) => {
    const { body } = await (await app.as('admin')).get(path).expect(200);

    expect(faultsIn('get', path, '200', body)).toEqual([]);
  });

  it.each([
    ['/v2/process-definitions/search'],
    ['/v2/process-instances/search'],
    ['/v2/element-instances/search'],
    ['/v2/user-tasks/search'],
    ['/v2/jobs/search'],
    ['/v2/incidents/search'],
    ['/v2/variables/search'],
    ['/v2/decision-definitions/search'],
    ['/v2/roles/search'],
    ['/v2/users/search'],
  ])('says what POST %s answers', async (path) => {
    const { body } = await (await app.as('admin')).post(path).send({}).expect(200);

    expect(faultsIn('post', path, '200', body)).toEqual([]);
  });

  it('says what a refusal looks like', async () => {
    const { body } = await app.anonymous().get('/api/tasks').expect(401);

    expect(faultsIn('get', '/api/tasks', '401', body)).toEqual([]);
  });
});
