import * as z from "zod";
import { Instant } from "../time/calendar.ts";
import type { UnknownEvent } from "./newer-items.ts";

/** An event in the history of an issue or a notice that only a newer release knows: its type and its texts stay hidden. */
export const InternalStep = z.object({ type: z.literal("internal"), number: z.int().min(1), at: Instant });
type InternalStep = z.infer<typeof InternalStep>;

/** A history: each type of event with the fields of every step, and the steps that only a newer release knows. */
export function historyShape<P extends z.ZodObject, S extends z.ZodRawShape>(payloads: () => readonly P[], step: S) {
  type Step = (z.output<P> & z.output<z.ZodObject<S>>) | InternalStep;
  const steps = z.lazy(() => {
    const known = payloads().map((payload) => payload.extend(step)) as unknown as [typeof InternalStep];
    return z.discriminatedUnion("type", [...known, InternalStep]) as unknown as z.ZodType<Step>;
  });
  return z.array(steps);
}

/** The history with the events that only newer code knows, in the order of their numbers. */
export function withInternalSteps<T extends { number: number }>(
  history: readonly T[],
  newer: readonly UnknownEvent[] = [],
): (T | InternalStep)[] {
  const internal = newer.map(({ version, at }): InternalStep => ({ type: "internal", number: version, at }));
  return [...history, ...internal].sort((one, other) => one.number - other.number);
}
