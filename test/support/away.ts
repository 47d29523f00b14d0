import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { aFreePort } from "./a-free-port.ts";

/** An address at which nobody answers until `comeBack`; from then on whoever answers at the other one. */
export async function away(from: string) {
  const { hostname, port } = new URL(from);
  const own = await aFreePort();
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const one of [near, far]) open.add(one.on("error", () => near.destroy()));
    near.pipe(far).pipe(near);
  });
  return {
    url: `http://127.0.0.1:${own}`,
    comeBack: () => once(server.listen(own, "127.0.0.1"), "listening"),
    close() {
      server.close();
      for (const one of open) one.destroy();
    },
  };
}
