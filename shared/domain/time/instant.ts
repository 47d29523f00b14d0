import * as z from "zod";
import { isGregorian } from "./calendar.ts";

/** UTC with milliseconds and `Z`, so that instants compare and sort as text. */
export const Instant = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof Instant>;

/** An instant as a caller sends it, in any precision, read into the form of `Instant`. */
export const SentInstant = z.iso
  .datetime()
  .refine(isGregorian, { params: { rule: "not-gregorian" } })
  .transform((instant) => new Date(instant).toISOString());
