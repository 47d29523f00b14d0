import * as z from "zod";
import { ShownOfMany } from "./cell.ts";
import { isOpinion, type Partition, partitionNames } from "./partition.ts";
import type { Period } from "./period.ts";
import { dimensionsOf, Table } from "./table.ts";
import type { Tallies } from "./tallies.ts";

const Few = z.literal("<5");
const Classes = z.object({
  classes: z.array(z.string()),
  shown: z.union([z.int(), Few]),
  /** Of several classes the one beside which the others are few. */
  mostly: z.string().optional(),
});

/**
 * A cell as the public reads it. A partition that is not there has fewer than five complaints, or none; what an agency passed
 * on is not there either where another cell has nearly as many as it ever held.
 */
export const PublishedCell = z.object({
  cell: z.string(),
  /**
   * `held-back`: it is large enough, but one that holds it, or that it holds, has fewer than five complaints more or fewer,
   * it is the sum of others that are not all told, or the smallest beside the only hidden one of those that add up to another.
   */
  all: z.union([z.int(), Few, z.literal("held-back")]),
  parts: z.partialRecord(z.enum(partitionNames), z.array(Classes)).optional(),
  /** An agency's peer group, null for none, as the province's file had it on the day; not there before it was kept. */
  group: z.string().nullable().optional(),
  /** Reports of retaliation, told once a year for the whole province. */
  retaliations: ShownOfMany.optional(),
});
export type PublishedCell = z.infer<typeof PublishedCell>;

export const PublishedTables = z.partialRecord(Table, z.array(PublishedCell));
export type PublishedTables = z.infer<typeof PublishedTables>;

/** A period's figures: what was counted, which stays with us, and what is published of it, once and never anew. */
export type PublishedPeriod = { period: Period; tallies: Tallies; tables: PublishedTables };

/** The tables that are published for a period: no month is told by two dimensions, its cells are too small. */
export function tablesOf({ kind }: Period): Table[] {
  return Table.options.filter((table) => kind !== "month" || dimensionsOf[table].length < 2);
}

/** The partitions by which a table's cells are parted: of one dimension at the most, of months no opinions. */
export function partitionsIn({ table, kind }: { table: Table; kind: Period["kind"] }): Partition[] {
  if (dimensionsOf[table].length > 1) return [];
  const isByAgency = table === "total" || table === "agency";
  return partitionNames.filter(
    (name) => (kind !== "month" || !isOpinion(name)) && (isByAgency || !name.startsWith("called-")),
  );
}
