import * as z from "zod";
import { Complaint, Visit } from "#shared/domain/complaint/complaint.ts";
import { Fault } from "#shared/domain/fault.ts";
import { type DeskItem, deskItem } from "#shared/domain/telling/view.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { ladder } from "#shared/province/slices.static.ts";
import { complaintKey, deskKey, headKey, pressedDeskKey, visitsDeskKey } from "#shared/runtime/keys.ts";
import { type Item, readTogether } from "../items.ts";
import { mostRead, type Position, positionOf, readPage } from "../pages.ts";
import { allReadable } from "../readable.ts";

export type DeskQuery = {
  limit: number;
  from?: Position | undefined;
  /** Left out for all counties. */
  countyIds?: string[] | undefined;
  /** Only these complaints, if they stand there. */
  ids?: string[] | undefined;
};

type DeskPage = { items: DeskItem[]; next: Position | undefined };

type OpenQuery = DeskQuery & {
  /** The lowest level that is listed. */
  fromLevel: number;
  /** Only disputed complaints, which an inspector must review. */
  disputed?: boolean;
};

/**
 * One page of the complaints that are disputed or have climbed the ladder: highest level first, then soonest due first.
 */
export async function listDesk({ fromLevel, countyIds, ids, disputed, limit, from }: OpenQuery): Promise<DeskPage> {
  if (ids?.length === 0) return { items: [], next: undefined };
  const partitions = partitionsOf({ fromLevel, statuses: disputed ? ["disputed"] : ["disputed", "open"] });
  const filter = countyIds && oneOfCounties(countyIds);
  // A filter of the table compares with a hundred values at most, and an inspector may work on more complaints.
  const keep = ids && (({ id }: Item) => ids.includes(String(id)));
  const items: DeskItem[] = [];
  let read = 0;
  for (const partition of startingAt(partitions, from)) {
    // The page became full, or enough was read, just as a partition ended: the next page begins with this partition.
    if (items.length === limit || read >= mostRead) return { items, next: { desk: partition } };
    const wanted = { limit: limit - items.length, most: mostRead - read, filter, keep };
    const within = from?.desk === partition ? from : undefined;
    const page = await readPage({ index: "desk", partition, from: within, ...wanted });
    read += page.read;
    items.push(...allReadable(Complaint, page.items).map((complaint) => deskItem(complaint)));
    if (page.next) return { items, next: page.next };
  }
  return { items, next: undefined };
}

function startingAt(partitions: string[], from: Position | undefined): string[] {
  if (!from) return partitions;
  const start = partitions.indexOf(String(from.desk));
  if (start < 0) throw new Fault("cursor-invalid");
  return partitions.slice(start);
}

/** From the top of the ladder down: complaints at the highest level have waited the longest. */
function partitionsOf({ fromLevel, statuses }: { fromLevel: number; statuses: string[] }): string[] {
  const levels = Array.from({ length: ladder.length + 1 }, (_, n) => ladder.length - n);
  return levels
    .filter((level) => level >= fromLevel)
    .flatMap((level) => statuses.map((status) => deskKey({ status, level })));
}

function oneOfCounties(countyIds: string[]) {
  const values = Object.fromEntries(countyIds.map((value, n) => [`:county${n}`, value]));
  return { condition: `#county IN (${Object.keys(values).join(", ")})`, names: { "#county": "countyId" }, values };
}

/** One page of the visits that were ordered and not reported, soonest first, each with its complaint. */
export function listVisits(query: DeskQuery) {
  const reasonOf = (item: Item) => allReadable(Visit, [item]).map((visit) => ({ visit }))[0];
  return listWithHeads(query, { partition: visitsDeskKey, reasonOf });
}

const Pressed = z.object({ deskAt: Instant });

/** One page of the complaints whose citizens say that they were pressed, the latest first: nothing that is done takes one off. */
export function listPressed(query: DeskQuery) {
  return listWithHeads(query, {
    partition: pressedDeskKey,
    newestFirst: true,
    reasonOf: (item) => allReadable(Pressed, [item]).map(({ deskAt }) => ({ pressedAt: deskAt }))[0],
  });
}

/** One page of what somebody works on, the longest first; `claims`: their part of the index. */
export function listClaimed(query: DeskQuery, claims: { partition: string; since: string }) {
  return listWithHeads(query, { ...claims, reasonOf: () => ({}) });
}

type Reason = Pick<DeskItem, "visit" | "pressedAt">;
/** `reasonOf`: why it is listed; undefined where this code cannot read that. */
type Desk = { partition: string; since?: string; newestFirst?: boolean; reasonOf: (item: Item) => Reason | undefined };

/** How many of a desk's items are read at a time: which are wanted is known of their complaints alone. */
const readAhead = 100;

/** What stands on a desk beside the complaint, which knows nothing of it. */
async function listWithHeads({ limit, from, ...wanted }: DeskQuery, { reasonOf, ...desk }: Desk): Promise<DeskPage> {
  const found: { item: Item; line: DeskItem }[] = [];
  let next = from;
  let read = 0;
  do {
    const page = await readPage({ index: "desk", ...desk, limit: readAhead, from: next });
    read += page.read;
    const heads = await readHeads(page.items.map(({ id }) => String(id)));
    for (const item of page.items) {
      const [complaint, reason] = [heads.get(String(item.id)), reasonOf(item)];
      if (complaint && reason && isWanted(complaint, wanted)) found.push({ item, line: deskItem(complaint, reason) });
    }
    next = page.next;
  } while (next && found.length <= limit && read < mostRead);
  const shown = found.slice(0, limit);
  const items = shown.map(({ line }) => line);
  return { items, next: found.length > limit ? positionOf("desk", shown.at(-1)?.item) : next };
}

function isWanted({ id, countyId }: Complaint, { countyIds, ids }: Pick<DeskQuery, "countyIds" | "ids">): boolean {
  return (countyIds?.includes(countyId) ?? true) && (ids?.includes(id) ?? true);
}

async function readHeads(ids: string[]): Promise<Map<string, Complaint>> {
  const heads = await readTogether([...new Set(ids)].map((id) => ({ pk: complaintKey(id), sk: headKey })));
  return new Map(allReadable(Complaint, heads).map((complaint) => [complaint.id, complaint]));
}
