import { expect } from "vitest";
import * as z from "zod";
import type { Answered, Call } from "../api-caller.ts";
import type { Act } from "./acts.ts";
import { compare, type Followed, readAsCitizen, Seen, type World } from "./followed.ts";
import { instantNow } from "./passing-time.ts";
import { decide, type Outcome } from "./rules.ts";
import { type State, versionOf } from "./state.ts";

/** Sends a request and holds its answer, and what it left, against the model. */
export async function perform(
  world: World,
  followed: Followed,
  { act, call }: { act: Act; call: Call },
): Promise<void> {
  const sentAt = instantNow(world);
  const [first] = world.followed;
  const about = followed.state.retaliation ? first?.state : undefined;
  const expected = decide(followed.state, act, { at: sentAt, about });
  const answered = await world.cloud.call(call);
  const result = { status: answered.status, code: codeOf(answered) };
  world.log.push(`${sentAt} ${followed.state.status} ${JSON.stringify(act)} → ${result.status} ${result.code ?? ""}`);
  expect(result, answered.text).toEqual({ status: expected.status, code: expected.code });
  if (expected.code) return;
  const view = act.kind === "transfer" ? await readAsCitizen(world, followed) : viewIn(answered);
  followed.state = settled(followed.state, { expected, act, about, view, sentAt, receivedAt: instantNow(world) });
  const version = expected.version ?? versionOf(followed.state);
  if (act.kind === "transfer") expect(answered.body).toMatchObject({ version });
  if (view) compare(view, followed, act.kind === "transfer" ? "citizen" : act.role);
}

const Problem = z.looseObject({ code: z.string() });
const codeOf = ({ body }: Answered) => Problem.safeParse(body).data?.code;
const viewIn = ({ body }: Answered) => Seen.safeParse(body).data;

type Settling = {
  expected: Outcome;
  act: Act;
  about: State | undefined;
  view: Seen | undefined;
  sentAt: string;
  receivedAt: string;
};

/** What the model says for the instant at which the product decided, which the history tells. */
function settled(state: State, { expected, act, about, view, sentAt, receivedAt }: Settling): State {
  if (!view || expected.state.history === state.history) return expected.state;
  const at = view.history.at(-1)?.at ?? "";
  expect(at >= sentAt && at <= receivedAt, `${sentAt} ≤ ${at} ≤ ${receivedAt}`).toBe(true);
  return decide(state, act, { at, about }).state;
}
