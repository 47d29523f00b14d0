import * as z from "zod";
import { Slug } from "../vocabulary.ts";
import { type Instant, LocalDate } from "./calendar.ts";
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
export type CatalogEntry = Succession & { id: string };

/** From the first instant of the day on; asked at each request, since a function lives across midnight. */
export function isRetired(one: Retirement, now: Instant): boolean {
  return isRetiredOn(one, localDate(now));
}

/** `day`: of Asia/Tehran. */
export function isRetiredOn({ retiredFrom }: Retirement, day: string): boolean {
  return retiredFrom !== undefined && retiredFrom <= day;
}

/** The id, then what took its place, as long as each of them is retired itself. */
export function successionChain(entries: readonly CatalogEntry[], { id, now }: { id: string; now: Instant }): string[] {
  const chain = [id];
  for (let next = directSuccessor(entries, { id, now }); next && !chain.includes(next); ) {
    chain.push(next);
    next = directSuccessor(entries, { id: next, now });
  }
  return chain;
}

/** What takes new things in the place of something retired; undefined where nothing does. */
export function successorOf(
  offered: readonly CatalogEntry[],
  { id, now }: { id: string; now: Instant },
): string | undefined {
  const last = successionChain(offered, { id, now }).at(-1);
  return offered.find((one) => one.id === last && !isRetired(one, now))?.id;
}

function directSuccessor(
  offered: readonly CatalogEntry[],
  { id, now }: { id: string; now: Instant },
): string | undefined {
  const one = offered.find((it) => it.id === id);
  return one && isRetired(one, now) ? one.successorId : undefined;
}
