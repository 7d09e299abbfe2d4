import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { model } from '#testing';
import { ConfigurationHolder } from '../../apps/server/src/configuration/configuration-holder.js';
import { startApp, type TestApp } from './start-app.js';

const bpmn = (id: string, type: string) => model(id).start().serviceTask('work', { type }).end().xml;

describe('tasks that destroy, open or send out what is protected', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp({ inPlace: true })));
  afterAll(() => app.close());

  const deploy = (name: string, content: string) =>
    app.basic('admin').post('/v2/deployments').attach('resources', Buffer.from(content), name);

  it.each([
    'ct.retention',
    'ct.ledger',
    'ct.figures',
    'ct.aggregate',
    'ct.grant',
    'ct.take-over',
    'ct.same-matter',
    'ct.http',
    'ct.webhook',
  ])('of the type %s are refused in what comes by the API, with place and remedy', async (type) => {
    const { status, body } = await deploy('peek.bpmn', bpmn('peek', type));

    expect(status).toBe(403);
    expect(body.detail).toContain(`peek.bpmn, work: Expected the type ${type}`);
    expect(body.detail).toContain('where a second person approves it');
  });

  it('let no case out of exclusive hands, either: a start that says ct.returned is refused', async () => {
    const start = '<bpmn:startEvent id="start">';
    const properties = '<zeebe:properties><zeebe:property name="ct.returned" value="true" /></zeebe:properties>';
    const returning = bpmn('returning', 'mail.send').replace(
      start,
      `${start}<bpmn:extensionElements>${properties}</bpmn:extensionElements>`,
    );

    const { status, body } = await deploy('returning.bpmn', returning);

    expect(returning).toContain('ct.returned');
    expect(status).toBe(403);
    expect(body.detail).toContain('Expected the property ct.returned in a process of the configuration alone');
  });

  it('stop with an incident where an expression hides the type', async () => {
    const hidden = bpmn('hidden', 'ct.ledger').replace('"ct.ledger"', '"=&#34;ct.&#34; + &#34;ledger&#34;"');
    await deploy('hidden.bpmn', hidden).expect(200);
    const started = await app.basic('admin').post('/v2/process-instances').send({ processDefinitionId: 'hidden' });
    await app.running.platform.runtime.idle();

    const filter = { processInstanceKey: started.body.processInstanceKey };
    const { body } = await app.basic('admin').post('/v2/incidents/search').send({ filter }).expect(200);

    expect(body.items[0]?.errorMessage).toContain('configuration alone');
  });

  it('are not undone by a decision or a form of the API that has the id of one of the configuration', async () => {
    const files = app.running.app.get(ConfigurationHolder).current.files;
    const [path = '', content = ''] = [...files].find(([one]) => one.endsWith('/D04.dmn')) ?? [];
    const form = files.get('forms/F01.form.json') ?? '';

    const answers = [await deploy(path.split('/').at(-1)!, content), await deploy('F01.form.json', form)];

    expect(answers.map(({ status }) => status)).toEqual([409, 409]);
  });
});
