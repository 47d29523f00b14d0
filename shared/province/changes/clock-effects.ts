import type { Province } from "../schema.ts";
import {
  type BeforeAndAfter,
  type DescribeChange,
  describeAs,
  describedNowhere,
  describeEntries,
  describeFields,
  describeIfChanged,
  nameChange,
  prefixPaths,
  retirementChange,
  successorChange,
} from "./describe-change.ts";

type Category = Province["categories"][number];
type Policy = Category["answer"];
type Level = Province["escalationLevels"][number];
type Hours = Province["officeHours"];

const policyInWords = ({ clock, duration }: Policy) =>
  `${duration} of ${clock === "elapsed" ? "elapsed time" : "office hours"}`;
const fromTo = ({ oldValue, newValue }: BeforeAndAfter<Policy>) =>
  `${policyInWords(newValue)}, not ${policyInWords(oldValue)}`;

/** A complaint stores its deadlines, but explanations read the durations from the province's file. */
const runningDeadlinesNote = "running deadlines stay, and are explained with the new duration";

/** `recount`: when a running deadline is counted again. */
const clockChange = (recount: string) =>
  describeAs<Policy>(
    (policy) =>
      `complaints filed from the deployment on have ${fromTo(policy)}; ${runningDeadlinesNote}; one that is counted again (${recount}) goes by the new`,
  );

export const categories: DescribeChange<Category[]> = describeEntries({
  noun: "category",
  key: ({ id }) => id,
  added: () => "new; filings may name it from the deployment on",
  each: describeFields<Category>({
    id: describedNowhere,
    name: nameChange,
    acknowledge: clockChange("after a transfer, or an admin's change of office hours within it"),
    answer: clockChange("after an admin's change of office hours within it"),
    extension: describeAs(
      (policy) =>
        `an extension from the deployment on adds ${fromTo(policy)}, also to complaints that are open; those that were extended keep their deadlines`,
    ),
    retiredFrom: retirementChange({
      retired: "filings under it are refused as retired; complaints under it keep their deadlines and go on",
      back: "filings may name it again",
    }),
    successorId: successorChange,
  }),
});

export const review: DescribeChange<Policy> = describeAs(
  (policy) =>
    `disputes and retaliation reports from the deployment on are due after ${fromTo(policy)}; ${runningDeadlinesNote}`,
);
export const confirmation: DescribeChange<Policy> = describeAs(
  (policy) => `answers from the deployment on may be disputed for ${fromTo(policy)}; ${runningDeadlinesNote}`,
);

export const visits: DescribeChange<Policy> = describeAs(
  (policy) =>
    `visits that are ordered from the deployment on must be reported after ${fromTo(policy)}; others keep their deadline`,
);

const levelFields = describeFields<Level>({
  authority: describedNowhere,
  after: describeAs(
    ({ newValue }) =>
      `waits ${newValue ? policyInWords(newValue) : "not at all"} after the level before; a complaint that already waits for it keeps its time`,
  ),
  ordersVisit: describeAs(({ newValue }) =>
    newValue
      ? "orders a visit for what is raised to it from the deployment on"
      : "orders no visits from the deployment on",
  ),
});

/** Levels are compared by number, since `removalFaults` refuses a level that moved. */
export const escalationLevels: DescribeChange<Level[]> = ({ oldValue, newValue }, provinceContext) =>
  newValue.flatMap((newLevel, n) => {
    const oldLevel = oldValue[n];
    if (oldLevel) {
      const effects = describeIfChanged(levelFields, { oldValue: oldLevel, newValue: newLevel }, provinceContext);
      return prefixPaths([n], effects);
    }
    const message = `"${newLevel.authority}" is a new level: late complaints escalate to it too; one that has reached level ${oldValue.length} already does so at once when it is next changed`;
    return [{ path: [n], message }];
  });

const hoursChangeNote =
  "changed hours act on clocks that start, and on deadlines that are counted again, from the deployment on: running deadlines stay where they are, and are explained by the new hours. To move them, an admin sets the day's hours";

/** `fallback`: the hours that are valid once a range is removed. */
const ranges = (fallback: string): DescribeChange<Hours["national"]> =>
  describeEntries({
    noun: "weekly hours",
    key: ({ id }) => id,
    added: ({ from, to }) => `new, from ${from} to ${to}`,
    removed: () => `gone; ${fallback} hold on their days`,
    each: describeAs("changed"),
  });

const days: DescribeChange<Hours> = describeFields({
  timeZone: describedNowhere,
  national: ranges("those before them"),
  provincial: ranges("the national ones"),
  holidays: describeEntries<Hours["holidays"][number]>({
    noun: "holiday",
    key: ({ date }) => date,
    added: () => "new; the offices are closed",
    removed: () => "gone; the week's hours hold",
    each: describeAs("changed"),
  }),
  holidaysUntil: describeAs(({ newValue }) => `holidays are known until ${newValue}`),
  overrides: describeEntries<Hours["overrides"][number]>({
    noun: "day of other hours",
    key: ({ date, countyId }) => (countyId ? `${date} in ${countyId}` : date),
    added: () => "new, unless an admin has set other hours for it",
    removed: () => "gone",
    each: describeAs("changed, unless an admin has set other hours for it"),
  }),
});

export const officeHours: DescribeChange<Hours> = (values, provinceContext) => [
  { path: [], message: hoursChangeNote },
  ...days(values, provinceContext),
];
