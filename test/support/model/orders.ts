import type { Act } from "./acts.ts";
import { nextByClock } from "./clock-events.ts";
import type { Seen } from "./followed.ts";
import { decide } from "./rules.ts";
import { type State, versionOf } from "./state.ts";

/** An act that was made at the same instant as others, how it was answered, and between which instants. */
export type Answer = { act: Act; status: number; code: string | undefined; sentAt: string; receivedAt: string };

type Open = { state: State; answers: readonly Answer[] };
type Entries = Seen["history"];
/** What was seen in the end: the history, and whether a state is the one that was. */
export type End = { told: Entries; isSeen: (state: State) => boolean };

/** What is noted privately is numbered apart, so nothing tells its place among the events. */
const seriesOf = (told: Entries) => [told.filter((one) => !one.private), told.filter((one) => one.private)];

/**
 * The state that some order of the acts leads to, in which each is answered as it was and which leaves the history as it
 * is told; undefined where there is no such order. Time may do what is due at any place in it.
 */
export function explained({ state, answers }: Open, end: End): State | undefined {
  const left = answers.filter((answer) => !isRefusal(state, answer));
  const [open = [], noted = []] = seriesOf(end.told);
  const version = versionOf(state);
  const next = [open[version], noted[state.history.length - version]].filter((one) => one !== undefined);
  if (next.length === 0) return left.length === 0 && end.isSeen(state) ? state : undefined;
  for (const followed of next.flatMap((one) => continuations({ state, answers: left }, one))) {
    const found = isTold(followed.state, end.told) ? explained(followed, end) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** What changes nothing may as well have come here, and then is in nobody's way. */
function isRefusal(state: State, { act, sentAt, receivedAt, ...answer }: Answer): boolean {
  return [sentAt, receivedAt].some((at) => {
    const outcome = decide(state, act, { at });
    return outcome.state === state && outcome.status === answer.status && outcome.code === answer.code;
  });
}

/** What may have come next: one of the acts, or what time does. */
function continuations({ state, answers }: Open, { at }: Entries[number]): Open[] {
  const byAct = answers.flatMap((answer) => {
    const outcome = decide(state, answer.act, { at });
    const fits = outcome.state !== state && outcome.status === answer.status;
    return fits ? [{ state: outcome.state, answers: answers.filter((other) => other !== answer) }] : [];
  });
  const byClock = nextByClock(state);
  return byClock && byClock.dueAt <= at ? [...byAct, { state: byClock.happen(at), answers }] : byAct;
}

function isTold({ history }: State, told: Entries): boolean {
  const [open = [], noted = []] = seriesOf(told);
  return (
    begins(
      history.filter((one) => !one.private),
      open,
    ) &&
    begins(
      history.filter((one) => one.private),
      noted,
    )
  );
}

/** Whether what happened is what the series, numbered without a gap, begins with. */
function begins(happened: State["history"], series: Entries): boolean {
  return happened.every(({ type, at, dueAt, level }, n) => {
    const shown = series[n];
    const fits = shown?.type === type && shown.at === at && shown.dueAt === dueAt && shown.level === level;
    return fits && (shown.version ?? shown.private) === n + 1;
  });
}
