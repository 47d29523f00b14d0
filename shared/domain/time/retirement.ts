import * as z from "zod";
import { Slug } from "../vocabulary.ts";
import { LocalDate } from "./calendar.ts";

/**
 * Since which day of Asia/Tehran something of the province takes nothing new; what is open is finished as before.
 * Nothing that was ever released is removed from a province's file.
 */
export const Retirement = z.object({ retiredFrom: LocalDate.optional() });
export type Retirement = z.infer<typeof Retirement>;

/** The same, for what callers name by an id: and what takes its place, where something does. */
export const Succession = Retirement.extend({ successorId: Slug.optional() });
export type Succession = z.infer<typeof Succession>;
