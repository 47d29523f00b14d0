// The desk counts with these in the browser, where zod would be a quarter of the loaded code.

export const durationPattern = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?$/;

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const daySeconds = dayMs / 1_000;

/** Returns a duration in milliseconds. A day has 24 hours. */
export function milliseconds(duration: string): number {
  const [, days = "0", hours = "0", minutes = "0"] = durationPattern.exec(duration) ?? [];
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000;
}

/** Returns the sum of two durations in hours and minutes: `PT3H` and `PT3H30M` are `PT6H30M`. */
export function sumOfDurations(one: string, other: string): string {
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
