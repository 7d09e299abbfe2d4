import { BlockList, isIP } from 'node:net';

/**
 * What is no place on the public Internet: this machine, private and shared networks, links, multicast, documentation,
 * and IPv6 prefixes that carry an IPv4 address inside. Source: IANA special-purpose address registries (RFC 6890).
 */
const SPECIAL: readonly (readonly [address: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
];

const special = SPECIAL.map(([address, prefix]) => ({ address, prefix }));

/** A network such as `10.1.0.0/16` or one address; undefined where it is none. */
export interface Network {
  readonly address: string;
  readonly prefix: number;
}

export function readNetwork(text: string): Network | undefined {
  const [address = '', prefixText, ...rest] = text.split('/');
  const family = isIP(address);
  const longest = family === 6 ? 128 : 32;
  const prefix = prefixText === undefined ? longest : Number(prefixText);
  const isPrefix = prefixText === undefined || /^\d{1,3}$/.test(prefixText);
  return family !== 0 && rest.length === 0 && isPrefix && prefix <= longest ? { address, prefix } : undefined;
}

/** Whether something may be sent to an address: inside the networks where some are named, else on the public Internet. */
export function mayReach(address: string, networks: readonly Network[]): boolean {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIP(plain);
  if (family === 0) return false;
  if (networks.length === 0) return !liesIn(plain, special);
  return liesIn(plain, networks);
}

/** Each family by itself: in a common list an IPv4 address counts as the IPv6 address that carries it. */
function liesIn(address: string, networks: readonly Network[]): boolean {
  const family = isIP(address);
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  for (const network of networks)
    if (isIP(network.address) === family) list.addSubnet(network.address, network.prefix, kind);
  return list.check(address, kind);
}
