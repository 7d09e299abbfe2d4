import { createServer, type Server } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scan } from './clamd.js';
import { fakeClamd, VIRUS } from './spec-clamd.js';

describe('a scan by clamd', () => {
  const folder = mkdtempSync(join(tmpdir(), 'changtong-clamd-'));
  const path = join(folder, 'clamd.sock');
  let server: Server;
  const listen = (one: Server) => new Promise<void>((resolve) => void (server = one.listen(path, resolve)));
  afterEach(() => new Promise((resolve) => server.close(resolve)));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('finds a virus, or none, in files of any size', async () => {
    await listen(fakeClamd());
    const large = Buffer.alloc(1_000_000, 'a');

    expect(await scan({ path }, Buffer.from('letter'), 5_000)).toBeUndefined();
    expect(await scan({ path }, large, 5_000)).toBeUndefined();
    expect(await scan({ path }, Buffer.concat([large, VIRUS]), 5_000)).toEqual({ virus: 'Eicar-Test-Signature' });
  });

  it.each([
    ['refuses the size', (answer: (text: string) => void) => answer('INSTREAM size limit exceeded. ERROR\0')],
    ['hangs up', (_: unknown, end: () => void) => end()],
    ['says nothing', () => undefined],
  ])('that %s is none', async (_, act) => {
    await listen(
      createServer((socket) => {
        socket.on('error', () => undefined).resume();
        act(
          (text) => socket.end(text),
          () => socket.end(),
        );
      }),
    );

    await expect(scan({ path }, Buffer.from('letter'), 300)).rejects.toThrow(/clamd|EPIPE|ECONNRESET/);
  });

  it('is none where nobody listens', async () => {
    await listen(fakeClamd());

    await expect(scan({ path: `${path}.other` }, Buffer.from('letter'), 5_000)).rejects.toThrow(/ENOENT/);
  });
});
