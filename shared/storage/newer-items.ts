import * as z from "zod";
import { Instant } from "../time/calendar.ts";

/**
 * Fields of a stored item that only a newer version of this code knows. They are written back unchanged, so that a move by
 * older code does not lose them.
 */
export const UnknownFields = z.record(z.string(), z.unknown()).optional();

/**
 * An event that a newer version of this code wrote: its type or one of its values is unknown here. Only the newer version
 * knows its payload and its audience.
 */
export const UnknownEvent = z.object({ version: z.int().min(1), at: Instant, by: z.string().optional() });
export type UnknownEvent = z.infer<typeof UnknownEvent>;
