import * as z from "zod";

const Endpoint = z.looseObject({ ip4: z.string().optional(), ip6: z.string().optional(), port: z.number() });
const Handle = z.looseObject({
  type: z.string(),
  localEndpoint: Endpoint.nullish(),
  remoteEndpoint: Endpoint.nullish(),
});
const Report = z.looseObject({ libuv: z.array(z.unknown()) });
const Listener = Handle.extend({ localEndpoint: Endpoint, remoteEndpoint: z.null().optional() });

/** Where this process listens, as Node itself reports it: address and port of every server, whoever opened it. */
export function openListeners(): { address: string; port: number }[] {
  if (!process.report) throw new Error("this Node gives no report");
  // Or it would ask a name server who the addresses are.
  Object.assign(process.report, { excludeNetwork: true });
  return Report.parse(process.report.getReport()).libuv.flatMap((handle) => {
    const listener = Listener.safeParse(handle);
    if (!listener.success || listener.data.type !== "tcp") return [];
    const { ip4, ip6, port } = listener.data.localEndpoint;
    return [{ address: ip4 ?? ip6 ?? "", port }];
  });
}
