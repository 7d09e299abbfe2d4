import { createServer, type Server } from 'node:net';

/** The harmless file by which scanners are tried (EICAR), in two parts so that this one is no find. */
export const VIRUS = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
);

/** Speaks INSTREAM as clamd does, and knows one virus. */
export const fakeClamd = (): Server =>
  createServer((socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (part: Buffer) => {
      received = Buffer.concat([received, part]);
      const content = contentOf(received);
      if (content === undefined) return;
      socket.end(`stream: ${content.includes(VIRUS) ? 'Eicar-Test-Signature FOUND' : 'OK'}\0`);
    });
  });

/** What was streamed, once its empty last chunk is there. */
function contentOf(received: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  let at = received.indexOf(0) + 1;
  if (received.toString('latin1', 0, at) !== 'zINSTREAM\0') return undefined;
  while (at + 4 <= received.length) {
    const length = received.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
