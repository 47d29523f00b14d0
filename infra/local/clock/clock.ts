import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { type Listening, readBody, sendJson, serveOnLoopback } from "../machine/loopback.ts";
import { passTime } from "./advance.ts";
import { addSchedule, createSchedules, type Due } from "./schedules.ts";
import { addTimer, createTimers } from "./timers.ts";

const DURATION = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const UNITS = [86_400_000, 3_600_000, 60_000, 1_000];
const LONGEST_ADVANCE = 3_660 * 86_400_000;

const Advance = z.strictObject({ advance: z.string() });

export type Clock = {
  now(): number;
  offset(): number;
  /** Moves time forward, runs all that becomes due on the way, and resolves with the new now once everything is quiet. */
  advance(ms: number): Promise<number>;
  /** Runs something at an instant (an earlier one: at once) and returns its cancel. It must not wait for a later instant itself: an advance waits for it. */
  at(instant: number, run: () => Promise<void>): () => void;
  /** Runs at every multiple of the period; see `Schedules` for what an advance skips. */
  every(ms: number, run: () => Promise<Due>): () => void;
  /** Hears every new offset before anything that is due by it runs. */
  onShift(listener: (offset: number) => void): void;
  /** A probe resolves when the engine it watches has nothing left to do now; an advance goes on only then. */
  settles(probe: () => Promise<void>): void;
};

/** The one virtual clock of the local cloud: real time plus an offset that only grows. */
export function startClock({ offset: initial = 0 }: { offset?: number } = {}): Clock {
  let offset = initial;
  let turn: Promise<unknown> = Promise.resolve();
  const listeners: ((offset: number) => void)[] = [];
  const probes: (() => Promise<void>)[] = [];
  const now = () => Date.now() + offset;
  const timers = createTimers(now);
  const schedules = createSchedules(timers);
  const shiftTo = (instant: number) => {
    if (instant <= now()) return;
    offset = instant - Date.now();
    for (const listener of listeners) listener(offset);
  };
  return {
    now,
    offset: () => offset,
    async advance(ms) {
      if (!(ms > 0 && Number.isFinite(ms))) throw new RangeError("Time only moves forward.");
      const passed = turn.then(() => passTime({ now, shiftTo, timers, schedules, probes }, ms));
      turn = passed.catch(() => {});
      return passed;
    },
    at: (instant, run) => addTimer(timers, { at: instant, run }),
    every: (period, run) => addSchedule(schedules, { period, run }),
    onShift: (listener) => void listeners.push(listener),
    settles: (probe) => void probes.push(probe),
  };
}

/** GET tells the time; POST {"advance":"PT3H"} moves it and answers when everything that became due has run. */
export async function serveClock({ port, clock }: { port: number; clock: Clock }): Promise<Listening> {
  return serveOnLoopback({ port, answer: (request, response) => answerClock({ clock, request, response }) });
}

type Call = { clock: Clock; request: IncomingMessage; response: ServerResponse };

/** The same as a handler, for a server that has other things to serve too. */
async function answerClock({ clock, request, response }: Call): Promise<void> {
  const { status, body } = await answer({ clock, request });
  sendJson(response, { status, body });
}

async function answer({ clock, request }: Omit<Call, "response">): Promise<{ status: number; body: unknown }> {
  if (request.method === "GET") return told(clock.now());
  if (request.method !== "POST") return { status: 405, body: { message: "Only GET and POST are understood here." } };
  const text = await readBody({ request, limit: 1_024 });
  const ms = parseAdvance(text?.toString() ?? "");
  if (ms === undefined) return refused;
  return clock.advance(ms).then(told, (error: unknown) => ({ status: 500, body: { message: `${error}` } }));
}

const told = (instant: number) => ({ status: 200, body: { now: new Date(instant).toISOString() } });

const refused = {
  status: 400,
  body: {
    message:
      'Send {"advance": "PT3H"}: days, hours, minutes and seconds of ISO 8601, more than none, ten years at most.',
  },
};

function parseAdvance(text: string): number | undefined {
  const body = Advance.safeParse(parsedJson(text));
  const parts = body.success ? DURATION.exec(body.data.advance) : null;
  if (!parts) return undefined;
  const ms = UNITS.reduce((sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0), 0);
  return ms > 0 && ms <= LONGEST_ADVANCE ? ms : undefined;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
