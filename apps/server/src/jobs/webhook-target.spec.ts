import { describe, expect, it } from '@jest/globals';
import { webhookTarget } from './webhook-target.js';

const origins = ['https://erp.example.org'];

describe('target of a webhook', () => {
  it('is an address whose origin the operator named', () => {
    const target = webhookTarget('https://erp.example.org/hooks?kind=case', origins);

    expect(target).toMatchObject({ url: expect.objectContaining({ pathname: '/hooks' }) });
  });

  it.each([
    ['nothing allowed', 'https://erp.example.org/', [], /WEBHOOK_ORIGINS .* not set/],
    ['another host', 'https://erp.example.org.evil.net/', origins, /does not/],
    ['another port', 'https://erp.example.org:8443/', origins, /does not/],
    ['another scheme', 'http://erp.example.org/', origins, /does not/],
    ['no web address', 'file:///etc/passwd', origins, /http or https/],
    ['no address', 'erp', origins, /http or https/],
    ['a password in it', 'https://li:secret@erp.example.org/', origins, /neither user name nor password/],
  ])('is refused for %s', (_, address, allowed, sentence) => {
    expect(webhookTarget(address, allowed)).toEqual({ fault: expect.stringMatching(sentence) });
  });
});
