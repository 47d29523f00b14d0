import * as z from "zod";
import { Slug } from "../vocabulary.ts";
import { LocalDate } from "./calendar.ts";
import type { Instant } from "./instant.ts";
import { localDate } from "./local-time.ts";

/**
 * Since which day of Asia/Tehran something of the province takes nothing new; what is open is finished as before.
 * Nothing that was ever released is removed from a province's file.
 */
export const Retirement = z.object({ retiredFrom: LocalDate.optional() });
export type Retirement = z.infer<typeof Retirement>;

/** The same, for what callers name by an id: and what takes its place, where something does. */
export const Succession = Retirement.extend({ successorId: Slug.optional() });
export type Succession = z.infer<typeof Succession>;

/** Something of the province that callers name. */
export type Offered = Succession & { id: string };

/** From the first instant of the day on; asked at each request, since a function lives across midnight. */
export function isRetired(one: Retirement, now: Instant): boolean {
  return isRetiredOn(one, localDate(now));
}

/** `day`: of Asia/Tehran. */
export function isRetiredOn({ retiredFrom }: Retirement, day: string): boolean {
  return retiredFrom !== undefined && retiredFrom <= day;
}

/** The id, then what took its place, as long as each of them is retired itself. */
export function successionOf(offered: readonly Offered[], { id, now }: { id: string; now: Instant }): string[] {
  const line = [id];
  for (let next = nextOf(offered, { id, now }); next && !line.includes(next); ) {
    line.push(next);
    next = nextOf(offered, { id: next, now });
  }
  return line;
}

/** What takes new things in the place of something retired; undefined where nothing does. */
export function successorOf(
  offered: readonly Offered[],
  { id, now }: { id: string; now: Instant },
): string | undefined {
  const last = successionOf(offered, { id, now }).at(-1);
  return offered.find((one) => one.id === last && !isRetired(one, now))?.id;
}

function nextOf(offered: readonly Offered[], { id, now }: { id: string; now: Instant }): string | undefined {
  const one = offered.find((it) => it.id === id);
  return one && isRetired(one, now) ? one.successorId : undefined;
}
