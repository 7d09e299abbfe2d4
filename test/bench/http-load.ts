import { connect, type Socket } from 'node:net';

/** A request that is sent over and over. */
export interface Target {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Connections that stay open: each sends the next request when it has its answer. */
export interface Load {
  /** Resolves when so many more requests are answered; throws where one is answered otherwise than with 200. */
  send(requests: number): Promise<void>;
  close(): void;
}

/**
 * Opens `connections` to one server. Sockets instead of an HTTP client, since what the client costs is taken from what the
 * server gets: both run on the same cores.
 */
export async function openLoad({ url, headers = {} }: Target, connections: number): Promise<Load> {
  const { hostname, port, pathname } = new URL(url);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(`GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${lines.join('')}\r\n`);
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(hostname, Number(port))));
  return {
    send: async (requests) => {
      const share = Math.ceil(requests / connections);
      await Promise.all(sockets.map((socket) => exchange(socket, request, share)));
    },
    close: () => sockets.forEach((socket) => socket.destroy()),
  };
}

function opened(host: string, port: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect({ host, port, noDelay: true }, () => done(socket));
    socket.once('error', fail);
  });
}

function exchange(socket: Socket, request: Buffer, count: number): Promise<void> {
  return new Promise((done, fail) => {
    let left = count;
    let text = '';
    const end = (error?: Error): void => {
      socket.off('data', take).off('close', lost);
      if (error) fail(error);
      else done();
    };
    const lost = (): void => end(new Error('Expected the server to keep the connection open but it closed it.'));
    const take = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const length = lengthOf(text);
      if (length === undefined || text.length < length) return;
      if (!text.startsWith('HTTP/1.1 200 '))
        return end(new Error(`Expected status 200 but found: ${text.slice(0, 200)}`));
      text = '';
      left -= 1;
      if (left > 0) socket.write(request);
      else end();
    };
    socket.on('data', take).on('close', lost);
    socket.write(request);
  });
}

/** Bytes of the whole answer, undefined as long as its head is not complete. */
function lengthOf(text: string): number | undefined {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head + 2))?.[1];
  if (length === undefined) throw new Error(`Expected a content-length but found: ${text.slice(0, head)}`);
  return head + 4 + Number(length);
}
