import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { Clock } from "#infra/programs/local-cloud/clock/clock.ts";
import { plainFailure } from "#infra/programs/local-cloud/machine/errors.ts";
import { parseJson } from "#infra/programs/local-cloud/machine/http-server.ts";
import { day, hour } from "./calendar.ts";
import { Known, keyOf, type Perform } from "./perform.ts";
import type { PlannedRequest } from "./story.ts";

/** The settings of a year. A state folder holds only one year. */
export type Year = { seed: string; complaints: number; quarters: number };
const Year = z.object({ seed: z.string(), complaints: z.number(), quarters: z.number() });
/**
 * A finished request (`act`). `at`: time of the local cloud's clock; `told`: real time; both in epoch ms. `purposes`: of the calls
 * that an operator made.
 */
const JournalLine = z.object({
  act: z.string(),
  at: z.number(),
  told: z.number(),
  known: Known.optional(),
  purposes: z.array(z.string()).optional(),
});
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
  /** Requests that were answered, but perhaps not written to disk: they are sent again. */
  unsure: Set<string>;
  known: Map<number, Known>;
  /** The purposes of all calls that operators made. */
  purposes: Set<string>;
  /** Time of the clock at the last request; undefined before the first. */
  at: number | undefined;
  add(line: Omit<JournalLine, "told"> & { complaint: number }): void;
};

export function openJournal(file: string, year: Year): Journal {
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(year)}\n`, { mode: 0o600 });
  const [begun, ...lines] = wholeLines(file);
  assertSameYear(Year.parse(parseJson(begun ?? "")), year);
  const parsedLines = lines.map((line) => JournalLine.parse(parseJson(line)));
  const known = new Map<number, Known>();
  for (const line of parsedLines) if (line.known) known.set(complaintOf(line.act), line.known);
  const purposes = new Set(parsedLines.flatMap((line) => line.purposes ?? []));
  const last = parsedLines.at(-1);
  return {
    done: new Set(parsedLines.filter((line) => isSure(line, last)).map(({ act }) => act)),
    unsure: new Set(parsedLines.filter((line) => !isSure(line, last)).map(({ act }) => act)),
    known,
    purposes,
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
  // When a year continues, several instants are already over and fire at once. The promise chain keeps their order, and ends
  // with the first act that fails.
  let previous = Promise.resolve();
  const sendAllAt = async (index: number) => {
    const { at = until, requests: soFar = 0, left = [] } = waiting[index] ?? {};
    await performAll(left, { clock, journal, perform });
    onProgress({ at, requests: soFar });
    // Before a gap longer than idempotency keys are known, wait until the last requests are on disk: they could not be
    // repeated.
    if ((waiting[index + 1]?.at ?? until) - at > idempotencyKnownMs) await sleep(unsureMs);
  };
  for (const [index, { at }] of waiting.entries())
    clock.at(at + justAfter, () => {
      previous = previous.then(() => sendAllAt(index));
      return previous.catch(failed.reject);
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
  const { complaint, act } = request;
  const before = journal.known.get(complaint) ?? {};
  const idsOf = (numbers: number[]) => numbers.flatMap((number) => journal.known.get(number)?.id ?? []);
  const wasAnswered = journal.unsure.has(keyOf(request));
  const { known, purposes } = await perform(request, { known: before, idsOf, wasAnswered }).catch((cause: unknown) => {
    throw new Error(`Act ${keyOf(request)} of the year failed (${act})`, { cause });
  });
  journal.add({
    act: keyOf(request),
    complaint,
    at: clock.now(),
    ...(Object.keys(known).length > 0 && { known: { ...before, ...known } }),
    ...(purposes && { purposes }),
  });
}
