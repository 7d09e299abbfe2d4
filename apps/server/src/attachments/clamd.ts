import { connect } from 'node:net';

/** Where clamd listens: a port, or a socket of this machine. */
export type ClamdAddress = { readonly host: string; readonly port: number } | { readonly path: string };

/** `undefined`: it found nothing. */
export type Verdict = { readonly virus: string } | undefined;

const CHUNK = 64 * 1024;
const MOST_ANSWERED = 4_096;

/** `host:port`, `[address]:port` or `unix:/path`; undefined for any other text. */
export function readClamdAddress(text: string): ClamdAddress | undefined {
  const path = /^unix:(\/.+)$/.exec(text)?.[1];
  if (path !== undefined) return { path };
  const [, bracketed, plain, port] = /^(?:\[([\da-fA-F:.]+)\]|([\w.-]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  return host === undefined || Number(port) < 1 || Number(port) > 65_535 ? undefined : { host, port: Number(port) };
}

/** Asks clamd by INSTREAM (clamd(8)). Rejects where it cannot be reached, does not answer in time, or could not tell. */
export async function scan(address: ClamdAddress, bytes: Buffer, timeoutMs: number): Promise<Verdict> {
  const answer = await ask(address, bytes, timeoutMs);
  const virus = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (virus !== undefined) return { virus };
  if (answer === 'stream: OK') return undefined;
  throw new Error(`Expected clamd to find a virus or none but it answered ${JSON.stringify(answer.slice(0, 200))}.`);
}

function ask(address: ClamdAddress, bytes: Buffer, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error(`Expected clamd to answer within ${timeoutMs} ms.`)), timeoutMs);
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('error', fail);
    socket.on('connect', () => {
      for (const part of inStream(bytes)) socket.write(part);
    });
    socket.on('data', (text: string) => {
      answer += text;
      const isWhole = answer.includes('\0');
      if (!isWhole && answer.length < MOST_ANSWERED) return;
      clearTimeout(timer);
      socket.destroy();
      resolve(answer.split('\0')[0]!.trim());
    });
    socket.on('end', () => fail(new Error('Expected an answer of clamd but it hung up.')));
  });
}

/** Each chunk behind its length; an empty one ends the stream. */
function* inStream(bytes: Buffer): Generator<Buffer> {
  yield Buffer.from('zINSTREAM\0');
  for (let from = 0; from < bytes.length; from += CHUNK) {
    const chunk = bytes.subarray(from, from + CHUNK);
    yield lengthOf(chunk.length);
    yield chunk;
  }
  yield lengthOf(0);
}

function lengthOf(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}
