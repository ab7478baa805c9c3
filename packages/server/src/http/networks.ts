import { isIP } from "node:net";

/** A network that an address is in, and how many times the allowance of the narrowest one it has. */
export interface Network {
  name: string;
  allowance: number;
  /** Too wide to be shut, as too many others are in it: its use says only who comes first. */
  neverShut?: true;
}

/**
 * The networks that an address is counted by, the narrowest first. Whoever has one address of IPv6 has a network of 64
 * bits (RFC 6177), and a customer often one of 56 or 48: the wider ones are counted too, more generously, as others may
 * be in them. An address of IPv4 is counted by itself and with its 255 neighbours. The last is a provider's.
 */
export function networksOf(ip: string): Network[] {
  const address = withoutPort(ip);
  const groups = groupsOf(address);
  if (!groups) {
    const [a, b, c] = /^(\d+)\.(\d+)\.(\d+)\.\d+$/.exec(address)?.slice(1) ?? [];
    const narrow = { name: address, allowance: 1 };
    if (c === undefined) return [narrow];
    return [
      narrow,
      { name: `${a}.${b}.${c}.0/24`, allowance: 4 },
      { name: `${a}.${b}.0.0/16`, allowance: 64, neverShut: true },
    ];
  }
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return networksOf(
      groups
        .slice(6)
        .flatMap((group) => [group >> 8, group & 0xff])
        .join("."),
    );
  const first = (bits: number) => {
    const kept = groups.slice(0, Math.ceil(bits / 16));
    if (bits % 16 !== 0) kept.push((kept.pop() ?? 0) & (0xffff << (16 - (bits % 16))));
    return `${kept.map((group) => group.toString(16)).join(":")}/${bits}`;
  };
  return [
    { name: first(64), allowance: 1 },
    { name: first(56), allowance: 4 },
    { name: first(48), allowance: 8 },
    { name: first(32), allowance: 64, neverShut: true },
  ];
}

/** The narrowest of them. */
export const networkOf = (ip: string): string => networksOf(ip)[0]?.name ?? ip;

/** The name of a network of 64 bits as networks of IPv6 are written (RFC 5952); any other as it is. */
export function asWritten(name: string): string {
  const groups = /^([^:/]+(?::[^:/]+){3})\/64$/.exec(name)?.[1];
  return groups === undefined ? name : `${groups.replace(/(^|:)0(:0)*$/, "")}::/64`;
}

/** Some proxies write the port, too; each connection would be a network of its own. */
const withoutPort = (ip: string): string => /^\[(.*)\](?::\d+)?$|^([\d.]+):\d+$/.exec(ip)?.slice(1).find(Boolean) ?? ip;

/** Whether this is an address, perhaps with a port. */
export const isAddress = (ip: string): boolean => isIP(withoutPort(ip)) !== 0;

/** The eight groups of an address of IPv6, in any of its spellings (RFC 4291, 2.2); `undefined` for anything else. */
function groupsOf(ip: string): number[] | undefined {
  const [address = ""] = ip.split("%", 1);
  if (!address.includes(":")) return undefined;
  const ofIpv4 = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  if (ofIpv4) {
    const [, head = "", ...bytes] = ofIpv4;
    const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number);
    return groupsOf(`${head}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`);
  }
  const [head = [], tail] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0");
  const groups = [...head, ...zeros, ...(tail ?? [])].map((group) => Number.parseInt(group, 16));
  return groups.length === 8 && groups.every((group) => group >= 0 && group <= 0xffff) ? groups : undefined;
}
