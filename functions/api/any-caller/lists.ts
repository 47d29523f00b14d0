import * as z from "zod";
import { EventId } from "#shared/domain/complaint/event.ts";
import { mostOnPage, usualOnPage } from "#shared/domain/policy-numbers.ts";

/** Where a list goes on; opaque. */
export const Cursor = z.string();

/** How much of a list is wanted, and from where. */
export const Paging = z.strictObject({
  limit: z.coerce.number().int().min(1).max(mostOnPage).default(usualOnPage),
  cursor: Cursor.max(2_000).optional(),
});

/** A yes or no in an address, whose two values the document tells: of `z.stringbool` it would say that any text is taken. */
export const YesOrNo = z.enum(["true", "false"]).transform((text) => text === "true");

/** How much of a feed is wanted, and after which event. */
export const Following = z.strictObject({
  after: EventId.max(40).optional(),
  limit: z.coerce.number().int().min(1).max(mostOnPage).default(usualOnPage),
});

/** A page of a list; without `nextCursor` it is the last. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), nextCursor: Cursor.optional() });
}

/** A page of a feed; `nextCursor` is the id of its last event. */
export function feedPageOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), nextCursor: EventId.optional() });
}
