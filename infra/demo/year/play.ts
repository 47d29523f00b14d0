import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { Clock } from "#infra/local-cloud/clock/clock.ts";
import { plainFailure } from "#infra/local-cloud/machine/errors.ts";
import { parseJson } from "#infra/local-cloud/machine/http-server.ts";
import { type Client, type Endpoints, send, tokenOf, unexpected } from "../calls.ts";
import { day, hour } from "./calendar.ts";
import type { PlannedRequest, YearActor } from "./story.ts";

/** What a complaint's later acts need of its earlier ones. */
export const KnownComplaint = z.object({ id: z.string(), secret: z.string(), visitId: z.string().optional() });
export type KnownComplaint = z.infer<typeof KnownComplaint>;

/** Which year this is: a state holds one alone. */
export type Year = { seed: string; complaints: number; quarters: number };
const Year = z.object({ seed: z.string(), complaints: z.number(), quarters: z.number() });
/** `at`: what the clock showed then; `told`: what real time it was, in epoch ms. */
const JournalLine = z.object({ act: z.string(), at: z.number(), told: z.number(), known: KnownComplaint.optional() });
type JournalLine = z.infer<typeof JournalLine>;

/** In ms of real time. The engine of the tables answers a little before it has written: what was told last is done again. */
export const unsureMs = 500;
/** In ms of the local cloud's time: a repeated act is recognized by its key for a day. */
export const idempotencyKnownMs = 20 * hour;

/** Which acts were done and what came of them, a line each, so that a year goes on where it was killed. */
export type Journal = {
  done: Set<string>;
  known: Map<number, KnownComplaint>;
  /** What the clock showed last; undefined where nothing has happened yet. */
  at: number | undefined;
  note(line: Omit<JournalLine, "told"> & { complaint: number }): void;
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
    note({ complaint, ...line }) {
      if (line.known) known.set(complaint, line.known);
      appendFileSync(file, `${JSON.stringify({ ...line, told: Date.now() })}\n`);
    },
  };
}

/** A process that was killed may have left half a line: it is taken away, or the next would be glued to it. */
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
    `Another year was begun in this state (${JSON.stringify(begun)}): go on with that, or name another FOAD_STATE.`,
  );
}

/** A request by whoever acts: a POST where something is posted. Rejects unless it succeeds; resolves with the answer's JSON. */
export type SendRequest = (path: string, posted?: object) => Promise<unknown>;
type Call = { at: number; ask: SendRequest; opinion: object };

const list = "/v1/front-end/callbacks";
const Page = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().optional() });

/** Reads once whom the call centre is to call on a day: each reading is told to everybody on the list. */
export function callCentre(): (id: string, call: Call) => Promise<void> {
  let reading: { at: number; listed: Promise<Set<string>> } | undefined;
  return async (id, { at, ask, opinion }) => {
    if (reading?.at !== at) reading = { at, listed: readList(ask) };
    // A citizen who is among them answers; whoever was not drawn is left alone.
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

/** A token holds for an hour of the local cloud's clock; a new one is fetched well before. */
const fresh = hour / 2;

const Visit = z.object({ visitId: z.string() });

type Cloud = { endpoints: Endpoints; now(): number };

/** Makes the request of an act, and tells what its complaint's later acts need. */
export type Perform = (request: PlannedRequest, known: KnownComplaint | undefined) => Promise<KnownComplaint>;

/** By the registered clients, over HTTP, as everybody else does it; a repeated act is recognized by its key. */
export function requester({ endpoints, now }: Cloud, seed: string): Perform {
  const callBack = callCentre();
  const tokens = new Map<string, { token: Promise<string>; at: number }>();
  const token = (client: Client): Promise<string> => {
    const name = client.sub ?? client.clientId;
    const held = tokens.get(name);
    if (held && now() - held.at < fresh) return held.token;
    const fetched = tokenOf(endpoints.tokenEndpoint, client);
    tokens.set(name, { token: fetched, at: now() });
    return fetched;
  };
  return async (act, known) => {
    const client = clientOf(endpoints, act.by);
    const proof = client ? { authorization: `Bearer ${await token(client)}` } : { "foad-secret": known?.secret ?? "" };
    const ask: SendRequest = async (path, posted) => {
      const headers = { "content-type": "application/json", "idempotency-key": `${seed}-${keyOf(act)}` };
      const post = posted && { method: "POST", body: JSON.stringify(posted) };
      const answer = await send(`${endpoints.api}${path}`, { headers: { ...proof, ...(post && headers) }, ...post });
      const { status, text } = answer;
      if (status >= 300) throw unexpected({ expected: `success from ${path}`, came: `${status} ${text}` });
      return parseJson(text);
    };
    if (act.to !== "call") return cameOf(await ask(pathOf(act, known), act.body), known);
    if (known) await callBack(known.id, { at: act.at, ask, opinion: act.body });
    return KnownComplaint.parse(known);
  };
}

/** Names an act within its year. */
export const keyOf = ({ complaint, step }: PlannedRequest) => `${complaint}/${step}`;

function clientOf({ clients }: Endpoints, by: YearActor): Client | undefined {
  if (by === "citizen") return undefined;
  const found = Object.values(clients).find((client) => is(client, by));
  if (!found) throw unexpected({ expected: `a client for ${JSON.stringify(by)}`, came: "none" });
  return found;
}

function is(client: Client, by: Exclude<YearActor, "citizen">): boolean {
  if ("frontEnd" in by) return client.clientId === by.frontEnd;
  return "agency" in by ? client.agencyId === by.agency : client.sub === by.inspector;
}

function pathOf({ by, to }: PlannedRequest, known: KnownComplaint | undefined): string {
  if (to === "") return "/v1/complaints";
  const caller = by === "citizen" ? "" : "agency" in by ? "agency/" : "inspector/";
  const under = to === "report" ? `visits/${known?.visitId}/report` : to;
  return `/v1/${caller}complaints/${known?.id}/${under}`;
}

function cameOf(answer: unknown, known: KnownComplaint | undefined): KnownComplaint {
  const visit = Visit.safeParse(answer).data;
  return { ...(known ?? KnownComplaint.parse(answer)), ...visit };
}

/** How many citizens, agencies and inspectors act at the same time. */
const atOnce = 8;

/** In ms: what is due by the clock at an instant comes before what people do then. */
const justAfter = 1_000;
const week = 7 * day;

type RunningRequest = { clock: Pick<Clock, "now">; journal: Journal; perform: Perform };

type Playing = RunningRequest & {
  plan: PlannedRequest[];
  until: number;
  clock: Pick<Clock, "now" | "advance" | "at">;
  /** Told after each instant how many acts are behind it. */
  passed: (position: { at: number; acts: number }) => void;
};

/**
 * Goes from instant to instant of the plan and does what is to be done there, but for what the journal has; then to the
 * end. A week passes in one go, in which everything is done when it is due: after each advance all schedules would run.
 */
export async function play({ plan, until, clock, journal, perform, passed }: Playing): Promise<void> {
  const failed = Promise.withResolvers<never>();
  let requests = 0;
  const instants = [...Map.groupBy(plan, ({ at }) => at)].map(([at, here]) => {
    requests += here.length;
    return { at, acts: requests, left: here.filter((request) => !journal.done.has(keyOf(request))) };
  });
  const waiting = instants.filter(({ left }) => left.length > 0);
  // Where a year goes on, several instants are over at once: they keep their order.
  let turn = Promise.resolve();
  const act = async (index: number) => {
    const { at = until, acts = 0, left = [] } = waiting[index] ?? {};
    await allDone(left, { clock, journal, perform }).catch(failed.reject);
    passed({ at, acts });
    // Past a night or two what was done last could not be repeated any more, so it must have been written by then.
    if ((waiting[index + 1]?.at ?? until) - at > idempotencyKnownMs) await sleep(unsureMs);
  };
  for (const [index, { at }] of waiting.entries())
    clock.at(at + justAfter, () => {
      turn = turn.then(() => act(index));
      return turn;
    });
  await Promise.race([reach(clock, until), failed.promise]);
}

async function reach({ now, advance }: Playing["clock"], until: number): Promise<void> {
  while (now() < until) await advance(Math.min(week, until - now()));
}

async function allDone(requests: PlannedRequest[], doing: RunningRequest): Promise<void> {
  const ofEach = [...Map.groupBy(requests, ({ complaint }) => complaint).values()];
  await inTurns(ofEach, async (ofOne) => {
    for (const request of ofOne) await doneBy(request, doing);
  });
}

async function doneBy(request: PlannedRequest, { clock, journal, perform }: RunningRequest) {
  const { complaint } = request;
  const known = await perform(request, journal.known.get(complaint)).catch((cause: unknown) => {
    throw new Error(`Act ${keyOf(request)} of the year failed (${request.to || "filing"})`, { cause });
  });
  journal.note({
    act: keyOf(request),
    complaint,
    at: clock.now(),
    ...(request.to === "" || request.to === "visits" ? { known } : {}),
  });
}

/** The acts of one complaint keep their order; those of several are done side by side. */
async function inTurns(groups: PlannedRequest[][], work: (group: PlannedRequest[]) => Promise<void>): Promise<void> {
  const remaining = groups.values();
  const worker = async () => {
    for (const group of remaining) await work(group);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, groups.length) }, worker));
}
