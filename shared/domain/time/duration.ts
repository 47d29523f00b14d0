import * as z from "zod";

const pattern = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?$/;

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const daySeconds = dayMs / 1_000;

/** An ISO 8601 duration of days, hours and minutes (`PT3H`, `P10D`). Months and years have no fixed length. */
export const Duration = z.string().regex(pattern, "must be an ISO 8601 duration of days, hours and minutes, like PT3H");
export type Duration = z.infer<typeof Duration>;

/** Returns a duration in milliseconds. A day has 24 hours. */
export function milliseconds(duration: Duration): number {
  const [, days = "0", hours = "0", minutes = "0"] = pattern.exec(duration) ?? [];
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000;
}

/** Returns the sum of two durations in hours and minutes: `PT3H` and `PT3H30M` are `PT6H30M`. */
export function sumOfDurations(one: Duration, other: Duration): Duration {
  const minutes = (milliseconds(one) + milliseconds(other)) / 60_000;
  const rest = minutes % 60;
  return `PT${(minutes - rest) / 60}H${rest > 0 ? `${rest}M` : ""}`;
}

/** Returns an instant in seconds since 1970, rounded down. DynamoDB needs this form in `expiresAt` (time to live). */
export function secondsOf(instant: string): number {
  return Math.floor(Date.parse(instant) / 1_000);
}

/** Returns the instant `ms` milliseconds later. */
export function addMilliseconds(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString();
}

/** `office-hours` counts only while the county's offices are open; `elapsed` always counts. */
export const ClockKind = z.enum(["office-hours", "elapsed"]);
export type ClockKind = z.infer<typeof ClockKind>;

/** How long an action may take, and the clock that counts the time. */
export const DeadlinePolicy = z.strictObject({ clock: ClockKind, duration: Duration });
export type DeadlinePolicy = z.infer<typeof DeadlinePolicy>;

export const ElapsedPolicy = DeadlinePolicy.extend({ clock: z.literal("elapsed") });
