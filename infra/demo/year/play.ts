import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { Clock } from "#infra/local-cloud/clock/clock.ts";
import { plainFailure } from "#infra/local-cloud/machine/errors.ts";
import { parseJson } from "#infra/local-cloud/machine/http-server.ts";
import { type Client, type Endpoints, send, tokenOf, unexpected } from "../calls.ts";
import { day, hour } from "./calendar.ts";
import type { PlannedRequest, YearActor } from "./story.ts";

/** Values from earlier answers that later requests of a complaint need. */
const KnownComplaint = z.object({ id: z.string(), secret: z.string(), visitId: z.string().optional() });
type KnownComplaint = z.infer<typeof KnownComplaint>;

/** The settings of a year. A state folder holds only one year. */
export type Year = { seed: string; complaints: number; quarters: number };
const Year = z.object({ seed: z.string(), complaints: z.number(), quarters: z.number() });
/** A finished request (`act`). `at`: time of the local cloud's clock; `told`: real time; both in epoch ms. */
const JournalLine = z.object({ act: z.string(), at: z.number(), told: z.number(), known: KnownComplaint.optional() });
type JournalLine = z.infer<typeof JournalLine>;

/**
 * In ms of real time. DynamoDB Local answers shortly before it has written to disk. After a restart, requests from this last
 * part are sent again.
 */
const unsureMs = 500;
/** In ms of the local cloud's time. The API recognizes a repeated request by its key for a day; this leaves a margin. */
const idempotencyKnownMs = 20 * hour;

/** The finished requests with their results, one line each in a file, so that a killed year can continue. */
type Journal = {
  done: Set<string>;
  known: Map<number, KnownComplaint>;
  /** Time of the clock at the last request; undefined before the first. */
  at: number | undefined;
  add(line: Omit<JournalLine, "told"> & { complaint: number }): void;
};

export function openJournal(file: string, year: Year): Journal {
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(year)}\n`, { mode: 0o600 });
  const [begun, ...lines] = wholeLines(file);
  assertSameYear(Year.parse(parseJson(begun ?? "")), year);
  const parsedLines = lines.map((line) => JournalLine.parse(parseJson(line)));
  const known = new Map<number, KnownComplaint>();
  for (const line of parsedLines) if (line.known) known.set(complaintOf(line.act), line.known);
  const last = parsedLines.at(-1);
  return {
    done: new Set(parsedLines.filter((line) => isSure(line, last)).map(({ act }) => act)),
    known,
    at: last?.at,
    add({ complaint, ...line }) {
      if (line.known) known.set(complaint, line.known);
      appendFileSync(file, `${JSON.stringify({ ...line, told: Date.now() })}\n`);
    },
  };
}

/** Returns the complete lines of the file. A killed process may have left half a line: it is removed from the file. */
function wholeLines(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  truncateSync(file, Buffer.byteLength(whole));
  return whole.split("\n").filter(Boolean);
}

function isSure({ told, at }: JournalLine, last: JournalLine | undefined): boolean {
  return last === undefined || told < last.told - unsureMs || at < last.at - idempotencyKnownMs;
}

const complaintOf = (request: string) => Number(request.split("/")[0]);

function assertSameYear(begun: Year, wanted: Year): void {
  if (JSON.stringify(begun) === JSON.stringify(wanted)) return;
  throw plainFailure(
    `Another year was begun in this state (${JSON.stringify(begun)}): go on with that, or name another FOAD_STATE_FOLDER.`,
  );
}

/** Sends a request: POST if there is a body, else GET. Returns the answer's JSON; throws unless the request succeeds. */
type SendRequest = (path: string, body?: object) => Promise<unknown>;

const list = "/v1/front-end/calls";
const Page = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().optional() });

/**
 * Returns a function that calls a citizen if the API lists the complaint. It reads the list of the call centre only once a
 * day, because each reading is recorded in the log of every complaint on the list.
 */
function callCentre(): (id: string, call: { at: number; ask: SendRequest; opinion: object }) => Promise<void> {
  let reading: { at: number; listed: Promise<Set<string>> } | undefined;
  return async (id, { at, ask, opinion }) => {
    if (reading?.at !== at) reading = { at, listed: readList(ask) };
    // Citizens on the list answer the call. Citizens who were not drawn are not called.
    if ((await reading.listed).has(id)) await ask(`${list}/${id}`, { outcome: "answered", opinion });
  };
}

async function readList(ask: SendRequest): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let next: string | undefined = ""; next !== undefined; ) {
    const page: z.infer<typeof Page> = Page.parse(await ask(`${list}?limit=100${next && `&cursor=${next}`}`));
    for (const { id } of page.items) ids.add(id);
    next = page.nextCursor;
  }
  return ids;
}

/** A token is valid for an hour of the local cloud's clock. It is replaced after half an hour. */
const tokenUseMs = hour / 2;

const Visit = z.object({ visitId: z.string() });

/** Sends a planned request, and returns the values that later requests of the complaint need. */
type Perform = (request: PlannedRequest, known: KnownComplaint | undefined) => Promise<KnownComplaint>;

/** Sends requests over HTTP with the registered clients. The API recognizes a repeated request by its idempotency key. */
export function requester({ endpoints, now }: { endpoints: Endpoints; now(): number }, seed: string): Perform {
  const callBack = callCentre();
  const tokens = new Map<string, { token: Promise<string>; at: number }>();
  const token = (client: Client): Promise<string> => {
    const name = client.sub ?? client.clientId;
    const held = tokens.get(name);
    if (held && now() - held.at < tokenUseMs) return held.token;
    const fetched = tokenOf(endpoints.tokenEndpoint, client);
    tokens.set(name, { token: fetched, at: now() });
    return fetched;
  };
  return async (request, known) => {
    const client = clientOf(endpoints, request.by);
    const proof = client ? { authorization: `Bearer ${await token(client)}` } : { "foad-secret": known?.secret ?? "" };
    const ask: SendRequest = async (path, body) => {
      const headers = { "content-type": "application/json", "idempotency-key": `${seed}-${keyOf(request)}` };
      const post = body && { method: "POST", body: JSON.stringify(body) };
      const answer = await send(`${endpoints.api}${path}`, { headers: { ...proof, ...(post && headers) }, ...post });
      const { status, text } = answer;
      if (status >= 300) throw unexpected({ expected: `success from ${path}`, received: `${status} ${text}` });
      return parseJson(text);
    };
    if (request.to !== "call") return knownAfter(await ask(pathOf(request, known), request.body), known);
    if (known) await callBack(known.id, { at: request.at, ask, opinion: request.body });
    return KnownComplaint.parse(known);
  };
}

/** The unique name of a request within its year. */
const keyOf = ({ complaint, step }: PlannedRequest) => `${complaint}/${step}`;

function clientOf({ clients }: Endpoints, by: YearActor): Client | undefined {
  if (by === "citizen") return undefined;
  const found = Object.values(clients).find((client) => belongsTo(client, by));
  if (!found) throw unexpected({ expected: `a client for ${JSON.stringify(by)}`, received: "none" });
  return found;
}

function belongsTo(client: Client, by: Exclude<YearActor, "citizen">): boolean {
  if ("frontEnd" in by) return client.clientId === by.frontEnd;
  return "agency" in by ? client.agencyId === by.agency : client.sub === by.inspector;
}

function pathOf({ by, to }: PlannedRequest, known: KnownComplaint | undefined): string {
  if (to === "") return "/v1/complaints";
  const caller = by === "citizen" ? "" : "agency" in by ? "agency/" : "inspector/";
  const under = to === "report" ? `visits/${known?.visitId}/report` : to;
  return `/v1/${caller}complaints/${known?.id}/${under}`;
}

function knownAfter(answer: unknown, known: KnownComplaint | undefined): KnownComplaint {
  const visit = Visit.safeParse(answer).data;
  return { ...(known ?? KnownComplaint.parse(answer)), ...visit };
}

/** How many complaints have a request at the same time. */
const parallelComplaints = 8;

/** In ms. At each instant, requests are sent after the scheduled functions have run. */
const justAfter = 1_000;
const week = 7 * day;

type RunningRequest = { clock: Pick<Clock, "now">; journal: Journal; perform: Perform };

type Playing = RunningRequest & {
  plan: PlannedRequest[];
  until: number;
  clock: Pick<Clock, "now" | "advance" | "at">;
  /** Called after each instant with the number of requests up to then. */
  onProgress: (position: { at: number; requests: number }) => void;
};

/**
 * Sends the requests of the plan at their times, except those in the journal, and then advances the clock to `until`. The
 * clock advances a week at a time, and requests run as timers within the week: after each advance all schedules run, which
 * takes time.
 */
export async function play({ plan, until, clock, journal, perform, onProgress }: Playing): Promise<void> {
  const failed = Promise.withResolvers<never>();
  let requests = 0;
  const instants = [...Map.groupBy(plan, ({ at }) => at)].map(([at, planned]) => {
    requests += planned.length;
    return { at, requests, left: planned.filter((request) => !journal.done.has(keyOf(request))) };
  });
  const waiting = instants.filter(({ left }) => left.length > 0);
  // When a year continues, several instants are already over and fire at once. The promise chain keeps their order.
  let previous = Promise.resolve();
  const sendAllAt = async (index: number) => {
    const { at = until, requests: soFar = 0, left = [] } = waiting[index] ?? {};
    await performAll(left, { clock, journal, perform }).catch(failed.reject);
    onProgress({ at, requests: soFar });
    // Before a gap longer than idempotency keys are known, wait until the last requests are on disk: they could not be
    // repeated.
    if ((waiting[index + 1]?.at ?? until) - at > idempotencyKnownMs) await sleep(unsureMs);
  };
  for (const [index, { at }] of waiting.entries())
    clock.at(at + justAfter, () => {
      previous = previous.then(() => sendAllAt(index));
      return previous;
    });
  await Promise.race([advanceTo(clock, until), failed.promise]);
}

async function advanceTo({ now, advance }: Playing["clock"], until: number): Promise<void> {
  while (now() < until) await advance(Math.min(week, until - now()));
}

/** Requests of one complaint are sent in order; those of different complaints in parallel. */
async function performAll(requests: PlannedRequest[], context: RunningRequest): Promise<void> {
  const byComplaint = Map.groupBy(requests, ({ complaint }) => complaint);
  const remaining = byComplaint.values();
  const worker = async () => {
    for (const group of remaining) for (const request of group) await performOne(request, context);
  };
  await Promise.all(Array.from({ length: Math.min(parallelComplaints, byComplaint.size) }, worker));
}

async function performOne(request: PlannedRequest, { clock, journal, perform }: RunningRequest) {
  const { complaint } = request;
  const known = await perform(request, journal.known.get(complaint)).catch((cause: unknown) => {
    throw new Error(`Act ${keyOf(request)} of the year failed (${request.to || "filing"})`, { cause });
  });
  journal.add({
    act: keyOf(request),
    complaint,
    at: clock.now(),
    ...(request.to === "" || request.to === "visits" ? { known } : {}),
  });
}
