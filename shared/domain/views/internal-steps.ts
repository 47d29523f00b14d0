import * as z from "zod";
import type { UnknownEvent } from "../complaint/event.ts";
import { Instant } from "../time/calendar.ts";

/** An event in the history of an issue or a notice that only a newer release knows: its type and its texts stay hidden. */
export const InternalStep = z.object({ type: z.literal("internal"), number: z.int().min(1), at: Instant });
type InternalStep = z.infer<typeof InternalStep>;

/** The history with the events that only newer code knows, in the order of their numbers. */
export function withInternalSteps<T extends { number: number }>(
  history: readonly T[],
  newer: readonly UnknownEvent[] = [],
): (T | InternalStep)[] {
  const internal = newer.map(({ version, at }): InternalStep => ({ type: "internal", number: version, at }));
  return [...history, ...internal].sort((one, other) => one.number - other.number);
}
