import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { atOnce, officialClient, refusalOf } from './official-client.js';
import { fileOf, straightProcess, userTask } from './client-models.js';
import { startApp, type TestApp } from '../e2e/start-app.js';

describe('documents with the official client', () => {
  let app: TestApp;
  let camunda: CamundaClient;

  beforeAll(async () => {
    app = await startApp();
    camunda = officialClient(app);
  });
  afterAll(() => app.close());

  const upload = (content: string, metadata: Record<string, unknown> = {}) =>
    camunda.createDocument({ file: content as never, metadata: { fileName: 'invoice.txt', ...metadata } });

  const wanted = (reference: Awaited<ReturnType<typeof upload>>) => ({
    documentId: reference.documentId!,
    contentHash: reference.contentHash!,
  });

  const bytesOf = async (path: string, account?: string) => {
    const agent = account ? app.basic(account) : app.anonymous();
    const reply = await agent.get(path).buffer(true).parse(collect);
    return { status: reply.status, text: String(reply.body) };
  };

  it('stores a document, gives it back to whoever names its hash, and deletes it', async () => {
    const reference = await upload('paid in full', { customProperties: { kind: 'invoice' } });

    const path = `/v2/documents/${reference.documentId}?contentHash=${reference.contentHash}`;
    const read = await bytesOf(path, 'admin');
    const throughClient = await camunda.getDocument(wanted(reference));
    await camunda.deleteDocument({ documentId: reference.documentId! });

    expect(reference).toMatchObject({
      'camunda.document.type': 'camunda',
      metadata: { fileName: 'invoice.txt', contentType: 'text/plain', customProperties: { kind: 'invoice' } },
    });
    expect(read).toEqual({ status: 200, text: 'paid in full' });
    expect(throughClient).toBe('paid in full');
    expect(await refusalOf(camunda.getDocument(wanted(reference)))).toMatchObject({ status: 404 });
  });

  it('takes a file with its name and type', async () => {
    const { body } = await app
      .basic('admin')
      .post('/v2/documents')
      .attach('file', Buffer.from([0, 255, 1]), { filename: '发票.bin', contentType: 'application/octet-stream' })
      .expect(201);

    expect(body.metadata).toMatchObject({ fileName: '发票.bin', contentType: 'application/octet-stream', size: 3 });
  });

  it('keeps the bytes encrypted', async () => {
    await upload('a very secret sentence');

    const folder = join(app.dataDir, 'attachments', 'api');
    const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1')));

    expect(files.length).toBeGreaterThan(0);
    expect(files.join('')).not.toContain('secret');
  });

  it('stores several at once and says which failed', async () => {
    const files = ['a', 'b'] as never;
    const names = [{ fileName: 'a.txt' }, { fileName: 'b.txt' }];

    const all = await camunda.createDocuments({ files, metadataList: names });
    const some = await camunda.createDocuments({
      files,
      metadataList: [
        { fileName: 'first.txt' },
        { processInstanceKey: '1' as never, expiresAt: '2020-01-01T00:00:00Z' },
      ],
    });

    expect(all.createdDocuments!.map(({ metadata }) => metadata!.fileName)).toEqual(['a.txt', 'b.txt']);
    expect(some.createdDocuments!.map(({ metadata }) => metadata!.fileName)).toEqual(['first.txt']);
    expect(some.failedDocuments).toEqual([{ fileName: '', detail: expect.stringContaining('expiresAt') }]);
  });

  it('makes a link that opens the document without an account, until it runs out', async () => {
    const reference = await upload('for the auditor');

    const link = await camunda.createDocumentLink({ ...wanted(reference), timeToLive: 60_000 });
    const brief = await camunda.createDocumentLink({ ...wanted(reference), timeToLive: 1 });
    await new Promise((resolve) => setTimeout(resolve, 5));

    const pathOf = (url: string) => url.slice(new URL(url).origin.length);
    const path = pathOf(link.url!);
    expect(await bytesOf(path)).toEqual({ status: 200, text: 'for the auditor' });
    expect((await bytesOf(pathOf(brief.url!))).status).toBe(404);
    expect((await bytesOf(path.slice(0, -2))).status).toBe(404);
  });

  it('refuses a wrong hash, another store, an id that is taken and a body that is no multipart', async () => {
    const reference = await upload('x');
    const agent = app.basic('admin');

    expect(await refusalOf(camunda.getDocument({ ...wanted(reference), contentHash: 'wrong' }))).toMatchObject({
      status: 400,
    });
    await agent.post('/v2/documents?storeId=s3').attach('file', Buffer.from('x'), 'x.txt').expect(400);
    await agent
      .post(`/v2/documents?documentId=${reference.documentId}`)
      .attach('file', Buffer.from('y'), 'y.txt')
      .expect(409);
    await agent.post('/v2/documents').send({ file: 'x' }).expect(415);
    await agent.post('/v2/documents').field('metadata', '{}').expect(400);
    await agent.post('/v2/documents').field('metadata', '[1]').attach('file', Buffer.from('x'), 'x.txt').expect(400);
    expect(await camunda.getDocument(wanted(reference))).toBe('x');
  });

  it('lets one of several uploads have an id that they all want, and leaves its bytes alone', async () => {
    const contents = ['first', 'second', 'third', 'fourth'];
    const replies = await Promise.all(
      contents.map((content) =>
        app.basic('admin').post('/v2/documents?documentId=wanted-by-all').attach('file', Buffer.from(content), 'x.txt'),
      ),
    );

    const stored = replies.filter(({ status }) => status === 201);
    const { documentId, contentHash } = stored[0]!.body;
    const read = await bytesOf(`/v2/documents/${documentId}?contentHash=${contentHash}`, 'admin');
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(read.text).toBe(contents[replies.indexOf(stored[0]!)]);
  });

  it('is not there for who may not operate', async () => {
    await app.basic('xf_clerk').post('/v2/documents').attach('file', Buffer.from('x'), 'x.txt').expect(403);
  });

  it('takes a document that is larger than it stores as a refusal', async () => {
    const large = Buffer.alloc(10 * 1024 * 1024 + 1);

    await app.basic('admin').post('/v2/documents').attach('file', large, 'large.bin').expect(413);
  });

  it('refuses more in one request than 100 MiB', async () => {
    const large = new Blob(['x'.repeat(10 * 1024 * 1024)]);
    const body = new FormData();
    for (let count = 0; count < 11; count++) body.append('files', large, `${count}.txt`);
    const headers = { authorization: `Basic ${Buffer.from('admin:demo').toString('base64')}` };
    const { status } = await fetch(`${app.url}/v2/documents/batch`, { method: 'POST', headers, body });

    expect(status).toBe(413);
  });

  it('belongs to an instance that the metadata name', async () => {
    await camunda.createDeployment({ resources: [fileOf('d.bpmn', straightProcess('d', [userTask('t', 'admin')]))] });
    const { processInstanceKey } = await camunda.createProcessInstance({ processDefinitionId: 'd' as never });

    const reference = await upload('of the instance', { processInstanceKey, processDefinitionId: 'd' });

    expect(reference.metadata).toMatchObject({ processInstanceKey, processDefinitionId: 'd' });
    expect((await camunda.getProcessInstance({ processInstanceKey }, atOnce)).state).toBe('ACTIVE');
  });
});

function collect(response: unknown, done: (error: Error | null, body: Buffer) => void): void {
  const parts: Buffer[] = [];
  const stream = response as NodeJS.ReadableStream;
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => done(null, Buffer.concat(parts)));
}
