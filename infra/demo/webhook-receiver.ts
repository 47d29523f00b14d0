import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import * as z from "zod";

type Came = { id: string; type: string; genuine: boolean };

const Event = z.object({ id: z.string(), type: z.string() });

/** Listens where the local cloud posts a webhook to, takes and verifies what comes, and tells of it once `stop` is called. */
export async function startReceiver({ url, secret }: { url: string; secret: string }) {
  const { port, pathname } = new URL(url);
  const came: Came[] = [];
  const take = async (request: IncomingMessage) => {
    const body = await text(request);
    // The other webhooks of this machine are posted to the same port.
    if (request.url === pathname)
      came.push({ ...Event.parse(JSON.parse(body)), genuine: isGenuine(request, body, secret) });
  };
  const server = createServer((request, response) => {
    const answer = (status: number) => response.writeHead(status).end();
    take(request).then(
      () => answer(204),
      () => answer(400),
    );
  }).listen(Number(port), "127.0.0.1");
  await once(server, "listening");
  return {
    stop(): Came[] {
      server.close();
      server.closeAllConnections();
      return came;
    },
  };
}

function isGenuine({ headers }: IncomingMessage, body: string, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = createHmac("sha256", key).update(signed).digest();
  return String(headers["webhook-signature"])
    .split(" ")
    .map((signature) => Buffer.from(signature.replace(/^v1,/, ""), "base64"))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
