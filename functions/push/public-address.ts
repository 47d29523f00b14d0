import { type LookupAddress, lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Of IANA's registries of special-purpose addresses, whatever leads elsewhere than to the one public host. */
const closedV4 = [
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
/** Global unicast is `2000::/3`; these of it hold IPv4 addresses (Teredo, 6to4) or are for protocols and documents. */
const closedV6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const closed = new BlockList();
for (const [net, prefix] of closedV4) closed.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of closedV6) closed.addSubnet(net, prefix, "ipv6");
const unicast = new BlockList();
unicast.addSubnet("2000::", 3, "ipv6");

/** Whether an address is some public host's; mapped, translated, shared, link-local and private ones are not. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed.check(address, "ipv4");
  return family === 6 && unicast.check(address, "ipv6") && !closed.check(address, "ipv6");
}

export const notPublic = "ENOTPUBLIC";

export function refusal(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${host} has no public address`), { code: notPublic });
}

type Resolve = (
  host: string,
  options: { all: true },
  found: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Gives a connection only public addresses of a name. It connects to what was checked here, so a name that leads
 * elsewhere the next time it is asked for finds nothing.
 */
export function publicLookup(resolve: Resolve = lookup): LookupFunction {
  return (host, { all }, found) =>
    resolve(host, { all: true }, (error, addresses) => {
      const open = error ? [] : addresses.filter(({ address }) => isPublic(address));
      const [first] = open;
      if (!first) return found(error ?? refusal(host), "");
      return all ? found(null, open) : found(null, first.address, first.family);
    });
}
