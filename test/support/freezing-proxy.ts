import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a server and its database, and can fall silent as a frozen machine does: connections stay open and unanswered. */
export interface FreezingProxy {
  readonly port: number;
  freeze(): void;
  /** Lets what is connected and what comes go on. */
  thaw(): void;
  close(): Promise<void>;
}

/** Listens on a free port of this machine and passes everything on to `target`. */
export async function startFreezingProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<FreezingProxy> {
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const hold = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    if (isFrozen) socket.pause();
    return socket;
  };
  const pass = (from: Socket, to: Socket) => {
    from.on('data', (bytes) => to.write(bytes));
    from.on('close', () => to.destroy());
    if (isFrozen) from.pause();
  };
  const server = createServer((client) => {
    const database = hold(connect(target));
    hold(client);
    pass(client, database);
    pass(database, client);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    freeze: () => {
      isFrozen = true;
      sockets.forEach((socket) => socket.pause());
    },
    thaw: () => {
      isFrozen = false;
      sockets.forEach((socket) => socket.resume());
    },
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((closed) => server.close(closed));
    },
  };
}
