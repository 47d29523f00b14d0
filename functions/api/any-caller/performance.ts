import * as z from "zod";
import type { Period } from "#shared/domain/statistics/period.ts";
import { readOwnFigures } from "#shared/store/statistics/agency-figures.ts";
import type { ClosedMonth } from "#shared/store/statistics/closed.ts";
import { readTold } from "#shared/store/statistics/told.ts";
import { type Performance, performanceOf } from "./own-performance.ts";
import { askedPeriods } from "./statistics-query.ts";
import { rowOf } from "./statistics-row.ts";

/** Closed quarters, from one to another. */
export const QuartersQuery = z.strictObject({ from: z.string().max(10).optional(), to: z.string().max(10).optional() });
type Asked = z.infer<typeof QuartersQuery>;

/** The quarters that are asked for, of those that are closed; the last one where none is named. */
export function askedQuarters(asked: Asked, closed: readonly ClosedMonth[]): Period[] {
  return askedPeriods({ ...asked, period: "quarter", table: "total" }, closed);
}

type Wanted = { agencyIds: readonly string[]; closed: ClosedMonth[]; quarters: readonly Period[] };

/** What each of the agencies did in each quarter, the earliest first. */
export async function performancesOf({ agencyIds, closed, quarters }: Wanted): Promise<Performance[]> {
  const told = await readTold({ closed, periods: quarters, table: "agency" });
  const own = await Promise.all(agencyIds.map((agencyId) => readOwnFigures({ agencyId, closed })));
  return quarters.flatMap((quarter) =>
    agencyIds.flatMap((agencyId, n) => {
      const figures = own[n]?.find((one) => one.quarter.name === quarter.name)?.figures;
      const cells = told.find(({ period }) => period.name === quarter.name)?.cells;
      const cell = cells?.find((one) => one.cell.cell === agencyId);
      const published = cell && rowOf(cell, { period: quarter, table: "agency" });
      return figures ? [{ ...performanceOf({ quarter, agencyId, figures }), published }] : [];
    }),
  );
}
