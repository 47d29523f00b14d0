import { expect } from "vitest";
import * as z from "zod";
import type { Answered, Call } from "../api-caller.ts";
import type { ModelRequest } from "./acts.ts";
import { compareWithModel, type ModelledComplaint, ModelView, type ModelWorld, readAsCitizen } from "./followed.ts";
import { decide, type Outcome } from "./rules.ts";
import { type State, versionOf } from "./state.ts";
import { later, minutes, type NextClockEvent, nextClockEvent } from "./times.ts";

const day = minutes(24 * 60);
/** Longer than a request takes: nothing becomes due while one is on its way. */
const requestMarginMs = 15_000;
/** How late what is due may be noticed: the sweep looks every minute. */
const noticeDelayMs = minutes(2);

export const instantNow = ({ cloud }: ModelWorld) => new Date(cloud.clock.now()).toISOString();

/** Moves the time of the cloud, and the model with it. */
export async function advance(world: ModelWorld, ms: number): Promise<void> {
  if (ms > 0) await world.cloud.clock.advance(ms);
  await avoidDueInstants(world);
}

/**
 * Goes on to where it is certain what has been noticed: requests and sweeps do not meet a due instant in these runs.
 * Whoever has one close by is followed once it lies behind, although going on for another may have come to it.
 */
export async function avoidDueInstants(world: ModelWorld): Promise<void> {
  for (;;) {
    for (const followed of world.followed) {
      if (closeTo(world, followed) === undefined) await followClock(world, followed);
    }
    const close = world.followed.map((followed) => closeTo(world, followed)).find((instant) => instant !== undefined);
    if (close === undefined) return;
    await world.cloud.clock.advance(nextMinute(close) + 1_000 - world.cloud.clock.now());
  }
}

const nextMinute = (instant: number) => Math.ceil(instant / minutes(1)) * minutes(1);

function closeTo({ cloud }: ModelWorld, { state }: ModelledComplaint): number | undefined {
  const now = cloud.clock.now();
  const swept = Math.floor(now / minutes(1)) * minutes(1);
  return [...turningPoints(state), ...clockEventTimes(state, now + requestMarginMs)]
    .map((instant) => Date.parse(instant))
    .find((instant) => instant > swept && instant <= now + requestMarginMs);
}

/** From when on it is found that time does something, for all that it does until an instant. */
function clockEventTimes(state: State, until: number): string[] {
  const next = nextClockEvent(state);
  if (!next || Date.parse(next.dueAt) > until) return [];
  return [noticeable(state, next), ...clockEventTimes(next.apply(next.dueAt), until)];
}

/** The instants at which the same request begins to be answered in another way. */
function turningPoints(state: State): string[] {
  const { status, answerBy, closedAt, keys } = state;
  return [
    ...(status === "acknowledged" && answerBy ? [answerBy] : []),
    ...(closedAt ? [later(closedAt, 30 * day)] : []),
    ...Object.values(keys).map(({ at }) => later(at, day)),
  ];
}

async function followClock(world: ModelWorld, followed: ModelledComplaint): Promise<void> {
  if (!isDue(world, followed)) return;
  const view = await readAsCitizen(world, followed);
  let history = "";
  for (let next = isDue(world, followed); next; next = isDue(world, followed)) {
    const { version, at } = view.history[followed.state.history.length] ?? { version: 0, at: "nothing happened" };
    const since = noticeable(followed.state, next);
    expect(at >= since, `event ${version} at ${at}, due at ${next.dueAt}`).toBe(true);
    expect(at <= later(since, noticeDelayMs), `event ${version} at ${at}, due since ${since}`).toBe(true);
    followed.state = next.apply(at);
    history += ` ${followed.state.history.at(-1)?.type} at ${at}, due ${next.dueAt};`;
  }
  world.log.push(`${instantNow(world)} the clock:${history}`);
  compareWithModel(view, followed, "citizen");
}

/** A move may lead to what was due before it; the clock finds that from then on. */
function noticeable({ history }: State, { dueAt }: NextClockEvent): string {
  const moved = history.at(-1)?.at ?? "";
  return moved > dueAt ? moved : dueAt;
}

function isDue(world: ModelWorld, { state }: ModelledComplaint) {
  const next = nextClockEvent(state);
  return next && next.dueAt <= instantNow(world) ? next : undefined;
}

/** Sends a request and holds its answer, and what it left, against the model. */
export async function perform(
  world: ModelWorld,
  followed: ModelledComplaint,
  { act: request, call }: { act: ModelRequest; call: Call },
): Promise<void> {
  const sentAt = instantNow(world);
  const [first] = world.followed;
  const about = followed.state.retaliation ? first?.state : undefined;
  const expected = decide(followed.state, request, { at: sentAt, about });
  const answered = await world.cloud.call(call);
  const result = { status: answered.status, code: codeOf(answered) };
  world.log.push(
    `${sentAt} ${followed.state.status} ${JSON.stringify(request)} → ${result.status} ${result.code ?? ""}`,
  );
  expect(result, answered.text).toEqual({ status: expected.status, code: expected.code });
  if (expected.code) return;
  const view = request.kind === "transfer" ? await readAsCitizen(world, followed) : viewIn(answered);
  followed.state = stateAfterAnswer(followed.state, {
    expected,
    act: request,
    about,
    view,
    sentAt,
    receivedAt: instantNow(world),
  });
  const version = expected.version ?? versionOf(followed.state);
  if (request.kind === "transfer") expect(answered.body).toMatchObject({ version });
  if (view) compareWithModel(view, followed, request.kind === "transfer" ? "citizen" : request.role);
}

const Problem = z.looseObject({ code: z.string() });
const codeOf = ({ body }: Answered) => Problem.safeParse(body).data?.code;
const viewIn = ({ body }: Answered) => ModelView.safeParse(body).data;

type AnswerInput = {
  expected: Outcome;
  act: ModelRequest;
  about: State | undefined;
  view: ModelView | undefined;
  sentAt: string;
  receivedAt: string;
};

/** What the model says for the instant at which the product decided, which the history tells. */
function stateAfterAnswer(state: State, { expected, act, about, view, sentAt, receivedAt }: AnswerInput): State {
  if (!view || expected.state.history === state.history) return expected.state;
  const at = view.history.at(-1)?.at ?? "";
  expect(at >= sentAt && at <= receivedAt, `${sentAt} ≤ ${at} ≤ ${receivedAt}`).toBe(true);
  return decide(state, act, { at, about }).state;
}
