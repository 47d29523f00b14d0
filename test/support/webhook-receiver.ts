import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import * as z from "zod";
import type { TheLocalCloud } from "./the-local-cloud.ts";

const Event = z.looseObject({ id: z.string(), type: z.string(), data: z.record(z.string(), z.unknown()) });

/** What came, how it was signed, and how far the sender's clock was from the cloud's. */
export type Received = {
  event: z.infer<typeof Event>;
  body: string;
  id: string;
  sentAt: Date;
  signatures: string[];
  lateMs: number;
};

export type Answering = (request: IncomingMessage, response: ServerResponse) => unknown;
export const acceptEvent: Answering = (_, response) => response.writeHead(204).end();
export const answers =
  (status: number, headers: Record<string, string> = {}): Answering =>
  (_, response) =>
    response.writeHead(status, headers).end();

/** Stands where a local cloud posts its webhooks to; `answer` says how it does from now on. */
export function webhookReceiver({ endpoints, clock }: Pick<TheLocalCloud, "endpoints" | "clock">) {
  const all = new Map<string, Received[]>();
  let answering = acceptEvent;
  let isAway = false;
  let server: Server | undefined;

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { "webhook-id": id, "webhook-timestamp": seconds, "webhook-signature": signature } = request.headers;
    const sentAt = new Date(Number(seconds) * 1_000);
    const received = { event: Event.parse(JSON.parse(body)), body, id: String(id), sentAt };
    const list = all.get(request.url ?? "") ?? [];
    all.set(request.url ?? "", list);
    list.push({ ...received, signatures: String(signature).split(" "), lateMs: clock.now() - sentAt.getTime() });
    answering(request, response);
  }

  return {
    /** Everything that was posted to a webhook, in order. */
    of: (subscriber: string) => all.get(new URL(endpoints.webhooks[subscriber] ?? "").pathname) ?? [],
    paths: () => [...all.keys()],
    answer: (how: Answering) => {
      answering = how;
    },
    async listen() {
      const { port } = new URL(Object.values(endpoints.webhooks)[0] ?? "");
      server = createServer((request, response) => void receive(request, response)).listen(Number(port), "127.0.0.1");
      server.on("connection", (socket) => isAway && socket.destroy());
      await once(server, "listening");
    },
    /** Reaches nobody until it is back. The port stays taken meanwhile: another cloud might choose it. */
    leave() {
      isAway = true;
      server?.closeAllConnections();
    },
    comeBack() {
      isAway = false;
    },
    async close() {
      server?.closeAllConnections();
      await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
      server = undefined;
    },
  };
}
