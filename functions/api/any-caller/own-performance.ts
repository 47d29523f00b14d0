import * as z from "zod";
import { exactPartitions, type OwnFigures } from "#shared/domain/statistics/own-figures.ts";
import { daysOf, type Period } from "#shared/domain/statistics/period.ts";
import { StatisticsRow } from "./statistics-row.ts";

const Counts = z.object({
  count: z.int(),
  exactly: z.partialRecord(z.enum(exactPartitions), z.record(z.string(), z.int())),
});

/** An agency's work of a quarter: exactly, without opinions, and beside it what the public reads. */
export const Performance = z
  .object({
    quarter: z.string(),
    firstDay: z.string(),
    lastDay: z.string(),
    agencyId: z.string(),
    all: Counts,
    categories: z.array(Counts.extend({ category: z.string() })),
    published: StatisticsRow.optional(),
  })
  .meta({ id: "Performance" });
export type Performance = z.infer<typeof Performance>;

type Own = { quarter: Period; agencyId: string; figures: OwnFigures };

/** The exact part. */
export function performanceOf({ quarter, agencyId, figures }: Own): Performance {
  const { first, last } = daysOf(quarter);
  const categories = Object.entries(figures.categories).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return {
    quarter: quarter.name,
    firstDay: first,
    lastDay: last,
    agencyId,
    all: countsOf(figures.all),
    categories: categories.map(([category, counts]) => ({ category, ...countsOf(counts) })),
  };
}

function countsOf({ all = 0, ...measures }: OwnFigures["all"]): z.infer<typeof Counts> {
  const parts = exactPartitions.flatMap((name) => {
    const prefix = `${name}:`;
    const classes = Object.entries(measures).flatMap(([measure, n]) =>
      measure.startsWith(prefix) ? [[measure.slice(prefix.length), n] as const] : [],
    );
    return classes.length > 0 ? [[name, Object.fromEntries(classes)] as const] : [];
  });
  return { count: all, exactly: Object.fromEntries(parts) };
}
