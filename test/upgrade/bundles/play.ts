import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { Endpoints } from "#infra/programs/local-cloud/local-cloud.ts";
import { clientSettings } from "#infra/programs/local-cloud/machine/aws-account.ts";
import { agencyInbox } from "../../support/agency-inbox.ts";
import { clientOf } from "../../support/model/acts.ts";
import { beginIssuesAndNotices, type Pursued, pursue, readIssuesAndNotices } from "./issues-and-notices.ts";
import { type Followed, fileOne, lives, take, type World } from "./steps.ts";
import { type Answered, letPass } from "./visitor.ts";

/** What the functions logged as an error, by how often each was logged. */
export function errorsIn(state: string): Record<string, number> {
  const found: Record<string, number> = {};
  for (const file of globSync("*.log", { cwd: join(state, "logs") }))
    for (const [, message = ""] of readFileSync(join(state, "logs", file), "utf8").matchAll(noted))
      found[message] = (found[message] ?? 0) + 1;
  return found;
}

const noted = /"level":"ERROR"[^\n]*?"message":"([^"]+)"/g;

/** Queues of dead letters that hold any, with how many. */
export async function deadLetters({ sqs }: Endpoints): Promise<string[]> {
  const client = new SQSClient({ ...clientSettings, endpoint: sqs });
  const found: string[] = [];
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({ MaxResults: 1_000 }));
  for (const QueueUrl of QueueUrls.filter((url) => /dlq|deadletter/i.test(url))) {
    const AttributeNames = ["ApproximateNumberOfMessages"] as const;
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
    );
    const count = Number(Attributes?.ApproximateNumberOfMessages);
    if (count > 0) found.push(`${count} in ${QueueUrl.split("/").at(-1)}`);
  }
  client.destroy();
  return found;
}

const View = z.object({ version: z.int() });
const Page = z.object({
  items: z.array(z.looseObject({ id: z.string().optional() })),
  nextCursor: z.string().optional(),
});

/** Reads a complaint as everybody who may; returns its version. */
export async function readByAll({ ask, faults }: World, followed: Followed): Promise<number> {
  const { receipt, agencyId, retaliation, life } = followed;
  const { id, secret } = receipt;
  const agency = retaliation ? [] : [{ as: clientOf(agencyId), under: "/agency" }];
  const readers = [{ secret, under: "" }, ...agency, { as: "inspector-1", under: "/inspector" }];
  let version = 0;
  for (const { under, ...reader } of readers)
    for (const part of ["", "/deadlines"]) {
      const answered = await ask({ ...reader, path: `/v1${under}/complaints/${id}${part}` });
      if (answered.status !== 200)
        faults.push(`"${life}" is not read${under}${part}: ${answered.status} ${answered.text}`);
      else if (part === "") version = View.parse(answered.body).version;
    }
  const overseen = await ask({ as: "governor-qazvin", path: `/v1/overseer/complaints/${id}` });
  // One that has not climbed to the governor is none of theirs.
  if (![200, 404].includes(overseen.status)) faults.push(`"${life}" is not read by the governor: ${overseen.text}`);
  return version;
}

const lists: [as: string, path: string][] = [
  ["inspector-1", "/v1/inspector/complaints?queue=disputed"],
  ["inspector-1", "/v1/inspector/complaints?queue=escalated"],
  ["inspector-1", "/v1/inspector/visits"],
  ["governor-qazvin", "/v1/overseer/complaints?limit=100"],
  ["admin", "/v1/admin/deliveries?limit=100"],
  ["admin", "/v1/admin/identity-limits"],
];

/** Reads every list, page after page. */
export async function readLists(world: World, followed: Followed[]): Promise<void> {
  const agencies = new Set(followed.map(({ agencyId }) => agencyId));
  const inboxes = [...agencies].flatMap((agencyId): [string, string][] =>
    ["limit=5", "limit=5&status=closed"].map((query) => [clientOf(agencyId), `/v1/agency/complaints?${query}`]),
  );
  for (const [as, path] of [...lists, ...inboxes]) await readAllPages(world, { as, path, next: "cursor" });
}

/** The ids of all events in the feeds of these agencies and of the front end, read from their beginning. */
export async function readFeeds(world: World, agencies: string[]): Promise<Set<string>> {
  const told = new Set<string>();
  const feeds = agencies.map((agencyId) => ({ as: clientOf(agencyId), path: "/v1/agency/events?limit=20" }));
  for (const feed of feeds) for (const id of await readAllPages(world, { ...feed, next: "after" })) told.add(id);
  await readAllPages(world, { as: "call-centre-128", path: "/v1/front-end/events?limit=20", next: "after" });
  return told;
}

type Listing = { as: string; path: string; next: "cursor" | "after" };

async function readAllPages({ ask, faults }: World, { as, path, next }: Listing): Promise<string[]> {
  const ids: string[] = [];
  for (let from: string | undefined = ""; from !== undefined; ) {
    const answered: Answered = await ask({ as, path: from ? `${path}&${next}=${encodeURIComponent(from)}` : path });
    if (answered.status !== 200) {
      faults.push(`${path} of ${as}: ${answered.status} ${answered.text}`);
      return ids;
    }
    const page: z.infer<typeof Page> = Page.parse(answered.body);
    ids.push(...page.items.flatMap(({ id }) => id ?? []));
    from = page.nextCursor;
  }
  return ids;
}

/** What one release's code leaves to the other's. */
export type Left = { followed: Followed[]; pursued: Pursued[] };

/**
 * Files a complaint for each life, begins each issue and notice, and takes them to where they are left to the other code. What this
 * code cannot do, being too old, is told, and its life left out.
 */
export async function begin(world: World): Promise<Left> {
  const followed: Followed[] = [];
  const named = Object.entries(lives);
  const start = async (chosen: typeof named) => {
    for (const [life, { first, retaliationFor }] of chosen) {
      const one = await fileOne(world, { life, about: followed.find((other) => other.life === retaliationFor) });
      followed.push(one);
      for (const step of first) await take(world, one, step);
      const refused = world.faults.splice(0);
      for (const fault of refused) world.say(`left out: ${fault}`);
      if (refused.length > 0) followed.pop();
    }
  };
  await start(named.filter(([, { late }]) => late));
  await letPass(world.endpoints, "P10D");
  await start(named.filter(([, { late }]) => !late));
  const pursued = await beginIssuesAndNotices(world);
  await letPass(world.endpoints, "PT1M");
  return { followed, pursued };
}

/** Continues the complaints, issues and notices of the other release's code. At the end each complaint is closed or has reached the top level. */
export async function goOn(world: World, { followed, pursued, state }: Left & { state: string }) {
  const before = { errors: errorsIn(state), versions: await readAll(world, followed), mails: await mails(world) };
  for (const one of followed) for (const step of lives[one.life]?.next ?? []) await take(world, one, step);
  const steps = await pursue(world, pursued);
  await letPass(world.endpoints, "P40D");
  await readIssuesAndNotices(world, pursued);
  const versions = await readAll(world, followed);
  const events = followed.filter(isInformed).flatMap(({ receipt: { id } }) => idsOf(id, versions.get(id) ?? 0));
  await expectTold(world, events);
  const parked = await world.ask({ as: "admin", path: "/v1/admin/deliveries" });
  if (!parked.text.includes('"items":[]')) world.faults.push(`undelivered: ${parked.text}`);
  for (const queue of await deadLetters(world.endpoints)) world.faults.push(`dead letters: ${queue}`);
  for (const [message, times] of Object.entries(errorsIn(state)))
    if (times > (before.errors[message] ?? 0)) world.faults.push(`logged ${times} times: ${message}`);
  const moved = [...versions].filter(([id, version]) => version > (before.versions.get(id) ?? 0)).length;
  const sent = (await mails(world)) - before.mails;
  if (sent <= 0) world.faults.push("nobody was mailed");
  return {
    complaints: followed.length,
    "moved by this code": moved,
    "events of agencies": events.length,
    "issues and notices": pursued.length,
    "their events by this code": steps,
    mails: sent,
  };
}

/** Of a report of retaliation no agency is told. */
const isInformed = ({ retaliation }: Followed) => !retaliation;
const idsOf = (id: string, version: number) => Array.from({ length: version }, (_, n) => `${id}/${n + 1}`);

async function readAll(world: World, followed: Followed[]): Promise<Map<string, number>> {
  await readLists(world, followed);
  const versions = new Map<string, number>();
  for (const one of followed) versions.set(one.receipt.id, await readByAll(world, one));
  return versions;
}

/** Each event stands in an agency's queue and in an agency's feed, whichever code wrote it. */
async function expectTold(world: World, events: string[]): Promise<void> {
  const inbox = agencyInbox(world.endpoints);
  const found = await inbox.receiveEverywhere();
  inbox.close();
  const queued = new Set(Object.values(found).flatMap((all) => all.map(({ event }) => event.id)));
  const fed = await readFeeds(world, Object.keys(found));
  world.faults.push(...events.filter((id) => !queued.has(id)).map((id) => `${id} is in no queue`));
  world.faults.push(...events.filter((id) => !fed.has(id)).map((id) => `${id} is in no feed`));
}

async function mails({ endpoints }: World): Promise<number> {
  const all: unknown = await (await fetch(endpoints.mail)).json();
  return Array.isArray(all) ? all.length : 0;
}
