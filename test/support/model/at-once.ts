import * as fc from "fast-check";
import { expect } from "vitest";
import * as z from "zod";
import type { TheLocalCloud } from "../the-local-cloud.ts";
import type { Act, Kind, Role } from "./acts.ts";
import { nextByClock } from "./clock-events.ts";
import { fileFirst } from "./filings.ts";
import { compare, differences, type Followed, Seen, standingOf, type World } from "./followed.ts";
import { minutes } from "./instants.ts";
import { actOf } from "./intent.ts";
import { type Answer, explained } from "./orders.ts";
import { advance, instantNow } from "./passing-time.ts";
import { perform } from "./performed.ts";
import { requestFor } from "./requests.ts";
import type { State } from "./state.ts";
import { type Intent, inspectors, receivers, type Start, start } from "./steps.ts";

/** Everybody at the same instant, on a complaint that is somewhere in its life. */
type Round = { start: Start; before: Intent[]; clock: "still" | "passes" | "sweeps"; atOnce: Intent[] };

const intent = ({ kinds, role, inspector = 0 }: { kinds: Kind[]; role: Role; inspector?: number }) =>
  fc.record<Intent>({
    kind: fc.constantFrom(...kinds),
    role: fc.constant(role),
    target: fc.constant(0),
    who: fc.constant("theirs"),
    inspector: fc.constant(inspector),
    accusedOfficer: fc.constantFrom(false, false, false, true),
    toAgency: fc.nat({ max: receivers.length - 1 }),
    visit: fc.constant(0),
    misjudges: fc.constantFrom(false, false, true),
    guard: fc.constantFrom("none", "none", "key", "seen"),
  });

const officer = intent({ kinds: ["acknowledge", "answer", "extend", "transfer", "message"], role: "agency" });
const citizen = intent({ kinds: ["dispute", "accept", "withdraw", "message"], role: "citizen" });
const judges = inspectors.map((_, inspector) =>
  intent({ kinds: ["decide", "reject", "transfer", "visit", "message"], role: "inspector", inspector }),
);
/** What leads into the middle of a life, and is refused where it does not. */
const earlier = fc.oneof(
  intent({ kinds: ["acknowledge", "answer", "answer"], role: "agency" }),
  intent({ kinds: ["dispute"], role: "citizen" }),
  intent({ kinds: ["visit", "transfer"], role: "inspector" }),
);

export const round: fc.Arbitrary<Round> = fc.record({
  start,
  before: fc.array(earlier, { maxLength: 4 }),
  clock: fc.constantFrom("still", "passes", "sweeps"),
  atOnce: fc.tuple(officer, officer, ...judges, citizen),
});

type Places = { cloud: TheLocalCloud; sweep: () => Promise<unknown> };

/** Lets them all act, and looks for an order that gives each the answer they got. Tells what happened. */
export async function runRound({ cloud, sweep }: Places, round: Round): Promise<Answer[]> {
  const world: World = { cloud, followed: [], log: [] };
  await fileFirst(world, round.start);
  const [followed] = world.followed;
  if (!followed) throw new Error("nothing was filed");
  for (const intended of round.before) await sendNow(world, followed, intended);
  const passing = await clockOf(world, { followed, clock: round.clock, sweep });
  const acts = round.atOnce.map((intended) => actOf(intended, followed.state));
  const [answers] = await Promise.all([Promise.all(acts.map((act) => answerTo(world, followed, act))), passing()]);
  await cloud.clock.advance(minutes(2));
  await mustBeExplained(world, followed, answers);
  const { id, secret } = followed.receipt;
  await cloud.call({ method: "POST", path: `/v1/complaints/${id}/withdrawal`, secret });
  return answers;
}

async function sendNow(world: World, followed: Followed, intended: Intent): Promise<void> {
  const act = actOf(intended, followed.state);
  await perform(world, followed, { act, call: requestFor(act, { ...followed, now: world.cloud.clock.now() }) });
}

/** What time will do while the others act: nothing, come to what is due, or find it just then. */
async function clockOf(
  world: World,
  { followed, clock, sweep }: { followed: Followed; clock: Round["clock"]; sweep: Places["sweep"] },
): Promise<() => Promise<unknown>> {
  const due = nextByClock(followed.state)?.dueAt;
  if (clock === "still" || due === undefined) return async () => {};
  const until = (ms: number) => Date.parse(due) + ms - world.cloud.clock.now();
  await advance(world, until(-minutes(1)));
  if (clock === "passes") return () => world.cloud.clock.advance(until(minutes(1)));
  await world.cloud.clock.advance(until(1));
  return () => Promise.all([sweep(), sweep()]);
}

const Problem = z.looseObject({ code: z.string() });

async function answerTo(world: World, followed: Followed, act: Act): Promise<Answer> {
  const sentAt = instantNow(world);
  const { status, body } = await world.cloud.call(requestFor(act, { ...followed, now: world.cloud.clock.now() }));
  const code = Problem.safeParse(body).data?.code;
  world.log.push(`${act.by} ${act.kind} ${act.toAgencyId} ${act.ifMatch ?? ""} → ${status} ${code ?? ""}`);
  return { act, status, code, sentAt, receivedAt: instantNow(world) };
}

async function mustBeExplained(world: World, followed: Followed, answers: Answer[]): Promise<void> {
  const path = `/v1/inspector/complaints/${followed.receipt.id}`;
  const view = Seen.parse((await world.cloud.call({ as: "inspector-1", path })).body);
  // Who gave up after losing too often did nothing.
  const done = answers.filter(({ status }) => status !== 503);
  const isSeen = (state: State) => differences(view, standingOf(state)).length === 0;
  const state = explained({ state: followed.state, answers: done }, { told: view.history, isSeen });
  const told = `${JSON.stringify(standingOf(followed.state))}\n${world.log.join("\n")}\n${JSON.stringify(view)}`;
  expect(state, `no order of these explains what was answered and what came of it:\n${told}`).toBeDefined();
  if (state) compare(view, { ...followed, state }, "inspector");
}
