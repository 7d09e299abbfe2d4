import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { NewTaskNotices } from '../../apps/server/src/notices/new-task-notices.service.js';
import { SmallMailServer } from '../support/small-mail-server.js';
import { register } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

/** Tells `role` something that must stay inside. */
const notifyBpmn = (id: string, role: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d_${id}" targetNamespace="t">
  <bpmn:process id="${id}" name="提醒" isExecutable="true">
    <bpmn:startEvent id="start" />
    <bpmn:serviceTask id="tell">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="ct.notify" />
        <zeebe:ioMapping>
          <zeebe:input source="=[&quot;${role}&quot;]" target="roles" />
          <zeebe:input source="=&quot;canary-text&quot;" target="text" />
        </zeebe:ioMapping>
      </bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:endEvent id="end" />
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="tell" />
    <bpmn:sequenceFlow id="f2" sourceRef="tell" targetRef="end" />
  </bpmn:process>
</bpmn:definitions>`;

describe('notices by e-mail', () => {
  let server: SmallMailServer;
  let app: TestApp;
  const tell = async (id: string, role: string): Promise<void> => {
    const admin = app.basic('admin');
    const file = Buffer.from(notifyBpmn(id, role));
    await admin.post('/v2/deployments').attach('resources', file, `${id}.bpmn`).expect(200);
    await admin.post('/v2/process-instances').send({ processDefinitionId: id, variables: {} }).expect(200);
    await app.running.platform.runtime.idle();
  };
  const receivers = () => server.envelopes.filter((line) => line.startsWith('RCPT'));

  beforeAll(async () => {
    server = new SmallMailServer();
    const environment = { SMTP_URL: await server.listen(), MAIL_FROM: 'desk@example.org' };
    app = await startApp({ environment });
  });
  afterEach(() => {
    server.letters.splice(0);
    server.envelopes.splice(0);
  });
  afterAll(async () => {
    await app.close();
    await server.close();
  });

  it('go to nobody who has not asked for them', async () => {
    await tell('mail_unasked', 'xf_clerk');

    expect(receivers()).toEqual([]);
  });

  it('go to who asked, and say neither what the notice says nor who it is about', async () => {
    const clerk = await app.as('xf_clerk');
    await clerk.put('/api/mail-preference').send({ address: 'clerk@example.org', wanted: true }).expect(200);

    await tell('mail_wanted', 'xf_clerk');
    const bell = await clerk.get('/api/notices').expect(200);

    expect(receivers()).toEqual(['RCPT TO:<clerk@example.org>']);
    expect(server.letters.join()).not.toContain('canary-text');
    expect(server.letters.join()).not.toContain(Buffer.from('canary-text').toString('base64').slice(0, 12));
    expect(bell.body.items[0].text).toBe('canary-text');
  });

  it('stay away from roles that the account does not have, and stop when it says so', async () => {
    const clerk = await app.as('xf_clerk');

    await tell('mail_others', 'legal_advisor');
    await clerk.put('/api/mail-preference').send({ address: 'clerk@example.org', wanted: false }).expect(200);
    await tell('mail_stopped', 'xf_clerk');

    expect(receivers()).toEqual([]);
  });

  it('go out for a deadline that comes near, too', async () => {
    const { app: nest, platform } = app.running;
    const director = await app.as('xf_office_director');
    const bell = async () => (await director.get('/api/notices').expect(200)).body.items as { text: string }[];
    await register(app);
    await nest.get(DeadlineKeeping).settled();
    await nest.get(NewTaskNotices).settled();
    await platform.runtime.idle();
    const before = (await bell()).length;
    await director.put('/api/mail-preference').send({ address: 'director@example.org', wanted: true }).expect(200);

    await platform.runtime.pinClock(platform.runtime.now() + 9 * 86_400_000);
    await nest.get(DeadlineKeeping).settled();
    await platform.runtime.idle();
    const told = (await bell()).length - before;

    expect((await bell()).map(({ text }) => text)).toContainEqual(expect.stringContaining('已用去一半'));
    expect(receivers()).toEqual(Array(told).fill('RCPT TO:<director@example.org>'));
  });

  it('take one plain mailbox alone', async () => {
    const clerk = await app.as('xf_clerk');
    const wish = { address: 'clerk@example.org, thief@example.org', wanted: true };

    await clerk.put('/api/mail-preference').send(wish).expect(422);

    const kept = await clerk.get('/api/mail-preference').expect(200);
    expect(kept.body).toEqual({ address: 'clerk@example.org', wanted: false, offered: true });
  });
});
