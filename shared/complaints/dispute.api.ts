import * as z from "zod";
import { longestText } from "../policy-numbers.ts";
import { review } from "../province/slices.static.ts";
import { text } from "../text.ts";
import { addMilliseconds, milliseconds } from "../time/duration.ts";

/** The body of a dispute, by the citizen or by the call centre for the citizen. */
export const DisputeBody = z.strictObject({ reason: text({ min: 2, max: longestText }) });

/** The deadline for the inspectors' review of a dispute or report that comes in at `now`. */
export const reviewDeadlineFrom = (now: string) => addMilliseconds(now, milliseconds(review.duration));
