import type { ComplaintEvent } from "../complaint/event.ts";
import type { CallGroup, Opinion, PrivateEvent } from "../complaint/private-series.ts";
import type { Measure } from "./breakdown.ts";

/** What is said unasked, the last of it; and beside it, never mixed, what came of calling, and what is then said, by whom. */
export function opinionMeasures(series: readonly PrivateEvent[], events: readonly ComplaintEvent[]): Measure[] {
  const given = series.findLast((one) => one.type === "opinion-given");
  const calls = series.filter((one) => one.type === "called");
  const called = calls.findLast(({ outcome }) => outcome === "answered");
  const last = called ?? calls.at(-1);
  return [
    ...(given?.type === "opinion-given" ? saidMeasures("", given) : []),
    ...(last ? [`called-outcome:${last.outcome}` as const] : []),
    ...(called ? saidMeasures(`called-${groups[groupAsCounted(called.group, events)]}-`, called) : []),
  ];
}

/**
 * Silent is whoever stayed so: what the silent say stands for all who are silent, and whom the call moved to dispute or
 * accept is among them no more.
 */
function groupAsCounted(group: CallGroup, events: readonly ComplaintEvent[]): CallGroup {
  if (group !== "silent") return group;
  const types = new Set(events.map(({ type }) => type));
  if (types.has("accepted")) return "accepted";
  return types.has("disputed") ? "other" : "silent";
}

const groups = { accepted: "acceptors", silent: "silent", other: "others" } as const satisfies Record<
  CallGroup,
  string
>;
type Asked = "" | `called-${(typeof groups)[CallGroup]}-`;

function saidMeasures(asked: Asked, { solved, handling, pressed }: Partial<Opinion>): Measure[] {
  return [
    `${asked}solved:${solved}`,
    `${asked}handling:${handling}`,
    `${asked}pressed:${pressed ? "pressed" : "not-pressed"}`,
  ];
}
