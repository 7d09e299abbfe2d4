import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { recordTraces, type RecordedSpan, type TraceRecorder } from '../support/trace-recorder.js';
import { canary, report } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const entry = '/api/portal/entries/report';

describe('OpenTelemetry spans', () => {
  let app: TestApp;
  let recorder: TraceRecorder;
  const named = (name: string): readonly RecordedSpan[] => recorder.spans.filter((span) => span.name === name);
  const childrenOf = ({ spanId }: RecordedSpan) => recorder.spans.filter(({ parentId }) => parentId === spanId);

  beforeAll(async () => {
    recorder = recordTraces();
    app = await startApp();
  });
  beforeEach(() => void recorder.spans.splice(0));
  afterAll(async () => {
    await app.close();
    recorder.stop();
  });

  it('lead from the command over its unit of work to the commit', async () => {
    await app.anonymous().post(entry).send({ data: report }).expect(201);
    await app.running.platform.runtime.idle();

    const [command] = named('POST /api/portal/entries/:id');
    const unit = childrenOf(command!).find((span) => span.attributes['changtong.process_id'] === 'xf_main');
    const commits = recorder.spans.filter(
      ({ name, linkedIds }) => name === 'commit' && linkedIds.includes(unit!.spanId),
    );

    expect(command!.attributes).toMatchObject({ 'http.request.method': 'POST', 'http.response.status_code': 201 });
    expect(unit!.attributes).toMatchObject({ 'changtong.outcome': 'ok', 'changtong.command': expect.any(String) });
    expect(unit!.traceId).toBe(command!.traceId);
    expect(commits).toHaveLength(1);
    expect(commits[0]!.attributes).toEqual({
      'changtong.batch_size': expect.any(Number),
      'changtong.outcome': 'committed',
    });
  });

  it('tell a refused command', async () => {
    const admin = app.basic('admin');
    await admin.post('/v2/user-tasks/4242/completion').send({}).expect(404);
    await app.running.platform.runtime.idle();

    const [command] = named('POST /v2/user-tasks/:userTaskKey/completion');

    expect(command!.attributes).toMatchObject({ 'http.response.status_code': 404 });
    expect(command!.isEnded).toBe(true);
  });

  it('say nothing of content, persons or keys', async () => {
    const { body } = await app.anonymous().post(entry).send({ data: report }).expect(201);
    await app.running.platform.runtime.idle();

    const attributes = new Set(recorder.spans.flatMap((span) => Object.keys(span.attributes)));
    const text = JSON.stringify(recorder.spans);

    expect(Object.values(canary).filter((word) => text.includes(word))).toEqual([]);
    expect(text).not.toContain(body.trackingCode);
    expect([...attributes].toSorted()).toEqual([
      'changtong.batch_size',
      'changtong.command',
      'changtong.outcome',
      'changtong.process_id',
      'http.request.method',
      'http.response.status_code',
      'http.route',
    ]);
  });

  it('are none for reading', async () => {
    await app.anonymous().get('/api/portal').expect(200);

    expect(recorder.spans.filter(({ name }) => name.startsWith('GET'))).toEqual([]);
  });
});
