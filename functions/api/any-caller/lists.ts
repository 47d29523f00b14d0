import * as z from "zod";

/** How much of a list is wanted, and from where. */
export const Paging = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(2_000).optional(),
});

/** How much of a feed is wanted, and after which event. */
export const Following = z.strictObject({
  after: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

/** A page of a list; without `nextCursor` it is the last. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), nextCursor: z.string().optional() });
}
