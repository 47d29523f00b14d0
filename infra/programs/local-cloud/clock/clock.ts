import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { type Listening, parseJson, readBody, sendJson, serveOnLoopback } from "../machine/http-server.ts";
import type { StateFolder } from "../machine/state-folder.ts";
import { addSchedule, addTimer, createSchedules, createTimers, type NextDue, type Probe, passTime } from "./timers.ts";

const file = "clock.json";
const Kept = z.object({ offset: z.number() });

/** The clock's distance from real time survives a restart. Otherwise earlier complaints would lie in the future. */
export function readOffset(state: StateFolder): number {
  return state.read(file, Kept)?.offset ?? 0;
}

export function keepOffset(state: StateFolder, offset: number): void {
  state.write(file, { offset });
}

const DURATION = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const UNITS = [86_400_000, 3_600_000, 60_000, 1_000];
const LONGEST_ADVANCE = 3_660 * 86_400_000;

const Advance = z.strictObject({ advance: z.string() });

/** What a clock shows: real time plus `offset` ms, or the instant `still`, which changes only by an advance. */
export type ClockReading = { offset: number } | { still: number };

export type Clock = {
  now(): number;
  reading(): ClockReading;
  /** Returns the reading for something that begins now. A clock that stands still moves by a millisecond: what comes later is later. */
  tick(): ClockReading;
  /** Moves time forward, runs everything that becomes due, and returns the new time once nothing is running any more. */
  advance(ms: number): Promise<number>;
  /**
   * Calls `run` at an instant, or at once if the instant has passed. Returns a function that cancels it. An advance waits
   * for the run to end, so a run must not wait for a later instant.
   */
  at(instant: number, run: () => Promise<void>): () => void;
  /** Calls `run` at every multiple of the period, or `phase` ms after each. The comment on `Schedules` says which runs an advance skips. */
  every(ms: number, run: () => Promise<NextDue>, phase?: number): () => void;
  /** The listener gets each new reading, before anything runs that is due by then. */
  onShift(listener: (reading: ClockReading) => void): void;
  /** Adds a probe. An advance continues only when every probe has resolved: its engine then has nothing to do. */
  settles(probe: Probe): void;
};

type StartOptions = {
  /** The first distance from real time, in ms; negative in the past. */
  offset?: number;
  /** Time passes only by `advance` and `tick`. What a test sees then does not depend on the speed of the machine. */
  isStill?: boolean;
};

/** The virtual clock of the local cloud: real time plus an offset that only grows, or a clock that stands still between advances. */
export function startClock({ offset = 0, isStill = false }: StartOptions = {}): Clock {
  let reading: ClockReading = isStill ? { still: Date.now() + offset } : { offset };
  let previousAdvance: Promise<unknown> = Promise.resolve();
  const listeners: ((reading: ClockReading) => void)[] = [];
  const probes: Probe[] = [];
  const now = () => ("still" in reading ? reading.still : Date.now() + reading.offset);
  const timers = createTimers(now, { isStill });
  const schedules = createSchedules(timers);
  const shiftTo = (instant: number) => {
    if (instant <= now()) return;
    reading = isStill ? { still: instant } : { offset: instant - Date.now() };
    for (const listener of listeners) listener(reading);
  };
  return {
    now,
    reading: () => reading,
    tick() {
      if ("still" in reading) reading = { still: reading.still + 1 };
      return reading;
    },
    async advance(ms) {
      if (!(ms > 0 && Number.isFinite(ms))) throw new RangeError("Time only moves forward.");
      const advance = previousAdvance.then(() => passTime({ now, shiftTo, timers, schedules, probes }, ms));
      previousAdvance = advance.catch(() => {});
      return advance;
    },
    at: (instant, run) => addTimer(timers, { at: instant, run }),
    every: (period, run, phase = 0) => addSchedule(schedules, { period, phase, run }),
    onShift: (listener) => void listeners.push(listener),
    settles: (probe) => void probes.push(probe),
  };
}

/** Serves the clock. GET answers the time. POST {"advance":"PT3H"} moves it, and answers when everything due has run. */
export async function serveClock({ port, clock }: { port: number; clock: Clock }): Promise<Listening> {
  return serveOnLoopback({ port, answer: (request, response) => answerClock({ clock, request, response }) });
}

type Call = { clock: Clock; request: IncomingMessage; response: ServerResponse };

async function answerClock({ clock, request, response }: Call): Promise<void> {
  const { status, body } = await answer({ clock, request });
  sendJson(response, { status, body });
}

async function answer({ clock, request }: Omit<Call, "response">): Promise<{ status: number; body: unknown }> {
  if (request.method === "GET") return timeAnswer(clock.now());
  if (request.method !== "POST") return { status: 405, body: { message: "Only GET and POST are understood here." } };
  if (!/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? "")) return notJson;
  const text = await readBody({ request, limit: 1_024 });
  const ms = parseAdvance(text?.toString() ?? "");
  if (ms === undefined) return refused;
  return clock.advance(ms).then(timeAnswer, (error: unknown) => ({ status: 500, body: { message: `${error}` } }));
}

const timeAnswer = (instant: number) => ({ status: 200, body: { now: new Date(instant).toISOString() } });

/** A page of another origin can send forms and text without a CORS preflight, but not JSON. */
const notJson = {
  status: 415,
  body: { message: "Send it with the header content-type: application/json." },
};

const refused = {
  status: 400,
  body: {
    message:
      'Send {"advance": "PT3H"}: days, hours, minutes and seconds of ISO 8601, more than none, ten years at most.',
  },
};

function parseAdvance(text: string): number | undefined {
  const body = Advance.safeParse(parseJson(text));
  const parts = body.success ? DURATION.exec(body.data.advance) : null;
  if (!parts) return undefined;
  const ms = UNITS.reduce((sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0), 0);
  return ms > 0 && ms <= LONGEST_ADVANCE ? ms : undefined;
}
