import type { OutgoingFault } from '#configuration';
import { readNetwork, type Network } from './addresses.js';

/** One entry of the operator's list of hosts that may be sent to. */
export interface AllowedHost {
  readonly scheme: 'http' | 'https';
  /** In small letters; where `isDomain`, what stands behind `*.`. */
  readonly host: string;
  readonly isDomain: boolean;
  readonly port: number;
  /** Where its addresses have to lie; none: on the public Internet. */
  readonly networks: readonly Network[];
}

const ENTRY = /^(https?):\/\/(\*\.)?(\[[\da-f:.]+\]|[a-z\d](?:[a-z\d.-]*[a-z\d])?)(?::(\d{1,5}))?(?:=(.+))?$/;
const PORTS = { http: 80, https: 443 };

/**
 * Reads a list such as `https://erp.example.org, https://*.gov.example:8443, http://scale.local=10.1.0.0/16+10.2.0.7`.
 * A host on a private network is named with the networks that its addresses have to lie in; a domain cannot be.
 */
export function readAllowedHosts(text: string): { readonly hosts: readonly AllowedHost[]; readonly faulty: string[] } {
  const faulty: string[] = [];
  const entries = text.split(',').flatMap((part) => part.trim() || []);
  const hosts = entries.flatMap((entry) => {
    const host = readEntry(entry);
    if (!host) faulty.push(entry);
    return host ?? [];
  });
  return { hosts, faulty };
}

/**
 * Reads the origins of web hooks: the same entries without domains. An address that the operator names itself may be
 * reached, as there is no name server in between.
 */
export function readOrigins(text: string): { readonly hosts: readonly AllowedHost[]; readonly faulty: string[] } {
  const { hosts, faulty } = readAllowedHosts(text.replaceAll(/\/\s*(?=,|$)/g, ''));
  const domains = hosts.filter(({ isDomain }) => isDomain).map(({ scheme, host }) => `${scheme}://*.${host}`);
  const origins = hosts.filter(({ isDomain }) => !isDomain);
  return { hosts: origins.map(withOwnNetwork), faulty: [...faulty, ...domains] };
}

function withOwnNetwork(host: AllowedHost): AllowedHost {
  const own = host.networks.length === 0 ? readNetwork(host.host.replace(/^\[|\]$/g, '')) : undefined;
  return own ? { ...host, networks: [own] } : host;
}

function readEntry(entry: string): AllowedHost | undefined {
  const found = ENTRY.exec(entry.toLowerCase());
  if (!found) return undefined;
  const [, scheme, wildcard, host = '', portText, networksText] = found;
  if (scheme !== 'http' && scheme !== 'https') return undefined;
  const port = portText === undefined ? PORTS[scheme] : Number(portText);
  const networks = networksText?.split('+').map((part) => readNetwork(part.trim())) ?? [];
  const known = networks.filter((network) => network !== undefined);
  const isDomain = wildcard !== undefined;
  if (port > 65_535 || known.length < networks.length || (isDomain && networks.length > 0)) return undefined;
  if (isDomain && !host.includes('.')) return undefined;
  return { scheme, host, isDomain, port, networks: known };
}

/** The entry that lets something be sent to the address, the exact one first; undefined where there is none. */
export function allowedHost(url: URL, hosts: readonly AllowedHost[]): AllowedHost | undefined {
  const scheme = url.protocol.slice(0, -1);
  if (scheme !== 'http' && scheme !== 'https') return undefined;
  const port = url.port === '' ? PORTS[scheme] : Number(url.port);
  const name = url.hostname.replace(/\.$/, '');
  const fitting = hosts.filter((host) => host.scheme === scheme && host.port === port);
  return (
    fitting.find(({ isDomain, host }) => !isDomain && host === name) ??
    fitting.find(({ isDomain, host }) => isDomain && name.endsWith(`.${host}`))
  );
}

/** What keeps something from being sent to an address, in one sentence; undefined where nothing does. */
export function addressFault(
  address: string,
  hosts: readonly AllowedHost[],
  setting = 'OUTGOING_HOSTS',
): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return 'Expected an http or https address.';
  if (url.username !== '' || url.password !== '')
    return 'Expected an address without user name and password; name a secret of the operator in a header.';
  if (allowedHost(url, hosts)) return undefined;
  return `Expected ${setting} to allow ${url.origin} but it does not. An operator must add it.`;
}

/** The same for the check of a configuration, where a literal address is looked at before anything runs. */
export function outgoingFaultOf(hosts: readonly AllowedHost[]): OutgoingFault {
  return (address) => {
    const fault = addressFault(address, hosts);
    return fault === undefined
      ? undefined
      : [fault, `运维人员的 OUTGOING_HOSTS 没有允许地址“${address}”，运行时会停在这一步。请联系运维人员添加。`];
  };
}
