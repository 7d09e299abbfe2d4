import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '../support/receiver.js';
import { NoticeWriter } from '../../apps/server/src/notices/notice-writer.service.js';
import { register, registration } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const notifyBpmn = (id: string, roles: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d_${id}" targetNamespace="t">
  <bpmn:process id="${id}" name="提醒" isExecutable="true">
    <bpmn:startEvent id="start" />
    <bpmn:serviceTask id="tell">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="ct.notify" />
        <zeebe:ioMapping>
          <zeebe:input source="=${roles.replaceAll('"', '&quot;')}" target="roles" />
          <zeebe:input source="=&quot;canary-text&quot;" target="text" />
        </zeebe:ioMapping>
      </bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:endEvent id="end" />
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="tell" />
    <bpmn:sequenceFlow id="f2" sourceRef="tell" targetRef="end" />
  </bpmn:process>
</bpmn:definitions>`;

const accusation = { ...registration, wish: 'discipline', channel: 'letter', category: 'C12', visitorCount: undefined };

describe('notices in group chats', () => {
  let receiver: Receiver;
  let app: TestApp;
  const tell = async (id: string, roles: string): Promise<void> => {
    const admin = app.basic('admin');
    const file = Buffer.from(notifyBpmn(id, roles));
    await admin.post('/v2/deployments').attach('resources', file, `${id}.bpmn`).expect(200);
    await admin.post('/v2/process-instances').send({ processDefinitionId: id, variables: {} }).expect(200);
    await app.running.platform.runtime.idle();
  };
  const tellOf = async (processInstanceKey: string): Promise<void> => {
    const { runtime } = app.running.platform;
    await runtime.write(await app.running.app.get(NoticeWriter).to(['xf_clerk'], '请查收', processInstanceKey));
    await runtime.idle();
  };
  const delivered = { status: 200, body: { errcode: 0, errmsg: 'ok' } };

  beforeAll(async () => {
    receiver = await startReceiver();
    app = await startApp({
      environment: {
        OUTGOING_HOSTS: `${receiver.origin}=127.0.0.0/8`,
        CHAT_ROBOT_XF_OFFICE: `${receiver.origin}/cgi-bin/webhook/send?key=canary-key`,
      },
    });
  });
  afterEach(() => {
    receiver.received.splice(0);
    receiver.answers.splice(0);
  });
  afterAll(async () => {
    await app.close();
    await receiver.close();
  });

  it('tell a group once that there is something, and nothing of what it is', async () => {
    receiver.answers.push(delivered);

    await tell('chat_once', '["xf_clerk", "xf_office_director", "unit_head@production"]');

    expect(receiver.received).toEqual([
      expect.objectContaining({
        path: '/cgi-bin/webhook/send?key=canary-key',
        headers: expect.objectContaining({ 'idempotency-key': expect.stringMatching(/^notice-\d+-XF_OFFICE$/) }),
      }),
    ]);
    const { text } = JSON.parse(receiver.received[0]!.body) as { text: { content: string } };
    expect(text.content).toMatch(/^【石圪台煤矿】工作台有一条新通知： 。群里不写事项内容，请登录查看：http.*\/work$/);
    expect(receiver.received[0]!.body).not.toContain('canary-text');
  });

  it('stay away from roles that no group is told of, and from notices to one account', async () => {
    await tell('chat_others', '["legal_advisor", "xf_clerk_account"]');

    expect(receiver.received).toEqual([]);
  });

  it('are sent again under the same key where the chat takes no more for now', async () => {
    receiver.answers.push({ status: 200, body: { errcode: 45009, errmsg: 'freq' } }, delivered);

    await tell('chat_again', '["xf_clerk"]');
    await until(() => receiver.received.length === 2);

    expect(new Set(receiver.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  it('are dead letters for an operator where the chat refuses them, without address or key', async () => {
    receiver.answers.push({ status: 200, body: { errcode: 93000, errmsg: 'invalid webhook url' } });

    await tell('chat_dead', '["xf_clerk"]');

    const { body } = await (await app.as('admin')).get('/api/dead-letters').expect(200);
    expect(body.items).toEqual([expect.objectContaining({ name: '群通知 XF_OFFICE', attempts: 1 })]);
    expect(JSON.stringify(body)).toContain('93000');
    expect(JSON.stringify(body)).not.toContain('canary-key');
  });

  it('are sent of a case that all may know of, and no more of one that keeps anybody out', async () => {
    const { caseNo, processInstanceKey } = await register(app);
    receiver.received.splice(0);
    receiver.answers.push(delivered);

    await tellOf(processInstanceKey);
    const open = receiver.received.splice(0);
    const director = await app.as('xf_office_director');
    await app.running.platform.runtime.idle();
    await director.post(`/api/instances/${processInstanceKey}/recusals`).send({ reason: '利害关系' }).expect(204);
    receiver.received.splice(0);
    await tellOf(processInstanceKey);

    expect(open.map(({ body }) => body.includes(caseNo))).toEqual([true]);
    expect(receiver.received).toEqual([]);
  });

  it('are not sent of a case in exclusive hands', async () => {
    const { processInstanceKey } = await register(app, accusation);
    receiver.received.splice(0);

    await tellOf(processInstanceKey);

    expect(receiver.received).toEqual([]);
  });

  it('of a group more, or of a role more in a group, need a second person', async () => {
    const path = 'workflows/notifications.json';
    const content = await readFile(join(app.configDir, path), 'utf8');
    const file = JSON.parse(content) as { chat: { groups: { roles: string[] }[] } };
    file.chat.groups[0]!.roles.push('legal_advisor');
    const changes = [{ path, content: JSON.stringify(file, null, 2) }];

    const { body } = await (
      await app.as('admin')
    )
      .post('/api/studio/publish')
      .send({ changes, message: '多一个岗位' })
      .expect(202);

    expect(body.why).toContainEqual(expect.stringContaining('群机器人 XF_OFFICE'));
    expect(await readFile(join(app.configDir, path), 'utf8')).toBe(content);
  });
});

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries++) {
    if (tries > 500) throw new Error('It did not come about.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
