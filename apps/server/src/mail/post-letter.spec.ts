import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SmallMailServer } from '../../../../test/support/small-mail-server.js';
import { postLetter } from './post-letter.js';

const letter = {
  to: 'handler@example.org',
  subject: '【某单位】有新的通知：督办',
  text: '请登录查看：\nhttps://desk.example.org/work\n',
  idempotencyKey: 'notice-42-7',
};

describe('letter by SMTP', () => {
  let server: SmallMailServer;
  let url: string;
  const start = async (answers?: Record<string, string>): Promise<void> => {
    server = new SmallMailServer(answers);
    url = await server.listen();
  };
  const post = (change: Partial<typeof letter> = {}) =>
    postLetter({ ...letter, ...change }, { url, from: 'desk@example.org', timeoutMs: 3_000 });

  beforeEach(() => start());
  afterEach(() => server.close());

  it('reaches the server with one receiver, and a Message-ID that is the same at a second attempt', async () => {
    expect(await post()).toEqual({ ok: true });
    expect(await post()).toEqual({ ok: true });

    expect(server.envelopes.filter((line) => line.startsWith('RCPT'))).toEqual([
      'RCPT TO:<handler@example.org>',
      'RCPT TO:<handler@example.org>',
    ]);
    expect(server.letters.map((text) => /^Message-ID: (.*)$/im.exec(text)?.[1])).toEqual([
      '<notice-42-7@example.org>',
      '<notice-42-7@example.org>',
    ]);
    expect(server.letters[0]).toMatch(/^Auto-Submitted: auto-generated$/im);
  });

  it('takes no header and no receiver from a line break in what it is given', async () => {
    await post({ subject: '通知\r\nBcc: thief@example.org', to: 'handler@example.org\r\nRCPT TO:<thief@example.org>' });

    const heads = server.letters.map((text) => text.slice(0, text.indexOf('\r\n\r\n')));
    expect(heads.filter((head) => /^bcc:/im.test(head))).toEqual([]);
    expect(server.envelopes.filter((line) => line.startsWith('RCPT TO:<thief'))).toEqual([]);
  });

  it('is final where the server refuses for good, and passes where it is busy', async () => {
    await server.close();
    await start({ RCPT: '550 nobody of that name' });
    const refused = await post();
    await server.close();
    await start({ '.': '451 later' });
    const busy = await post();

    expect(refused).toEqual({ ok: false, message: expect.stringContaining('550'), isFinal: true });
    expect(busy).toEqual({ ok: false, message: expect.stringContaining('451'), isFinal: false });
  });

  it('tells neither address nor password where nobody listens', async () => {
    const { port } = new URL(url);
    await server.close();

    const result = await postLetter(letter, { url: `smtp://desk:s3cret@127.0.0.1:${port}`, from: 'desk@example.org' });
    await start();

    expect(result).toMatchObject({ ok: false, message: expect.stringMatching(/not \(E[A-Z]+\)\.$/) });
    expect(JSON.stringify(result)).not.toMatch(/s3cret|127\.0\.0\.1/);
  });
});
