import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type TestAgent from 'supertest/lib/agent.js';
import { startApp, type TestApp } from '../e2e/start-app.js';
import { clientContract, type ClientOperation } from './client-contract.js';
import { coverageOf } from './client-coverage.js';

/** A field that the schema has must be known here, if only to be refused with a reason. */
const reasonFor = (field: string, detail: string): string =>
  detail.includes('no such field') ? 'unknown' : detail.includes(field) ? 'wrong' : detail;

/** The client refuses such bodies itself: these are sent past it. */
describe('bodies that the schema of the official client does not know', () => {
  let app: TestApp;
  let admin: TestAgent;
  let operations: readonly ClientOperation[];

  beforeAll(async () => {
    app = await startApp();
    admin = await app.as('admin');
    operations = coverageOf(app, clientContract().operations).filter(
      ({ answer, bodyFields }) => answer === 'served' && bodyFields !== undefined,
    );
  });
  afterAll(() => app.close());

  const send = ({ method, path }: ClientOperation, body: object) => {
    const verb = method.toLowerCase() as 'post' | 'put' | 'patch';
    return admin[verb](`/v2${path.replace(/\{\w+\}/g, '1')}`).send(body);
  };

  it('are refused where a field is unknown, by its name', async () => {
    const answers = [];
    for (const one of operations) {
      const { status, body } = await send(one, { colour: 'red' });
      answers.push([one.name, status, body.title, String(body.detail).includes('colour')]);
    }

    expect(operations.length).toBeGreaterThan(40);
    expect(answers).toEqual(operations.map(({ name }) => [name, 400, 'INVALID_ARGUMENT', true]));
  });

  it('are refused where a field is of a wrong type, by its name', async () => {
    const answers = [];
    const asked = operations.flatMap((one) => one.bodyFields!.map((field) => [one, field] as const));
    for (const [one, field] of asked) {
      const { status, body } = await send(one, { [field]: [[1]] });
      answers.push([one.name, field, status, reasonFor(field, String(body.detail))]);
    }

    expect(asked.length).toBeGreaterThan(100);
    expect(answers).toEqual(asked.map(([{ name }, field]) => [name, field, 400, 'wrong']));
  });
});
