import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A mail server of a few lines: takes one letter a connection and answers what the spec says to each command. */
export class SmallMailServer {
  readonly letters: string[] = [];
  readonly envelopes: string[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor(private readonly answers: Readonly<Record<string, string>> = {}) {
    this.server = createServer((socket) => this.talk(socket));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    await new Promise<void>((resolve) => void this.server.close(() => resolve()));
  }

  private talk(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    let [isLetter, rest] = [false, ''];
    socket.write('220 small\r\n');
    socket.on('data', (chunk: Buffer) => {
      rest += chunk.toString('utf8');
      for (;;) {
        const end = rest.indexOf(isLetter ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const said = rest.slice(0, end);
        rest = rest.slice(end + (isLetter ? 5 : 2));
        const answer = isLetter ? this.taken(said) : this.answerTo(said);
        isLetter = !isLetter && answer.startsWith('354');
        socket.write(`${answer}\r\n`);
      }
    });
  }

  private taken(letter: string): string {
    this.letters.push(letter);
    return this.answers['.'] ?? '250 taken';
  }

  private answerTo(command: string): string {
    const word = command.slice(0, 4).toUpperCase();
    if (word === 'RCPT' || word === 'MAIL') this.envelopes.push(command);
    return this.answers[word] ?? (word === 'DATA' ? '354 go on' : '250 fine');
  }
}
