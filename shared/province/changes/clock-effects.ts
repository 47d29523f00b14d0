import type { Province } from "../province.ts";
import { type Answer, answerTo, byEntry, byField, refused, saying, under } from "./answer.ts";
import { renamed } from "./any-effects.ts";
import { retirement, successor } from "./retirement-effects.ts";

type Category = Province["categories"][number];
type Policy = Category["answer"];
type Rung = Province["ladder"][number];
type Hours = Province["officeHours"];

const worded = ({ clock, duration }: Policy) =>
  `${duration} of ${clock === "elapsed" ? "elapsed time" : "office hours"}`;
const fromTo = ({ was, is }: { was: Policy; is: Policy }) => `${worded(is)}, not ${worded(was)}`;

/** What was promised stands in the complaint; explanations take the durations from the file. */
const promised = "running deadlines stay, and are explained with the new duration";

const clockOf = (counted: string) =>
  saying<Policy>(
    (policy) =>
      `complaints filed from the deployment on have ${fromTo(policy)}; ${promised}; one that is counted again (${counted}) goes by the new`,
  );

export const categories: Answer<Category[]> = byEntry({
  noun: "category",
  key: ({ id }) => id,
  added: () => "new; filings may name it from the deployment on",
  each: byField<Category>({
    id: refused,
    name: renamed,
    acknowledge: clockOf("after a transfer, or an admin's change of office hours within it"),
    answer: clockOf("after an admin's change of office hours within it"),
    extension: saying(
      (policy) =>
        `an extension from the deployment on adds ${fromTo(policy)}, also to complaints that are open; those that were extended keep their deadlines`,
    ),
    retiredFrom: retirement({
      retired: "filings under it are refused as retired; complaints under it keep their deadlines and go on",
      back: "filings may name it again",
    }),
    successorId: successor,
  }),
});

export const review: Answer<Policy> = saying(
  (policy) => `disputes and retaliation reports from the deployment on are due after ${fromTo(policy)}; ${promised}`,
);
export const confirmation: Answer<Policy> = saying(
  (policy) => `answers from the deployment on may be disputed for ${fromTo(policy)}; ${promised}`,
);

const rung = byField<Rung>({
  holder: refused,
  after: saying(
    ({ is }) =>
      `waits ${is ? worded(is) : "not at all"} after the rung before; a complaint that already waits for it keeps its time`,
  ),
  ordersVisit: saying(({ is }) =>
    is ? "orders a visit for what is raised to it from the deployment on" : "orders no visits from the deployment on",
  ),
});

/** By number: a rung in another place is refused. */
export const ladder: Answer<Rung[]> = ({ was, is }, around) =>
  is.flatMap((now, n) => {
    const before = was[n];
    if (before) return under([n], answerTo(rung, { was: before, is: now }, around));
    const message = `"${now.holder}" is a new rung: late complaints climb to it too; one that has reached rung ${was.length} already does so at once when it is next changed`;
    return [{ path: [n], message }];
  });

const moving =
  "changed hours act on clocks that start, and on deadlines that are counted again, from the deployment on: running deadlines stay where they are, and are explained by the new hours. To move them, an admin sets the day's hours";

const ranges = (meanwhile: string): Answer<Hours["national"]> =>
  byEntry({
    noun: "weekly hours",
    key: ({ id }) => id,
    added: ({ from, to }) => `new, from ${from} to ${to}`,
    removed: () => `gone; ${meanwhile} hold on their days`,
    each: saying("changed"),
  });

const days: Answer<Hours> = byField({
  timeZone: refused,
  national: ranges("those before them"),
  provincial: ranges("the national ones"),
  holidays: byEntry<Hours["holidays"][number]>({
    noun: "holiday",
    key: ({ date }) => date,
    added: () => "new; the offices are closed",
    removed: () => "gone; the week's hours hold",
    each: saying("changed"),
  }),
  holidaysUntil: saying(({ is }) => `holidays are known until ${is}`),
  overrides: byEntry<Hours["overrides"][number]>({
    noun: "day of other hours",
    key: ({ date, countyId }) => (countyId ? `${date} in ${countyId}` : date),
    added: () => "new, unless an admin has set other hours for it",
    removed: () => "gone",
    each: saying("changed, unless an admin has set other hours for it"),
  }),
});

export const officeHours: Answer<Hours> = (pair, around) => [{ path: [], message: moving }, ...days(pair, around)];
