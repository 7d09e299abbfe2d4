import { describe, expect, it } from '@jest/globals';
import { readAllowedHosts } from '../outgoing/allowed-hosts.js';
import { webhookTarget } from './webhook-target.js';

const { hosts } = readAllowedHosts('https://erp.example.org');

describe('target of a webhook', () => {
  it('is an address whose origin the operator named', () => {
    const target = webhookTarget('https://erp.example.org/hooks?kind=case', hosts);

    expect(target).toMatchObject({ url: expect.objectContaining({ pathname: '/hooks' }) });
  });

  it.each([
    ['nothing allowed', 'https://erp.example.org/', [], /WEBHOOK_ORIGINS .* not set/],
    ['another host', 'https://erp.example.org.evil.net/', hosts, /does not/],
    ['another port', 'https://erp.example.org:8443/', hosts, /does not/],
    ['another scheme', 'http://erp.example.org/', hosts, /does not/],
    ['no web address', 'file:///etc/passwd', hosts, /http or https/],
    ['no address', 'erp', hosts, /http or https/],
    ['a password in it', 'https://li:secret@erp.example.org/', hosts, /neither user name nor password/],
  ])('is refused for %s', (_, address, allowed, sentence) => {
    expect(webhookTarget(address, allowed)).toEqual({ fault: expect.stringMatching(sentence) });
  });
});
