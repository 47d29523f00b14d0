import * as z from "zod";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { text } from "#shared/domain/text.ts";
import { later, milliseconds } from "#shared/domain/time/duration.ts";
import { review } from "#shared/province/slices.static.ts";

/** Why the citizen disputes, said alone or in a call. */
export const DisputeBody = z.strictObject({ reason: text({ min: 2, max: longestText }) });

/** When what comes to the inspectors then must be reviewed. */
export const reviewByFrom = (now: string) => later(now, milliseconds(review.duration));
