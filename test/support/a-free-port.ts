import { once } from "node:events";
import { createServer } from "node:net";
import * as z from "zod";

/** A port on the loopback that nobody listens on. */
export async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const taken = z.object({ port: z.number() }).parse(server.address());
  server.close();
  await once(server, "close");
  return taken.port;
}
