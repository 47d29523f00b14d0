import { type IranianMonth, monthsLater } from "./iranian-month.ts";
import type { PublishedPeriod } from "./published.ts";
import { type CellKey, type Dimension, placeOf, type Table } from "./table.ts";

/** Whether a cell may be of something that nobody could name yet in the periods that close. */
export type IsNew = (at: { table: Table; cell: CellKey }) => boolean;

/**
 * What had no row when the month before was published, in the middle of the one that closes now, was added since, perhaps
 * after its end. Everybody can see that, so what rests on it tells nothing of complaints.
 */
export function newSince(earlier: readonly PublishedPeriod[], closing: IranianMonth): IsNew {
  const before = earlier.find(({ period }) => period.kind === "month" && period.name === monthsLater(closing, -1));
  return ({ table, cell }) =>
    Object.entries(placeOf(table, cell)).some(([dimension, value]) => {
      const rows = before?.tables[dimension as Dimension];
      return rows?.every((row) => row.cell !== value);
    });
}
