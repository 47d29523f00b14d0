import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** An address at which nobody answers until `comeBack`; from then on whoever answers at the other one. */
export async function away(from: string) {
  const { hostname, port } = new URL(from);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const one of [near, far]) open.add(one.on("error", () => near.destroy()));
    near.pipe(far).pipe(near);
  });
  const listen = async (at: number) => {
    await once(server.listen(at, "127.0.0.1"), "listening");
    return Number(Object(server.address()).port);
  };
  const own = await listen(0);
  await new Promise((resolve) => server.close(resolve));
  return {
    url: `http://127.0.0.1:${own}`,
    comeBack: () => listen(own),
    close() {
      server.close();
      for (const one of open) one.destroy();
    },
  };
}
