import * as z from "zod";
import type { Partition } from "./partition.ts";
import type { PublishedCell } from "./published.ts";
import { fewestFor, type Range, shareIn, shareRangeIn, shownParts } from "./shown-part.ts";

/** What an agency may do to look better than it serves. */
export const Flag = z.enum(["withdrawn", "extended", "passed-on", "pressed", "quick-acceptance"]);
export type Flag = z.infer<typeof Flag>;

const shares: Record<Flag, { partition: Partition; name: string; fewest: number }> = {
  withdrawn: { partition: "closure", name: "withdrawn", fewest: fewestFor.rates },
  extended: { partition: "extended", name: "extended", fewest: fewestFor.rates },
  "passed-on": { partition: "passed-on", name: "passed-on", fewest: fewestFor.rates },
  pressed: { partition: "pressed", name: "pressed", fewest: fewestFor.opinions },
  "quick-acceptance": { partition: "acceptance", name: "quick-without-phone", fewest: fewestFor.rates },
};

/** The share that a flag is raised by. */
export function flaggedShare(cell: PublishedCell, flag: Flag): number | undefined {
  const { partition, name, fewest } = shares[flag];
  return shareIn(shownParts(cell, partition), name, fewest);
}

/** Over so many times the province's share, something stands out. */
const conspicuous = 3;

export function isConspicuous(own: Range | undefined, ofProvince: Range | undefined): boolean {
  return own !== undefined && ofProvince !== undefined && own.least > conspicuous * ofProvince.most;
}

/** What stands out about an agency beside the province. */
export function flagsOf(agency: PublishedCell, province: PublishedCell): Flag[] {
  const range = (cell: PublishedCell, flag: Flag) => {
    const { partition, name, fewest } = shares[flag];
    return shareRangeIn(shownParts(cell, partition), name, fewest);
  };
  return Flag.options.filter((flag) => isConspicuous(range(agency, flag), range(province, flag)));
}
