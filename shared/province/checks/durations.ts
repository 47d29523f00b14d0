import { dataKinds, previousDataKind } from "#shared/complaints/forgetting.ts";
import { ClockKind, Duration } from "#shared/hours/deadline-policy.ts";
import { longestDeadline, shortestDeadline } from "#shared/policy-numbers.ts";
import { milliseconds } from "#shared/time/duration.ts";
import { Authority } from "#shared/vocabulary.ts";
import type { ProvinceFault } from "./fault-texts.ts";
import type { LooseProvince } from "./lenient-file.ts";

type Policy = LooseProvince["review"];

/** Faults of durations and levels: too short, too long, contradicting each other, or levels in the wrong order. */
export function durationFaults({
  categories,
  escalationLevels,
  review,
  confirmation,
  visits,
}: LooseProvince): ProvinceFault[] {
  const ofCategories = categories.flatMap(({ acknowledge, answer, extension }, c) =>
    Object.entries({ acknowledge, answer, extension }).map(([field, policy]) => ({
      path: ["categories", c, field],
      policy,
    })),
  );
  const ofLevels = escalationLevels.flatMap(({ after }, n) =>
    after ? [{ path: ["escalationLevels", n, "after"], policy: after }] : [],
  );
  const others = [
    { path: ["review"], policy: review },
    { path: ["confirmation"], policy: confirmation },
    { path: ["visits"], policy: visits },
  ];
  return [
    ...[...ofCategories, ...ofLevels, ...others].flatMap(lengthFaults),
    ...categories.flatMap(contradictionFaults),
    ...escalationLevels.flatMap(levelFaults),
  ];
}

/** A policy's duration in milliseconds; undefined if it cannot be read, which the schema reports. */
const lengthOf = ({ duration }: Policy) => (Duration.safeParse(duration).success ? milliseconds(duration) : undefined);

function lengthFaults({ path, policy }: { path: ProvinceFault["path"]; policy: Policy }): ProvinceFault[] {
  const length = lengthOf(policy);
  const { data: clock } = ClockKind.safeParse(policy.clock);
  if (length === undefined) return [];
  const at = [...path, "duration"];
  if (length < milliseconds(shortestDeadline))
    return [{ path: at, message: `${policy.duration} is too short to be kept: write ${shortestDeadline} or more` }];
  if (clock && length > milliseconds(longestDeadline[clock]))
    return [{ path: at, message: `${policy.duration} is too long: write ${longestDeadline[clock]} or less` }];
  return [];
}

/**
 * The faults of a category whose policies contradict each other: longer to acknowledge than to answer, or an extension on another clock
 * than the answer. Durations are compared without regard to their clocks. An office hour takes at least an hour, so an acknowledge time longer
 * than the answer time can never be right for a complaint that is filed during office hours.
 */
function contradictionFaults(
  { acknowledge, answer, extension }: LooseProvince["categories"][number],
  c: number,
): ProvinceFault[] {
  const faults: ProvinceFault[] = [];
  if ((lengthOf(acknowledge) ?? 0) > (lengthOf(answer) ?? Number.POSITIVE_INFINITY)) {
    const message = `${acknowledge.duration} to acknowledge is longer than the ${answer.duration} to answer: shorten it`;
    faults.push({ path: ["categories", c, "acknowledge", "duration"], message });
  }
  if (ClockKind.safeParse(answer.clock).success && extension.clock !== answer.clock) {
    const message = `an extension is counted on the answer's clock: write "${answer.clock}"`;
    faults.push({ path: ["categories", c, "extension", "clock"], message });
  }
  return faults;
}

function levelFaults(
  { authority, after }: LooseProvince["escalationLevels"][number],
  n: number,
  all: LooseProvince["escalationLevels"],
): ProvinceFault[] {
  const faults: ProvinceFault[] = [];
  if (n === 0 && after)
    faults.push({
      path: ["escalationLevels", n, "after"],
      message: "the first level is raised at the breach and has no wait: take it out",
    });
  if (n > 0 && !after) {
    const message = "is missing: say how long after the level before";
    faults.push({ path: ["escalationLevels", n, "after"], message });
  }
  const order: readonly string[] = Authority.options;
  const rank = (authority: string) => order.indexOf(authority);
  const levelBefore = all[n - 1];
  if (levelBefore && rank(authority) !== -1 && rank(authority) <= rank(levelBefore.authority)) {
    const message = `must stand higher than the level before; the order is ${order.join(", ")}`;
    faults.push({ path: ["escalationLevels", n, "authority"], message });
  }
  return faults;
}

/** A kind of data that is kept for a shorter time than the kind that must be erased before it. */
export function retentionFaults({ retention }: LooseProvince): ProvinceFault[] {
  return dataKinds.flatMap((kind) => {
    const earlier = previousDataKind(kind);
    if (!earlier) return [];
    const [own, minimum] = [retention[kind], retention[earlier]];
    if (![own, minimum].every((length) => Duration.safeParse(length).success)) return [];
    if (milliseconds(own) >= milliseconds(minimum)) return [];
    const message = `${own} is less than \`${earlier}\`, which goes before: write ${minimum} or more`;
    return [{ path: ["retention", kind], message }];
  });
}
