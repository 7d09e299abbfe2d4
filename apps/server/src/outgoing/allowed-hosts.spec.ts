import { describe, expect, it } from '@jest/globals';
import { mayReach, readNetwork } from './addresses.js';
import { addressFault, readAllowedHosts } from './allowed-hosts.js';

const allows = (list: string, address: string): boolean =>
  addressFault(address, readAllowedHosts(list).hosts) === undefined;

describe('list of hosts that may be sent to', () => {
  it.each([
    ['https://erp.example.org', 'https://erp.example.org/api?x=1', true],
    ['https://erp.example.org', 'https://ERP.example.org:443/', true],
    ['https://erp.example.org', 'https://erp.example.org./', true],
    ['https://erp.example.org', 'http://erp.example.org/', false],
    ['https://erp.example.org', 'https://erp.example.org:8443/', false],
    ['https://erp.example.org:8443', 'https://erp.example.org:8443/', true],
    ['https://erp.example.org', 'https://erp.example.org.evil.net/', false],
    ['https://*.example.org', 'https://a.b.example.org/', true],
    ['https://*.example.org', 'https://example.org/', false],
    ['https://*.example.org', 'https://evilexample.org/', false],
    ['https://a.org, http://b.org', 'http://b.org/', true],
    ['http://scale.local=10.1.0.0/16+10.2.0.7', 'http://scale.local/', true],
    ['http://[::1]:8080=::1', 'http://[::1]:8080/', true],
    ['', 'https://erp.example.org/', false],
  ])('%s lets %s be reached: %s', (list, address, expected) => {
    expect(allows(list, address)).toBe(expected);
  });

  it.each(['erp.example.org', 'ftp://a.org', 'https://a.org/path', 'https://u:p@a.org', 'https://*', 'https://*.org'])(
    'refuses the entry %s',
    (entry) => {
      expect(readAllowedHosts(`https://b.org, ${entry}`).faulty).toEqual([entry]);
    },
  );

  it.each(['https://a.org=10.0.0.0/33', 'https://a.org=here', 'https://*.a.org=10.0.0.0/8', 'https://a.org:99999'])(
    'refuses the entry %s',
    (entry) => {
      expect(readAllowedHosts(entry).faulty).toEqual([entry]);
    },
  );

  it.each(['file:///etc/passwd', 'gopher://a.org', 'nothing', 'https://user:pass@a.org/'])(
    'never allows %s',
    (address) => {
      expect(allows('https://a.org', address)).toBe(false);
    },
  );
});

describe('addresses that may be reached', () => {
  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '100.64.1.1',
    '169.254.169.254',
    '172.31.0.1',
    '192.168.1.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:8.8.8.8',
    '::ffff:10.0.0.1',
    'fe80::1',
    'fe80::1%eth0',
    'fd00::1',
    'ff02::1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    'no address',
  ])('%s is none without a network of the operator', (address) => {
    expect(mayReach(address, [])).toBe(false);
  });

  it.each(['8.8.8.8', '114.114.114.114', '2400:3200::1'])('%s is one', (address) => {
    expect(mayReach(address, [])).toBe(true);
  });

  it('are those of the networks alone where some are named', () => {
    const networks = [readNetwork('10.1.0.0/16')!, readNetwork('fd00::7')!];

    const reached = ['10.1.2.3', '10.2.0.1', '8.8.8.8', 'fd00::7', 'fd00::8'].map((one) => mayReach(one, networks));

    expect(reached).toEqual([true, false, false, true, false]);
  });
});
