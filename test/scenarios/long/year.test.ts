import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import * as z from "zod";
import { IssuePayload } from "#functions/issues/issue.ts";
import { NoticePayload } from "#functions/notices/notice.ts";
import { spanOf } from "#infra/programs/demo/year/calendar.ts";
import { provinceFileIn, writeInventedProvince } from "#infra/programs/demo/year/invented-province.ts";
import type { Known } from "#infra/programs/demo/year/perform.ts";
import { planOf } from "#infra/programs/demo/year/plan.ts";
import { openJournal } from "#infra/programs/demo/year/play.ts";
import { countOfScripts } from "#infra/programs/demo/year/scripts.ts";
import type { PlannedRequest } from "#infra/programs/demo/year/story.ts";
import { type LocalCloud, startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { CallPurpose } from "#shared/complaints/confidential-log.ts";
import { ComplaintEvent } from "#shared/complaints/event.ts";
import { apiCaller } from "../../support/api-caller.ts";
import { sizeOf } from "../../support/trial-size.ts";

const root = join(import.meta.dirname, "../../..");
const state = mkdtempSync(join(tmpdir(), "foad-year-"));
const year = { seed: "small", complaints: countOfScripts + sizeOf("year"), quarters: 4 };
let running: ChildProcess | undefined;
afterAll(() => {
  running?.kill("SIGKILL");
  rmSync(state, { recursive: true, force: true, maxRetries: 5 });
});

/** Plays the year as a person would; what it printed, and how it ended. With `until`, it is killed as soon as it says that. */
async function played(until?: RegExp) {
  const args = ["--year", "--complaints", `${year.complaints}`, "--quarters", `${year.quarters}`, "--seed", year.seed];
  const env = { ...process.env, FOAD_STATE_FOLDER: state };
  const child = spawn(process.execPath, ["infra/programs/demo/demo.ts", ...args], { cwd: root, env });
  running = child;
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk;
      if (until?.test(said)) child.kill("SIGKILL");
    });
  const [status, signal] = await once(child, "close");
  return { said, status, signal };
}

const History = z.array(z.object({ type: z.string(), at: z.string() }));
const View = z.object({ status: z.string(), history: History });

/** What stands in a history after an act; ordered visits are left out, since escalation levels order some too. */
const events: Partial<Record<PlannedRequest["act"], string>> = {
  filing: "filed",
  acknowledgement: "acknowledged",
  answer: "answered",
  transfer: "transferred",
  extension: "extended",
  messages: "message-posted",
  acceptance: "accepted",
  dispute: "disputed",
  opinion: "opinion-given",
  withdrawal: "withdrawn",
  decision: "decided",
  rejection: "rejected",
  report: "visit-reported",
};

type Lived = { lives: Map<number, PlannedRequest[]>; known: Map<number, Known> };
const closings = new Set(["accepted", "withdrawn", "decided", "rejected", "expired"]);
const dayMs = 24 * 60 * 60_000;

/** The complaints that live by chance, not by a script. */
const byChance = ({ lives }: Lived) => [...lives].filter(([number]) => number >= countOfScripts);

/** Every act stands in the history of its complaint once, at its time. */
async function expectHistoriesAsPlanned(cloud: LocalCloud, lived: Lived): Promise<void> {
  for (const [number, acts] of byChance(lived)) {
    const { id, secret = "" } = lived.known.get(number) ?? {};
    const answer = await fetch(`${cloud.endpoints.api}/v1/complaints/${id}`, { headers: { "foad-secret": secret } });
    const { history } = View.parse(await answer.json());
    const wanted = acts.flatMap(({ act, at }) => (events[act] ? [{ type: events[act], at }] : []));
    const found = history.filter(({ type }) => Object.values(events).includes(type));
    const inPlan = inOrder(wanted);
    const inHistory = inOrder(found.map(({ type, at }) => ({ type, at: Date.parse(at) })));
    expect(inHistory.map(({ type }) => type)).toEqual(inPlan.map(({ type }) => type));
    for (const [n, { type, at }] of inPlan.entries())
      expect(Math.abs((inHistory[n]?.at ?? 0) - at), `${id}, ${type}`).toBeLessThan(600_000);
  }
}

/** By what happened, and each kind by its time. */
const inOrder = (all: { type?: string | undefined; at: number }[]) =>
  all.toSorted((one, other) => (one.type ?? "").localeCompare(other.type ?? "") || one.at - other.at);

/** What was filed in the first month and closed at least two months ago names nobody any more; what is younger does. */
async function expectForgotten(cloud: LocalCloud, lived: Lived): Promise<void> {
  const caller = await apiCaller(cloud);
  const named = byChance(lived).filter(([, [filing]]) => filing?.body.citizen);
  const outcomes = await Promise.all(
    named.map(async ([number, acts]) => {
      const { id = "" } = lived.known.get(number) ?? {};
      const { text } = await caller.call({ as: "inspector-1", path: `/v1/inspector/complaints/${id}/identity` });
      const { text: view } = await caller.call({ as: "inspector-1", path: `/v1/inspector/complaints/${id}` });
      const { status, history } = View.parse(JSON.parse(view));
      // What is noted later, such as this very reading and the forgetting, closes nothing.
      const closing = history.findLast(({ type }) => closings.has(type));
      const isOver = status === "closed" && Date.parse(closing?.at ?? "") < cloud.clock.now() - 75 * dayMs;
      const isYoung = (acts[0]?.at ?? 0) > cloud.clock.now() - 60 * dayMs;
      return { isOver, isYoung, isKept: text !== "{}" };
    }),
  );
  const kept = (which: "isOver" | "isYoung") => outcomes.filter((one) => one[which]).map(({ isKept }) => isKept);
  expect(kept("isOver")).toContain(false);
  expect(kept("isOver")).not.toContain(true);
  expect(kept("isYoung")).toContain(true);
  expect(kept("isYoung")).not.toContain(false);
}

const typesOf = (union: { options: readonly { shape: { type: { value: string } } }[] }) =>
  union.options.map(({ shape }) => shape.type.value);

/** What the citizen answered about a notice is no step in the history of inspectors: the state tells it. */
const hiddenFromInspectors: readonly string[] = ["agreed"];

/** Everything that can happen to a complaint, to an issue and to a notice has happened in the year. */
async function expectEveryKindOfEvent(cloud: LocalCloud, { known }: Lived): Promise<void> {
  const caller = await apiCaller(cloud);
  const historyOf = async (path: string) => {
    const { text } = await caller.call({ as: "inspector-1", path });
    return z
      .object({ history: History })
      .parse(JSON.parse(text))
      .history.map(({ type }) => type);
  };
  const kinds = [
    { union: ComplaintEvent.unwrap(), id: "id", path: "/v1/inspector/complaints" },
    { union: IssuePayload.unwrap(), id: "issueId", path: "/v1/inspector/issues" },
    { union: NoticePayload.unwrap(), id: "noticeId", path: "/v1/inspector/notices" },
  ];
  for (const { union, id, path } of kinds) {
    const ids = [...known.values()].flatMap((values) => values[id] ?? []);
    const met = new Set((await Promise.all(ids.map((one) => historyOf(`${path}/${one}`)))).flat());
    expect(
      typesOf(union).filter((type) => !met.has(type) && !hiddenFromInspectors.includes(type)),
      path,
    ).toEqual([]);
  }
}

test("a small year is played, killed in its midst, and goes on; everything that was planned happened once, in its time", async () => {
  // Thirty complaints are filed at one time, and the bar may jump from 39 to 50 %.
  expect(await played(/ [4-6]\d %/)).toMatchObject({ signal: "SIGKILL" });
  const { said, status } = await played();
  const end = new RegExp(`100 % .* ${year.complaints} complaints .*done`);
  expect({ status, said }).toEqual({ status: 0, said: expect.stringMatching(end) });
  const span = spanOf(year.quarters);
  const plan = planOf({ ...year, span, province: writeInventedProvince(state, span) });
  const lives = Map.groupBy(plan, ({ complaint }) => complaint);
  const { known, purposes } = openJournal(join(state, "year.jsonl"), year);
  expect([...purposes].sort()).toEqual(CallPurpose.options.toSorted());
  const cloud = await startLocalCloud({
    assembly: join(state, "cdk.out"),
    provinceFile: provinceFileIn(state),
    state,
    port: 0,
  });
  try {
    expect(cloud.clock.now()).toBeGreaterThanOrEqual(span.until);
    expect(cloud.clock.now()).toBeLessThan(span.until + 600_000);
    await expectHistoriesAsPlanned(cloud, { lives, known });
    await expectForgotten(cloud, { lives, known });
    await expectEveryKindOfEvent(cloud, { lives, known });
  } finally {
    await cloud.stop();
  }
}, 1_800_000);
