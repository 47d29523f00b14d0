import { expect, onTestFinished, test, vi } from "vitest";
import * as z from "zod";
import { serveClock, startClock } from "#infra/programs/local-cloud/clock/clock.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test("time is real time plus the offset it was started with", () => {
  const clock = startClock({ offset: 3 * HOUR });
  expect(clock.now() - Date.now()).toBeCloseTo(3 * HOUR, -2);
  expect(clock.reading()).toEqual({ offset: 3 * HOUR });
});

test("a clock that stands still moves by an advance alone, and runs what is due already", async () => {
  const clock = startClock({ isStill: true });
  const start = clock.now();
  const ran: string[] = [];
  clock.at(start + 1, async () => void ran.push("later"));
  await new Promise<void>((resolve) => clock.at(start, async () => resolve()));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([clock.now(), ran]).toEqual([start, []]);
  expect(await clock.advance(HOUR)).toBe(start + HOUR);
  expect([clock.reading(), ran]).toEqual([{ still: start + HOUR }, ["later"]]);
});

test("a clock that stands still moves by a millisecond with each thing that begins, another clock does not", () => {
  const still = startClock({ isStill: true });
  const start = still.now();
  expect([still.tick(), still.tick(), still.now()]).toEqual([{ still: start + 1 }, { still: start + 2 }, start + 2]);
  const running = startClock({ offset: HOUR });
  expect(running.tick()).toEqual({ offset: HOUR });
});

test("an advance runs what becomes due in order, each at its own instant", async () => {
  const clock = startClock();
  const start = clock.now();
  const seen: number[] = [];
  const note = async () => void seen.push(Math.round((clock.now() - start) / MINUTE));
  clock.at(start + 30 * MINUTE, note);
  clock.at(start + 10 * MINUTE, note);
  clock.at(start + 61 * MINUTE, note);
  const now = await clock.advance(HOUR);
  expect(seen).toEqual([10, 30]);
  expect(now - start).toBeCloseTo(HOUR, -2);
});

test("what a run sets for an instant inside the advance runs in the same advance", async () => {
  const clock = startClock();
  const start = clock.now();
  const seen: string[] = [];
  clock.at(start + MINUTE, async () => {
    seen.push("first");
    clock.at(start + 2 * MINUTE, async () => void seen.push("second"));
  });
  await clock.advance(HOUR);
  expect(seen).toEqual(["first", "second"]);
});

test("what is due by real time runs by itself, and what was cancelled never does", async () => {
  const clock = startClock();
  const seen: string[] = [];
  const cancel = clock.at(clock.now() + 5, async () => void seen.push("cancelled"));
  cancel();
  await new Promise<void>((resolve) => clock.at(clock.now() + 20, async () => resolve()));
  expect(seen).toEqual([]);
});

test("a wait of sixty days does not fire at once, as Node's own timers would", async () => {
  const clock = startClock();
  let fired = false;
  clock.at(clock.now() + 60 * DAY, async () => {
    fired = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(fired).toBe(false);
  await clock.advance(61 * DAY);
  expect(fired).toBe(true);
});

test("listeners learn of an offset before what is due by it runs", async () => {
  const clock = startClock();
  const heard: string[] = [];
  clock.onShift((reading) => heard.push(`offset ${"offset" in reading && Math.round(reading.offset / MINUTE)}`));
  clock.at(clock.now() + 5 * MINUTE, async () => void heard.push("run"));
  await clock.advance(10 * MINUTE);
  expect(heard).toEqual(["offset 5", "run", "offset 10"]);
});

test("an advance waits for an engine that is still busy before it moves on", async () => {
  const clock = startClock();
  const order: string[] = [];
  let busy = Promise.resolve(0);
  clock.settles(() => busy);
  clock.at(clock.now() + MINUTE, async () => {
    busy = new Promise((resolve) => setTimeout(resolve, 30)).then(() => order.push("engine done"));
  });
  clock.at(clock.now() + 2 * MINUTE, async () => void order.push("next"));
  await clock.advance(HOUR);
  expect(order).toEqual(["engine done", "next"]);
});

test("what a run of every minute said holds no longer once something went through an engine", async () => {
  const clock = startClock();
  const minute = () => Math.round(clock.now() / MINUTE);
  const [runs, went]: [number[], number[]] = [[], []];
  clock.settles(async () => went.length);
  clock.every(MINUTE, async () => {
    runs.push(minute());
    return clock.now() + 100 * HOUR;
  });
  // Such as a sweep, which writes what another run is to tell.
  clock.every(HOUR, async () => {
    if (went.length < 2) went.push(minute());
  });
  await clock.advance(6 * HOUR);
  expect(runs.slice(1)).toEqual(went.map((at) => at + 1));
});

test("advances asked for at the same time follow one another", async () => {
  const clock = startClock();
  const start = clock.now();
  const [first, second] = await Promise.all([clock.advance(HOUR), clock.advance(HOUR)]);
  expect(first - start).toBeCloseTo(HOUR, -2);
  expect(second - start).toBeCloseTo(2 * HOUR, -2);
});

test("a run that fails is reported and stops neither the others nor the advance", async () => {
  const reported = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => reported.mockRestore());
  const clock = startClock();
  const seen: string[] = [];
  clock.at(clock.now() + MINUTE, () => Promise.reject(new Error("made to fail by a test")));
  clock.at(clock.now() + 2 * MINUTE, async () => void seen.push("next"));
  await clock.advance(HOUR);
  expect(seen).toEqual(["next"]);
  expect(String(reported.mock.calls[0]?.[1])).toContain("made to fail by a test");
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("an advance by %s is refused", async (ms) => {
  await expect(startClock().advance(ms)).rejects.toThrow("forward");
});

/** In the middle of a minute. */
function startedMidMinute() {
  return startClock({ offset: MINUTE / 2 - (Date.now() % MINUTE), isStill: true });
}

test("a schedule runs at every multiple of its period, once each", async () => {
  const clock = startedMidMinute();
  const minutes: number[] = [];
  clock.every(MINUTE, async () => void minutes.push(Math.floor(clock.now() / MINUTE)));
  await clock.advance(10 * MINUTE);
  expect(minutes).toHaveLength(10);
  expect(new Set(minutes).size).toBe(10);
});

test("a schedule that says nothing is thinned in a long advance, and still runs at the end", async () => {
  const clock = startedMidMinute();
  const minutes: number[] = [];
  clock.every(MINUTE, async () => void minutes.push(Math.floor(clock.now() / MINUTE)));
  const now = await clock.advance(30 * DAY);
  expect(minutes.length).toBeLessThanOrEqual(1_502);
  expect(minutes.at(-1)).toBe(Math.floor(now / MINUTE));
});

test("a schedule that says when the next thing is due is not run before, and two days pass in a few runs", async () => {
  const clock = startedMidMinute();
  const due = clock.now() + 30 * HOUR;
  const runs: number[] = [];
  clock.every(MINUTE, async () => {
    runs.push(clock.now());
    return clock.now() < due ? due : clock.now() + 10 * DAY;
  });
  await clock.advance(2 * DAY);
  expect(runs).toHaveLength(2);
  expect((runs[1] ?? 0) - due).toBeLessThan(MINUTE);
  expect(runs[1]).toBeGreaterThanOrEqual(due);
});

test("once anything else has run, a schedule looks again at its next occurrence", async () => {
  const clock = startedMidMinute();
  const runs: number[] = [];
  const start = clock.now();
  clock.every(MINUTE, async () => {
    runs.push(Math.ceil((clock.now() - start) / MINUTE));
    return start + 10 * DAY;
  });
  clock.at(start + 5 * HOUR, async () => {});
  await clock.advance(DAY);
  expect(runs).toEqual([1, 301]);
});

const Told = z.strictObject({ now: z.iso.datetime() });

async function served() {
  const clock = startClock();
  const { url, stop } = await serveClock({ port: 0, clock });
  onTestFinished(stop);
  return { clock, url };
}

const post = (url: string, body: string, type = "application/json") =>
  fetch(url, { method: "POST", headers: { "content-type": type }, body });

test("over HTTP the time is told and moved", async () => {
  const { clock, url } = await served();
  const before = Told.parse(await (await fetch(url)).json());
  const response = await post(url, '{"advance":"P1DT3H"}');
  const after = Told.parse(await response.json());
  expect(response.status).toBe(200);
  expect(Date.parse(after.now) - Date.parse(before.now)).toBeCloseTo(27 * HOUR, -3);
  expect(clock.reading()).toEqual({ offset: expect.closeTo(27 * HOUR, -3) });
});

test.each([
  '{"advance":"3 hours"}',
  '{"advance":"PT"}',
  '{"advance":"PT0S"}',
  '{"advance":"-PT1H"}',
  '{"advance":"P1M"}',
  '{"advance":"P99999D"}',
  "{",
  "",
  '{"advance":"PT1H","x":1}',
])("over HTTP %s is 400 with a line that says what to send, and time stands", async (body) => {
  const { clock, url } = await served();
  const response = await post(url, body);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("PT3H");
  expect(clock.reading()).toEqual({ offset: 0 });
});

test("over HTTP a charset may stand beside the type", async () => {
  const { url } = await served();
  expect((await post(url, '{"advance":"PT1H"}', "Application/JSON; charset=utf-8")).status).toBe(200);
});

test.each([
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=application/json",
  "application/jsonp",
  "",
])("over HTTP what comes as %s, as a page may send it unasked, is 415 and time stands", async (type) => {
  const { clock, url } = await served();
  const response = await post(url, '{"advance":"PT1H"}', type);
  expect(response.status).toBe(415);
  expect(await response.text()).toContain("application/json");
  expect(clock.reading()).toEqual({ offset: 0 });
});
