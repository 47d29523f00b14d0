import * as fc from "fast-check";
import { expect } from "vitest";
import * as z from "zod";
import type { TheLocalCloud } from "../the-local-cloud.ts";
import type { ModelRequest, RequestKind, Role } from "./acts.ts";
import { fileFirst } from "./filings.ts";
import {
  compareWithModel,
  differences,
  type ModelledComplaint,
  ModelView,
  type ModelWorld,
  stateFieldsOf,
} from "./followed.ts";
import { advance, instantNow, perform } from "./performed.ts";
import { requestFor } from "./requests.ts";
import { type AnsweredRequest, findExplanation } from "./rules.ts";
import type { State } from "./state.ts";
import { type Intent, inspectors, receivers, requestOfIntent, type Start, start } from "./steps.ts";
import { minutes, nextClockEvent } from "./times.ts";

/** Everybody at the same instant, on a complaint that is somewhere in its life. */
type ConcurrentRound = { start: Start; before: Intent[]; clock: "still" | "passes" | "sweeps"; concurrent: Intent[] };

const intent = ({ kinds, role, inspector = 0 }: { kinds: RequestKind[]; role: Role; inspector?: number }) =>
  fc.record<Intent>({
    kind: fc.constantFrom(...kinds),
    role: fc.constant(role),
    target: fc.constant(0),
    sender: fc.constant("theirs"),
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
/** What leads into the middle of a life, and is refused if it does not. */
const earlier = fc.oneof(
  intent({ kinds: ["acknowledge", "answer", "answer"], role: "agency" }),
  intent({ kinds: ["dispute"], role: "citizen" }),
  intent({ kinds: ["visit", "transfer"], role: "inspector" }),
);

export const concurrentRound: fc.Arbitrary<ConcurrentRound> = fc.record({
  start,
  before: fc.array(earlier, { maxLength: 4 }),
  clock: fc.constantFrom("still", "passes", "sweeps"),
  concurrent: fc.tuple(officer, officer, ...judges, citizen),
});

type RoundContext = { cloud: TheLocalCloud; sweep: () => Promise<unknown> };

/** Lets them all act, and looks for an order that gives each the answer they got. Tells what happened. */
export async function runConcurrentRound(
  { cloud, sweep }: RoundContext,
  round: ConcurrentRound,
): Promise<AnsweredRequest[]> {
  const world: ModelWorld = { cloud, followed: [], log: [] };
  await fileFirst(world, round.start);
  const [followed] = world.followed;
  if (!followed) throw new Error("nothing was filed");
  for (const intended of round.before) await sendNow(world, followed, intended);
  const passing = await clockOf(world, { followed, clock: round.clock, sweep });
  const requests = round.concurrent.map((intended) => requestOfIntent(intended, followed.state));
  const [answers] = await Promise.all([Promise.all(requests.map((act) => answerTo(world, followed, act))), passing()]);
  await cloud.clock.advance(minutes(2));
  await assertExplained(world, followed, answers);
  const { id, secret } = followed.receipt;
  await cloud.call({ method: "POST", path: `/v1/complaints/${id}/withdrawal`, secret });
  return answers;
}

async function sendNow(world: ModelWorld, followed: ModelledComplaint, intended: Intent): Promise<void> {
  const request = requestOfIntent(intended, followed.state);
  await perform(world, followed, {
    act: request,
    call: requestFor(request, { ...followed, now: world.cloud.clock.now() }),
  });
}

/** What time will do while the others act: nothing, come to what is due, or find it just then. */
async function clockOf(
  world: ModelWorld,
  {
    followed,
    clock,
    sweep,
  }: { followed: ModelledComplaint; clock: ConcurrentRound["clock"]; sweep: RoundContext["sweep"] },
): Promise<() => Promise<unknown>> {
  const due = nextClockEvent(followed.state)?.dueAt;
  if (clock === "still" || due === undefined) return async () => {};
  const until = (ms: number) => Date.parse(due) + ms - world.cloud.clock.now();
  await advance(world, until(-minutes(1)));
  if (clock === "passes") return () => world.cloud.clock.advance(until(minutes(1)));
  await world.cloud.clock.advance(until(1));
  return () => Promise.all([sweep(), sweep()]);
}

const Problem = z.looseObject({ code: z.string() });

async function answerTo(
  world: ModelWorld,
  followed: ModelledComplaint,
  request: ModelRequest,
): Promise<AnsweredRequest> {
  const sentAt = instantNow(world);
  const { status, body } = await world.cloud.call(requestFor(request, { ...followed, now: world.cloud.clock.now() }));
  const code = Problem.safeParse(body).data?.code;
  world.log.push(
    `${request.by} ${request.kind} ${request.toAgencyId} ${request.ifMatch ?? ""} → ${status} ${code ?? ""}`,
  );
  return { request, status, code, sentAt, receivedAt: instantNow(world) };
}

async function assertExplained(
  world: ModelWorld,
  followed: ModelledComplaint,
  answers: AnsweredRequest[],
): Promise<void> {
  const path = `/v1/inspector/complaints/${followed.receipt.id}`;
  const view = ModelView.parse((await world.cloud.call({ as: "inspector-1", path })).body);
  // Who gave up after losing too often did nothing.
  const done = answers.filter(({ status }) => status !== 503);
  const isSeen = (state: State) => differences(view, stateFieldsOf(state)).length === 0;
  const state = findExplanation({ state: followed.state, answers: done }, { finalHistory: view.history, isSeen });
  const history = `${JSON.stringify(stateFieldsOf(followed.state))}\n${world.log.join("\n")}\n${JSON.stringify(view)}`;
  expect(state, `no order of these explains what was answered and what came of it:\n${history}`).toBeDefined();
  if (state) compareWithModel(view, { ...followed, state }, "inspector");
}
