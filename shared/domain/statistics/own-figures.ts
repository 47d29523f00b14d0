import * as z from "zod";
import { isOpinion, partitionNames } from "./partition.ts";
import { placeOf } from "./table.ts";
import { type Tallies, unseen } from "./tallies.ts";

const Counts = z.record(z.string(), z.int());

/** An agency's work of a period as it is: how many complaints by measure, in all and by category. No opinions. */
export const OwnFigures = z.object({ all: Counts, categories: z.record(z.string(), Counts) });
export type OwnFigures = z.infer<typeof OwnFigures>;

/** What an agency may know exactly: no opinion, and not who of one complaint left a phone. */
export const exactPartitions = partitionNames.filter((name) => !isOpinion(name) && name !== "acceptance");
const told = new Set<string>(exactPartitions);

/**
 * Exact counts, for the agency itself: it knows its own work. Of what it passed on and is told to be late with, the outcome
 * alone: when and how another answered, and what the citizen did then, is no longer its to see.
 */
export function ownFigures({ tables }: Tallies, agencyId: string): OwnFigures {
  const cells = Object.entries(tables["agency-category"] ?? {}).flatMap(([cell, measures]) => {
    const { agency, category = "" } = placeOf("agency-category", cell);
    return agency === agencyId ? [[category, countsOf(measures)] as const] : [];
  });
  return { all: countsOf(tables.agency?.[agencyId] ?? {}), categories: Object.fromEntries(cells) };
}

function countsOf(measures: Record<string, [number, number]>): z.infer<typeof Counts> {
  const own = Object.entries(measures).filter(([name]) => name === "all" || told.has(name.split(":")[0] ?? ""));
  const counts = own.map(([name, [n]]): [string, number] => [name, n - (measures[unseen(name)]?.[0] ?? 0)]);
  // A class of none would tell that there is one.
  return Object.fromEntries(counts.filter(([, n]) => n > 0));
}

/** How many complaints stand with each agency; those that are not named have none. */
export function filedOf({ tables }: Tallies): Record<string, number> {
  const cells = Object.entries(tables.agency ?? {});
  return Object.fromEntries(cells.map(([agencyId, { all }]) => [agencyId, all?.[0] ?? 0]));
}
