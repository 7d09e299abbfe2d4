import { describe, expect, it } from '@jest/globals';
import { filled, isMailAddress } from './letter.js';

const values = { organization: '某单位', title: '督办', caseNo: 'DB-2026-001', link: 'https://desk.example.org/work' };

describe('letter', () => {
  it('is the template with its names filled in', () => {
    const template = { subject: '【{{organization}}】有新的通知：{{title}}', text: '件号 {{caseNo}}\n{{link}}\n' };

    expect(filled(template, values)).toEqual({
      subject: '【某单位】有新的通知：督办',
      text: '件号 DB-2026-001\nhttps://desk.example.org/work\n',
    });
  });

  it('keeps what a value says on one line', () => {
    const title = '督办\r\nBcc: thief@example.org\u2028x';

    expect(filled({ subject: '{{title}}', text: '{{title}}' }, { ...values, title })).toEqual({
      subject: '督办 Bcc: thief@example.org x',
      text: '督办 Bcc: thief@example.org x',
    });
  });

  it.each(['a@example.org', 'first.last+desk@mail.example.org'])('takes the address %s', (address) => {
    expect(isMailAddress(address)).toBe(true);
  });

  it.each([
    '',
    'a',
    'a@b',
    'a@example.org, b@example.org',
    'A <a@example.org>',
    'a@example.org\nx',
    '"a b"@example.org',
  ])('refuses %j', (address) => {
    expect(isMailAddress(address)).toBe(false);
  });
});
