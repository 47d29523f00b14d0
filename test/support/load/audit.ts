import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Endpoints } from "#infra/programs/local-cloud/local-cloud.ts";
import { complaintKey, eventKey, eventPrefix, headKey } from "#shared/runtime/keys.ts";
import { agencyInbox, type Received } from "../agency-inbox.ts";
import { type Filed, fetchToken } from "./load.ts";

const Engine = z.object({ command: z.string().regex(/^-port \d+$/) });
const identity = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };

const Item = z.looseObject({ pk: z.string(), sk: z.string() });
type Item = z.infer<typeof Item>;

/** A complaint as the table holds it. */
export type Stored = { id: string; version: number; events: number[]; keyMac: string; hasText: boolean };

/** Every complaint in the table of a running local cloud, past the API. */
export async function storedComplaints(state: string): Promise<Stored[]> {
  const partitions = Map.groupBy(await complaintItems(state), ({ pk }) => pk);
  return [...partitions].flatMap(([pk, items]) =>
    pk.startsWith(complaintKey("")) ? [storedComplaint(pk, items)] : [],
  );
}

function storedComplaint(pk: string, items: Item[]): Stored {
  const of = (sk: string) => items.find((item) => item.sk === sk);
  const events = items
    .filter(({ sk }) => sk.startsWith(eventPrefix))
    .map(({ sk }) => Number(sk.slice(eventPrefix.length)));
  return {
    id: pk.slice(complaintKey("").length),
    version: z.int().catch(0).parse(of(headKey)?.version),
    events: events.sort((a, b) => a - b),
    keyMac: z
      .string()
      .catch(`none of ${pk}`)
      .parse(of(eventKey(1))?.keyMac),
    hasText: of("NARRATIVE") !== undefined,
  };
}

async function complaintItems(state: string): Promise<Item[]> {
  const { command } = Engine.parse(JSON.parse(readFileSync(join(state, "dynamodb-process.json"), "utf8")));
  const client = new DynamoDBClient({ ...identity, endpoint: `http://127.0.0.1:${command.split(" ")[1]}` });
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const TableName = TableNames.find((name) => name.includes("Complaints"));
  const items: Item[] = [];
  for await (const page of paginateScan(
    { client: DynamoDBDocumentClient.from(client) },
    { TableName, ConsistentRead: true },
  ))
    items.push(...z.array(Item).parse(page.Items ?? []));
  client.destroy();
  return items;
}

/** How long the queues may stay empty before what has not come is missing, in ms. */
const quietFor = 20_000;
/** How long nothing may come once everything came: what is sent twice or astray may follow. */
const afterLast = 2_000;

type Audited = { filed: Filed[]; endpoints: Endpoints; state: string };

/** What was found in the end: the figures, and everything that is not as it should be. */
export type Audit = { events: number; duplicates: number; faults: string[] };

/** Asks as citizen, as agency, in all queues and in the table what became of complaints that were answered 201. */
export async function audit({ filed, endpoints, state }: Audited): Promise<Audit> {
  const queues = await auditQueues({ filed, endpoints });
  const faults = [
    ...(await auditCitizens({ filed, endpoints })),
    ...(await auditLists({ filed, endpoints })),
    ...queues.faults,
    ...(await auditTable({ filed, state })),
  ];
  return { ...queues, faults };
}

const View = z.object({ id: z.string(), version: z.int(), history: z.array(z.unknown()) });

async function auditCitizens({ filed, endpoints }: Omit<Audited, "state">): Promise<string[]> {
  const read = async ({ id, secret, version }: Filed): Promise<string[]> => {
    const response = await ask(`${endpoints.api}/v1/complaints/${id}`, { "foad-secret": secret });
    const text = await response.text();
    if (response.status !== 200) return [`${id}: its citizen reads ${response.status} ${text}`];
    const view = View.parse(JSON.parse(text));
    const whole = view.id === id && view.version === version && view.history.length === version;
    return whole ? [] : [`${id}: its citizen should read version ${version}, and reads ${text}`];
  };
  const faults: string[] = [];
  for (let from = 0; from < filed.length; from += 16)
    faults.push(...(await Promise.all(filed.slice(from, from + 16).map(read))).flat());
  return faults;
}

const Page = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().optional() });

async function auditLists({ filed, endpoints }: Omit<Audited, "state">): Promise<string[]> {
  const faults: string[] = [];
  for (const [agency, theirs] of Map.groupBy(filed, (complaint) => complaint.agency)) {
    const authorization = `Bearer ${await fetchToken(endpoints, agency)}`;
    const listed = [
      ...(await listAll(`${endpoints.api}/v1/agency/complaints?limit=100`, authorization)),
      ...(await listAll(`${endpoints.api}/v1/agency/complaints?limit=100&status=closed`, authorization)),
    ];
    faults.push(
      ...differences({ where: `the list of ${agency}`, found: listed, expected: theirs.map(({ id }) => id) }),
    );
  }
  return faults;
}

/** Asks again if the gateway slows it down. */
async function ask(url: string, headers: Record<string, string>): Promise<Response> {
  const response = await fetch(url, { headers });
  if (response.status !== 429) return response;
  await sleep(1_000);
  return ask(url, headers);
}

async function listAll(url: string, authorization: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor = "", more = true; more; ) {
    const response = await ask(cursor ? `${url}&cursor=${encodeURIComponent(cursor)}` : url, { authorization });
    const page = Page.parse(await response.json());
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? "";
    more = cursor !== "";
  }
  return ids;
}

async function auditQueues({ filed, endpoints }: Omit<Audited, "state">): Promise<Audit> {
  const expected = new Map(
    filed.flatMap((complaint) => eventsOf(complaint).map((event) => [event, complaint.agencyId])),
  );
  const received = await drain({ endpoints, expected: new Set(expected.keys()) });
  const events = [...received].flatMap(([agencyId, messages]) => messages.map((message) => ({ agencyId, ...message })));
  const seen = new Set(events.map(({ event }) => event.id));
  const stray = events.filter(({ agencyId, event }) => expected.get(event.id) !== agencyId);
  const misnamed = events.filter(
    ({ event, group, deduplication }) => event.subject !== group || event.id !== deduplication,
  );
  return {
    events: seen.size,
    duplicates: events.length - seen.size,
    faults: [
      ...[...expected.keys()]
        .filter((id) => !seen.has(id))
        .map((id) => `${id}: not in the queue of ${expected.get(id)}`),
      ...stray.map(({ agencyId, event }) => `${event.id}: in the queue of ${agencyId}, to which it does not belong`),
      ...misnamed.map(({ event }) => `${event.id}: of another group or deduplication id`),
      ...[...received.values()].flatMap(outOfOrder),
    ],
  };
}

const eventsOf = ({ id, version }: Filed) => Array.from({ length: version }, (_, n) => `${id}/${n + 1}`);

type Drain = { endpoints: Endpoints; expected: Set<string> };

/** Empties every queue of the province, until all that is expected came, and then a little longer for what is not. */
async function drain({ endpoints, expected }: Drain): Promise<Map<string, Received[]>> {
  const inbox = agencyInbox(endpoints);
  const all = new Map<string, Received[]>();
  const missing = new Set(expected);
  const patience = () => (missing.size > 0 ? quietFor : afterLast);
  for (let last = Date.now(); Date.now() - last < patience(); await sleep(300)) {
    const found = Object.entries(await inbox.receiveEverywhere());
    if (found.length > 0) last = Date.now();
    for (const [agencyId, messages] of found) all.set(agencyId, [...(all.get(agencyId) ?? []), ...messages]);
    for (const { event } of found.flatMap(([, messages]) => messages)) missing.delete(event.id);
  }
  inbox.close();
  return all;
}

/** A complaint's events must come for the first time in their order; what comes again may come at any time. */
function outOfOrder(messages: Received[]): string[] {
  const furthest = new Map<string, number>();
  return messages.flatMap(({ event: { id, subject, data } }) => {
    const before = furthest.get(subject) ?? 0;
    furthest.set(subject, Math.max(before, data.version));
    return data.version > before + 1 ? [`${id}: came before ${subject}/${before + 1}`] : [];
  });
}

async function auditTable({ filed, state }: Omit<Audited, "endpoints">): Promise<string[]> {
  const stored = await storedComplaints(state);
  const versions = new Map(filed.map(({ id, version }) => [id, version]));
  return [
    ...differences({ where: "the table", found: stored.map(({ id }) => id), expected: [...versions.keys()] }),
    ...differences({
      where: "the keys of the table",
      found: [...new Set(stored.map(({ keyMac }) => keyMac))],
      expected: stored.map(({ keyMac }) => keyMac),
    }),
    ...stored.flatMap(({ id, version, events, hasText }) => {
      const gapless = events.every((number, n) => number === n + 1) && events.length === version;
      const whole = gapless && hasText && version === (versions.get(id) ?? version);
      return whole ? [] : [`${id}: version ${version} of ${versions.get(id)}, events ${events}, text ${hasText}`];
    }),
  ];
}

/** What is missing, strange or there more than once. */
function differences({ where, found, expected }: { where: string; found: string[]; expected: string[] }): string[] {
  const times = Map.groupBy(found, (id) => id);
  const wanted = new Set(expected);
  return [
    ...expected.filter((id) => !times.has(id)).map((id) => `${id}: missing in ${where}`),
    ...[...times].filter(([id]) => !wanted.has(id)).map(([id]) => `${id}: in ${where}, filed by nobody`),
    ...[...times].filter(([, all]) => all.length > 1).map(([id, all]) => `${id}: ${all.length} times in ${where}`),
  ];
}
