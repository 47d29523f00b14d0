import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import * as z from "zod";
import type { Chapter, DemoContext } from "./act.ts";
import { advance, type Client, call, unexpected } from "./calls.ts";
import { printFacts, printRemark } from "./terminal.ts";

type ReceivedRequest = { id: string; type: string; genuine: boolean };

const Event = z.object({ id: z.string(), type: z.string() });

/** Listens at a webhook's local address, and verifies each request. `stop` returns the received requests. */
async function startReceiver({ url, secret }: { url: string; secret: string }) {
  const { port, pathname } = new URL(url);
  const received: ReceivedRequest[] = [];
  const receive = async (request: IncomingMessage) => {
    const body = await text(request);
    // The local cloud posts all webhooks to the same port.
    if (request.url === pathname)
      received.push({ ...Event.parse(JSON.parse(body)), genuine: isGenuine(request, body, secret) });
  };
  const server = createServer((request, response) => {
    const answer = (status: number) => response.writeHead(status).end();
    receive(request).then(
      () => answer(204),
      () => answer(400),
    );
  }).listen(Number(port), "127.0.0.1");
  await once(server, "listening");
  return {
    stop(): ReceivedRequest[] {
      server.close();
      server.closeAllConnections();
      return received;
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

const Secret = z.looseObject({ secret: z.string() });
const Anything = z.looseObject({});

type WebhookContext = DemoContext & { subscriber: string; url: string; receiving: Client; admin: Client };

/** An agency without AWS gets its events by webhook. Returns no chapter if no agency of the province has a webhook. */
export function webhookChapters(demoContext: DemoContext): Chapter[] {
  const { clients, webhooks: all } = demoContext.endpoints;
  const [subscriber, url] = Object.entries(all).find(([name]) => name.startsWith("agency:")) ?? [];
  const receiving = Object.values(clients).find(({ agencyId }) => agencyId && subscriber === `agency:${agencyId}`);
  const admin = Object.values(clients).find(({ scope }) => scope === "foad/admin");
  if (!subscriber || !url || !receiving || !admin) return [];
  const play = () => receiveEvents({ ...demoContext, subscriber, url, receiving, admin });
  const title = `A receiver listens for ${subscriber}, and a complaint is filed`;
  return [{ title: "Push", where: "An agency without AWS is posted its events, signed.", steps: [{ title, play }] }];
}

async function receiveEvents(demoContext: WebhookContext): Promise<void> {
  const { endpoints, subscriber, url, admin } = demoContext;
  const caller = { who: "the admin", client: admin };
  const path = `/v1/admin/webhooks/${subscriber}` as const;
  const asked = { caller, request: `PUT ${path}/secret`, body: { secretVersion: 1 } } as const;
  const { secret } = await call(endpoints, { ...asked, status: 200, answer: Secret });
  const receiver = await startReceiver({ url, secret });
  // The webhook may have stopped: days have passed in the other chapters, and nothing listened.
  const resuming = { caller, request: `POST ${path}/resume`, body: {} } as const;
  await call(endpoints, { ...resuming, status: 200, answer: Anything });
  await file(demoContext);
  await advance(endpoints, "PT3M");
  const received = receiver.stop();
  printFacts(["listens at", url]);
  for (const { id, type, genuine } of received)
    printFacts([genuine ? "genuine" : "forged", type.startsWith("ir.foad.complaint") ? `${type}   ${id}` : type]);
  if (received.length < 2 || received.some(({ genuine }) => !genuine))
    throw unexpected({ expected: "a validation and an event, both genuine", received: JSON.stringify(received) });
  printRemark("How to receive and verify, in TypeScript and Python: docs/webhooks.md");
}

async function file({ endpoints, frontEnd, receiving }: WebhookContext): Promise<void> {
  const { agencyId, countyIds: [countyId] = [] } = receiving;
  const description = "سه روز است که نوبت می‌گیرم و کسی پاسخ نمی‌دهد.";
  await call(endpoints, {
    caller: { who: frontEnd.clientId, client: frontEnd },
    request: "POST /v1/complaints",
    body: { agencyId, countyId, channel: frontEnd.channel, category: "postponed-without-reason", description },
    key: `demo-${randomUUID()}`,
    status: 201,
    answer: Anything,
  });
}
