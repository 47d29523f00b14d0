import { type ComplaintList, type ListQuery, pageOfList } from "#shared/complaints/lists.store.ts";
import type { Position } from "#shared/storage/table.ts";

type Options = { limit?: number; now: string; filter?: ListQuery["filter"] };

/** Every page of a list, and the position with which each but the last ends. */
export async function pagesOfList(
  list: (query: ListQuery) => ComplaintList,
  { limit = 25, now, filter = {} }: Options,
): Promise<{ pages: string[][]; positions: Position[] }> {
  const pages: string[][] = [];
  const positions: Position[] = [];
  let from: Position | undefined;
  do {
    const { items, next } = await pageOfList(list({ filter, from, now }), limit);
    pages.push(items.map(({ complaint }) => complaint.id));
    if (next) positions.push(next);
    from = next;
  } while (from && pages.length < 500);
  return { pages, positions };
}
