import * as z from "zod";
import { durationPattern } from "../time/duration.ts";

/** An ISO 8601 duration of days, hours and minutes (`PT3H`, `P10D`). Months and years have no fixed length. */
export const Duration = z
  .string()
  .regex(durationPattern, "must be an ISO 8601 duration of days, hours and minutes, like PT3H");
export type Duration = z.infer<typeof Duration>;

/** `office-hours` counts only while the county's offices are open; `elapsed` always counts. */
export const ClockKind = z.enum(["office-hours", "elapsed"]);
export type ClockKind = z.infer<typeof ClockKind>;

/** How long an action may take, and the clock that counts the time. */
export const DeadlinePolicy = z.strictObject({ clock: ClockKind, duration: Duration });
export type DeadlinePolicy = z.infer<typeof DeadlinePolicy>;

export const ElapsedPolicy = DeadlinePolicy.extend({ clock: z.literal("elapsed") });
