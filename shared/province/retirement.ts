import * as z from "zod";
import { type Instant, LocalDate } from "../time/calendar.ts";
import { localDate } from "../time/local-time.ts";
import { Slug } from "../vocabulary.ts";

/**
 * `retiredFrom`: the day of Asia/Tehran from which an entry of the province file, such as an agency or a cause, is not
 * used for anything new. Open complaints go on. An entry that was ever released must stay in the file.
 */
export const Retirement = z.object({ retiredFrom: LocalDate.optional() });
export type Retirement = z.infer<typeof Retirement>;

/**
 * Retirement of an entry that callers name by its id. `successorId`: the entry that takes its place, if there is one.
 */
export const Succession = Retirement.extend({ successorId: Slug.optional() });
export type Succession = z.infer<typeof Succession>;

/** An entry of the province file that callers name by its id. */
export type CatalogEntry = Succession & { id: string };

/**
 * Returns whether an entry is retired at `now`: from the first instant of its day on. Ask at each request, because a
 * Lambda instance may live past midnight.
 */
export function isRetired(entry: Retirement, now: Instant): boolean {
  return isRetiredOn(entry, localDate(now));
}

/** `day`: a day of Asia/Tehran. */
function isRetiredOn({ retiredFrom }: Retirement, day: string): boolean {
  return retiredFrom !== undefined && retiredFrom <= day;
}

/**
 * Returns the id, then its successor, then the successor's successor. It ends with the first entry that is not retired
 * or has no successor.
 */
export function successionChain(entries: readonly CatalogEntry[], { id, now }: { id: string; now: Instant }): string[] {
  const chain = [id];
  for (let next = directSuccessor(entries, { id, now }); next && !chain.includes(next); ) {
    chain.push(next);
    next = directSuccessor(entries, { id: next, now });
  }
  return chain;
}

/**
 * Returns the id of the entry that is used now in the place of `id`; undefined if the last successor is retired,
 * too.
 */
export function successorOf(
  entries: readonly CatalogEntry[],
  { id, now }: { id: string; now: Instant },
): string | undefined {
  const last = successionChain(entries, { id, now }).at(-1);
  return entries.find((entry) => entry.id === last && !isRetired(entry, now))?.id;
}

function directSuccessor(
  entries: readonly CatalogEntry[],
  { id, now }: { id: string; now: Instant },
): string | undefined {
  const retired = entries.find((entry) => entry.id === id && isRetired(entry, now));
  return retired?.successorId;
}
