import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Act, Stage } from "./act.ts";
import { call, unexpected } from "./calls.ts";
import { advance } from "./clock.ts";
import type { Client } from "./endpoints.ts";
import { facts, remark } from "./page.ts";
import { startReceiver } from "./webhook-receiver.ts";

const Secret = z.looseObject({ secret: z.string() });
const Anything = z.looseObject({});

type Pushed = Stage & { subscriber: string; url: string; receiving: Client; admin: Client };

/** An agency without AWS is sent what happens to it; nothing in a province where none has a webhook. */
export function webhooks(stage: Stage): Act[] {
  const { clients, webhooks: all } = stage.endpoints;
  const [subscriber, url] = Object.entries(all).find(([name]) => name.startsWith("agency:")) ?? [];
  const receiving = Object.values(clients).find(({ agencyId }) => agencyId && subscriber === `agency:${agencyId}`);
  const admin = Object.values(clients).find(({ scope }) => scope === "foad/admin");
  if (!subscriber || !url || !receiving || !admin) return [];
  const play = () => receive({ ...stage, subscriber, url, receiving, admin });
  const title = `A receiver listens for ${subscriber}, and a complaint is filed`;
  return [{ title: "Push", where: "An agency without AWS is posted its events, signed.", steps: [{ title, play }] }];
}

async function receive(stage: Pushed): Promise<void> {
  const { endpoints, subscriber, url, admin } = stage;
  const caller = { who: "the admin", client: admin };
  const path = `/v1/admin/deliveries/${subscriber}` as const;
  const asked = { caller, request: `PUT ${path}/secret`, body: { generation: 1 } } as const;
  const { secret } = await call(endpoints, { ...asked, status: 200, answer: Secret });
  const receiver = await startReceiver({ url, secret });
  // It may have stopped: days have passed in the other acts, and nobody listened.
  const resuming = { caller, request: `POST ${path}/resume`, body: {} } as const;
  await call(endpoints, { ...resuming, status: 200, answer: Anything });
  await file(stage);
  await advance(endpoints, "PT3M");
  const came = receiver.stop();
  facts(["listens at", url]);
  for (const { id, type, genuine } of came)
    facts([genuine ? "genuine" : "forged", type.startsWith("ir.foad.complaint") ? `${type}   ${id}` : type]);
  if (came.length < 2 || came.some(({ genuine }) => !genuine))
    throw unexpected({ expected: "a validation and an event, both genuine", came: JSON.stringify(came) });
  remark("How to receive and verify, in TypeScript and Python: docs/webhooks.md");
}

async function file({ endpoints, frontEnd, receiving }: Pushed): Promise<void> {
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
