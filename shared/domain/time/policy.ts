import * as z from "zod";
import { Duration } from "./duration.ts";

/** `office-hours` counts only while the county's offices are open; `elapsed` always counts. */
export const ClockKind = z.enum(["office-hours", "elapsed"]);
export type ClockKind = z.infer<typeof ClockKind>;

/** How long something may take, and on which clock. */
export const Policy = z.strictObject({ clock: ClockKind, duration: Duration });
export type Policy = z.infer<typeof Policy>;

export const ElapsedPolicy = Policy.extend({ clock: z.literal("elapsed") });
