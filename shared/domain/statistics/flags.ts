import * as z from "zod";
import { flagFactor } from "../policy-numbers.ts";
import type { Breakdown } from "./breakdown.ts";
import type { PublishedCell } from "./published.ts";
import { type Share, shareIn } from "./share.ts";

/** What an agency may do to look better than its service is. */
export const Flag = z.enum(["withdrawn", "extended", "transferred-out", "pressed", "quick-acceptance"]);
export type Flag = z.infer<typeof Flag>;

const classes: Record<Flag, { breakdown: Breakdown; name: string }> = {
  withdrawn: { breakdown: "closure", name: "withdrawn" },
  extended: { breakdown: "extended", name: "extended" },
  "transferred-out": { breakdown: "transferred-out", name: "transferred-out" },
  pressed: { breakdown: "pressed", name: "pressed" },
  "quick-acceptance": { breakdown: "quick-acceptance", name: "quick" },
};

/** The share by which a flag is set; undefined where it is not said. */
export function flaggedShare(cell: PublishedCell, flag: Flag): Share | undefined {
  const { breakdown, name } = classes[flag];
  return shareIn(cell, breakdown, [name]);
}

/** The flags of an agency beside its province, from the same period's published cells. */
export function flagsOf(agency: PublishedCell, province: PublishedCell): Flag[] {
  return Flag.options.filter((flag) => {
    const [own, ofProvince] = [flaggedShare(agency, flag), flaggedShare(province, flag)];
    return own !== undefined && ofProvince !== undefined && own.from > flagFactor * ofProvince.share;
  });
}
