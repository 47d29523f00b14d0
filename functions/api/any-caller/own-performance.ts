import * as z from "zod";
import { exactBreakdowns, type OwnFigures } from "#shared/domain/statistics/own-figures.ts";
import { daysOf } from "#shared/domain/statistics/period.ts";

const Exact = z.object({
  count: z.int(),
  breakdowns: z.partialRecord(z.enum(exactBreakdowns), z.record(z.string(), z.int())),
});

/** An agency's work of a month, exactly: of the complaints that it received in the month, by its own events. */
export const Performance = z
  .object({
    month: z.string(),
    firstDay: z.string(),
    lastDay: z.string(),
    agencyId: z.string(),
    all: Exact,
    categories: z.array(Exact.extend({ category: z.string() })),
  })
  .meta({ id: "Performance" });
export type Performance = z.infer<typeof Performance>;

export function performanceOf({
  month,
  agencyId,
  figures,
}: {
  month: string;
  agencyId: string;
  figures: OwnFigures;
}): Performance {
  const { first, last } = daysOf({ kind: "month", name: month });
  const categories = Object.entries(figures.categories).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return {
    month,
    firstDay: first,
    lastDay: last,
    agencyId,
    all: exactOf(figures.all),
    categories: categories.map(([category, counts]) => ({ category, ...exactOf(counts) })),
  };
}

function exactOf({ all = 0, ...measures }: OwnFigures["all"]): z.infer<typeof Exact> {
  const found = exactBreakdowns.flatMap((name) => {
    const prefix = `${name}:`;
    const classes = Object.entries(measures).flatMap(([measure, n]) =>
      measure.startsWith(prefix) ? [[measure.slice(prefix.length), n] as const] : [],
    );
    return classes.length > 0 ? [[name, Object.fromEntries(classes)] as const] : [];
  });
  return { count: all, breakdowns: Object.fromEntries(found) };
}
