import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './start-app.js';

describe('who registers', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const opened = async (account: string, launcher: string): Promise<Record<string, unknown>> =>
    (await (await app.as(account)).get(`/api/launchers/${launcher}`).expect(200)).body.data as Record<string, unknown>;

  it('stands in the register as who received the visitor, and may write somebody else there', async () => {
    expect(await opened('xf_receptionist', 'register')).toMatchObject({ receptionist: '接访人' });
    expect(await opened('xf_clerk', 'register')).not.toMatchObject({ receptionist: '接访人' });
  });

  it('stands in the record of a call, whatever was sent', async () => {
    const receptionist = await app.as('xf_receptionist');
    const call = {
      anonymousCall: true,
      callStart: new Date(Date.now() - 600_000).toISOString(),
      wish: 'solve',
      subject: '食堂饭菜卫生',
      recordText: '反映食堂饭菜不干净，近来有几个人吃了肚子疼。',
      demands: [{ text: '查清并整改' }],
      category: 'C08',
      imminentDanger: false,
      headcount: 1,
      representing: 'self',
      preferredContact: 'code',
      readBackText: '您反映食堂饭菜不干净，请查一查。',
      callerConfirmed: 'same',
      readBackDone: true,
      consentNotice: true,
      recorder: '别人',
    };

    const { body } = await receptionist.post('/api/launchers/call').send({ data: call }).expect(201);

    const { processInstanceKey } = body as { processInstanceKey: string };
    expect(await app.running.platform.queries.variablesOf(processInstanceKey)).toMatchObject({ recorder: '接访人' });
  });
});
