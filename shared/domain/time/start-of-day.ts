import * as PlainDate from "temporal-polyfill/fns/PlainDate";
import type { Instant } from "./instant.ts";
import { timeZone } from "./local-time.ts";

/** The first instant of a calendar day in Tehran. */
export function startOfDay(date: string): Instant {
  const [year = 0, month = 1, ordinal = 1] = date.split("-").map(Number);
  const day = PlainDate.create(year, month, ordinal);
  return new Date(PlainDate.toZonedDateTime(day, { timeZone }).epochMilliseconds).toISOString();
}
