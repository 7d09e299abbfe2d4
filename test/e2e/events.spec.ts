import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkForm, orderBpmn } from './engine-models.js';
import { startApp, type TestApp } from './start-app.js';

const noticeBpmn = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d_tell" targetNamespace="http://changtong/test">
  <bpmn:process id="tell" isExecutable="true">
    <bpmn:startEvent id="start" />
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="notify" />
    <bpmn:serviceTask id="notify"><bpmn:extensionElements>
      <zeebe:taskDefinition type="ct.notify" />
      <zeebe:ioMapping><zeebe:input source="=[&quot;xf_clerk&quot;]" target="roles" /><zeebe:input source="=&quot;a word&quot;" target="text" /></zeebe:ioMapping>
    </bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:sequenceFlow id="f2" sourceRef="notify" targetRef="end" />
    <bpmn:endEvent id="end" />
  </bpmn:process>
</bpmn:definitions>`;

/** Reads a stream until a text comes, or until the time is over. */
async function readUntil(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  text: string,
  timeoutMs: number,
): Promise<string> {
  const decoder = new TextDecoder();
  const timer = setTimeout(() => void reader.cancel(), timeoutMs);
  const next = async (sofar: string): Promise<string> => {
    if (sofar.includes(text)) return sofar;
    const { done, value } = await reader.read();
    return done ? sofar : next(sofar + decoder.decode(value));
  };
  const found = await next('');
  clearTimeout(timer);
  return found;
}

describe('events', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
    const post = app.basic('admin').post('/v2/deployments');
    await post
      .attach('resources', Buffer.from(orderBpmn()), 'order.bpmn')
      .attach('resources', Buffer.from(checkForm), 'check.form.json')
      .expect(200);
  });
  afterAll(() => app.close());

  async function stream(account: string): Promise<ReadableStreamDefaultReader<Uint8Array>> {
    const login = await app.anonymous().post('/api/session').send({ username: account, password: 'demo' });
    const cookie = String(login.headers['set-cookie']?.[0]).split(';')[0]!;
    const response = await fetch(`${app.url}/api/events`, { headers: { cookie } });
    return response.body!.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  }

  const start = () =>
    app
      .basic('admin')
      .post('/v2/process-instances')
      .send({ processDefinitionId: 'order', variables: { orderId: 'secret' } })
      .expect(200);

  it('need a session', async () => {
    await app.anonymous().get('/api/events').expect(401);
  });

  it('tell a candidate of a new task by its keys alone', async () => {
    const reader = await stream('admin');

    const created = await start();
    const text = await readUntil(reader, 'event: instance', 5_000);
    await reader.cancel();

    expect(text).toContain('event: tasks');
    expect(text).toContain(created.body.processInstanceKey);
    expect(text).not.toContain('secret');
  });

  it('tell that there is a notice, when a process writes one, which its recipients alone can read', async () => {
    const reader = await stream('xf_clerk');
    await app
      .basic('admin')
      .post('/v2/deployments')
      .attach('resources', Buffer.from(noticeBpmn), 'notice.bpmn')
      .expect(200);

    await app.basic('admin').post('/v2/process-instances').send({ processDefinitionId: 'tell' }).expect(200);
    const text = await readUntil(reader, 'event: notice', 5_000);
    await reader.cancel();

    const read = async (account: string) => (await (await app.as(account)).get('/api/notices').expect(200)).body.items;
    expect(text).toContain('event: notice');
    expect(text).not.toContain('a word');
    expect(await read('xf_clerk')).toEqual([
      { noticeKey: expect.any(String), text: 'a word', createdAt: expect.any(String), processInstanceKey: null },
    ]);
    expect(await read('unit_head')).toEqual([]);
  });

  it('tell nothing to who is no candidate', async () => {
    const reader = await stream('xf_clerk');

    await start();
    const text = await readUntil(reader, 'event: tasks', 700);

    expect(text).not.toContain('event: tasks');
  });
});
