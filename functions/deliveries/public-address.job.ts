import { type LookupAddress, lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/**
 * The address on this machine that stands in for a public one in the local cloud: the real host is the first part of its
 * path. Accepts the loopback address alone: a wrong value of `variable` must not send anything to another host.
 */
export function localTarget(stand: string, { variable, url }: { variable: string; url: URL }): URL {
  if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(stand)) throw new Error(`${variable} must be on 127.0.0.1`);
  return new URL(`${stand}/${url.host}${url.pathname}`);
}

/** Node looks up no name for a URL that has an IP address as its host, so `publicLookup` does not see that address. */
export function refuseNonPublicTarget({ protocol, hostname, port, username }: URL): void {
  const address = hostname.replace(/^\[|\]$/g, "");
  const isNonPublicAddress = isIP(address) !== 0 && !isPublic(address);
  if (protocol !== "https:" || port || username || isNonPublicAddress) throw notPublicError(hostname);
}

/** The ranges in IANA's registries of special-purpose addresses that do not lead to one public host. */
const nonPublicV4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const;
/**
 * Global unicast is `2000::/3`. These ranges of it are not public hosts: they carry IPv4 addresses (Teredo, 6to4) or are
 * reserved for protocols and documentation.
 */
const nonPublicV6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const nonPublicAddresses = new BlockList();
for (const [net, prefix] of nonPublicV4) nonPublicAddresses.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of nonPublicV6) nonPublicAddresses.addSubnet(net, prefix, "ipv6");
const unicast = new BlockList();
unicast.addSubnet("2000::", 3, "ipv6");

/** Whether an address is that of a public host. Mapped, translated, shared, link-local and private addresses are not. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !nonPublicAddresses.check(address, "ipv4");
  return family === 6 && unicast.check(address, "ipv6") && !nonPublicAddresses.check(address, "ipv6");
}

/** The code of the error that refuses an address which is not public. */
export const notPublicCode = "ENOTPUBLIC";

function notPublicError(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${host} has no public address`), { code: notPublicCode });
}

type LookupAll = (
  host: string,
  options: { all: true },
  found: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A lookup that gives a connection only the public addresses of a name. The connection uses the addresses that were checked
 * here, so a name that leads to another address at its next lookup (DNS rebinding) gains nothing.
 */
export function publicLookup(resolve: LookupAll = lookup): LookupFunction {
  return (host, { all }, found) =>
    resolve(host, { all: true }, (error, addresses) => {
      const publicOnes = error ? [] : addresses.filter(({ address }) => isPublic(address));
      const [first] = publicOnes;
      if (!first) return found(error ?? notPublicError(host), "");
      return all ? found(null, publicOnes) : found(null, first.address, first.family);
    });
}
