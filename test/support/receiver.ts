import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ReceiverAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or a value that is sent as JSON. */
  readonly body?: unknown;
}

/** A server on this machine that others send to. */
export interface Receiver {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly received: ReceivedRequest[];
  /** The next answers, or their statuses; then 204. A redirect that names no other place leads to `/elsewhere`. */
  readonly answers: (number | ReceiverAnswer)[];
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: ReceivedRequest[] = [];
  const answers: (number | ReceiverAnswer)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      received.push({ method, path, headers, body: Buffer.concat(chunks).toString('utf8') });
      const next = answers.shift() ?? 204;
      const { status, headers: more, body: sent }: ReceiverAnswer = typeof next === 'number' ? { status: next } : next;
      const elsewhere = status >= 300 && status < 400 ? { location: '/elsewhere' } : {};
      const isText = sent === undefined || typeof sent === 'string';
      const type = isText ? {} : { 'content-type': 'application/json' };
      response.writeHead(status, { ...elsewhere, ...type, ...more }).end(isText ? sent : JSON.stringify(sent));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answers,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
