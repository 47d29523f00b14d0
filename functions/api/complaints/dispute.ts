import * as z from "zod";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { text } from "#shared/domain/text.ts";
import { addMilliseconds, milliseconds } from "#shared/domain/time/duration.ts";
import { review } from "#shared/province/slices.static.ts";

/** The body of a dispute, by the citizen or by the call centre for the citizen. */
export const DisputeBody = z.strictObject({ reason: text({ min: 2, max: longestText }) });

/** The deadline for the inspectors' review of a dispute or report that comes in at `now`. */
export const reviewDeadlineFrom = (now: string) => addMilliseconds(now, milliseconds(review.duration));
