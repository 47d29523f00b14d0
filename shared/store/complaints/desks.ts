import { Complaint, Visit } from "#shared/domain/complaint/complaint.ts";
import { Fault } from "#shared/domain/fault.ts";
import { type DeskItem, deskItem } from "#shared/domain/telling/view.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { ladder } from "#shared/province/slices.static.ts";
import { complaintKey, deskKey, headKey, pressedDeskKey, visitsDeskKey } from "#shared/runtime/keys.ts";
import { readTogether } from "../batch.ts";
import { type Item, type Position, readPage } from "../pages.ts";
import { allReadable } from "../readable.ts";

type DeskQuery = { limit: number; from?: Position | undefined };

type OpenQuery = DeskQuery & {
  /** The lowest level that is listed. */
  fromLevel: number;
  /** Left out for all counties. */
  countyIds?: string[] | undefined;
  /** Only disputed complaints, which an inspector must review. */
  disputed?: boolean;
};

/**
 * One page of the complaints that are disputed or have climbed the ladder: highest level first, then soonest due first.
 */
export async function listDesk({ fromLevel, countyIds, disputed, limit, from }: OpenQuery) {
  const partitions = partitionsOf({ fromLevel, statuses: disputed ? ["disputed"] : ["disputed", "open"] });
  const filter = countyIds && inCounties(countyIds);
  const items: DeskItem[] = [];
  for (const partition of startingAt(partitions, from)) {
    // The page became full just as a partition ended: the next page begins with this partition.
    if (items.length === limit) return { items, next: { desk: partition } };
    const within = from?.pk && from.desk === partition ? from : undefined;
    const page = await readPage({ index: "desk", partition, limit: limit - items.length, from: within, filter });
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

function inCounties(countyIds: string[]) {
  const values = Object.fromEntries(countyIds.map((id, n) => [`:c${n}`, id]));
  return { condition: `#county IN (${Object.keys(values).join(", ")})`, names: { "#county": "countyId" }, values };
}

/** One page of the visits that were ordered and not reported, soonest first, each with its complaint. */
export function listVisits(query: DeskQuery) {
  const reasonOf = (item: Item) => allReadable(Visit, [item]).map((visit) => ({ visit }))[0];
  return listWithHeads(query, { partition: visitsDeskKey, reasonOf });
}

/** One page of the complaints whose citizens say that they were pressed, the longest ago first. */
export function listPressed(query: DeskQuery) {
  return listWithHeads(query, {
    partition: pressedDeskKey,
    reasonOf: ({ deskAt }) => ({ pressedAt: Instant.parse(deskAt) }),
  });
}

type Reason = Pick<DeskItem, "visit" | "pressedAt">;
/** `reasonOf`: why it is listed; undefined where this code cannot read that. */
type Desk = { partition: string; reasonOf: (item: Item) => Reason | undefined };

/** What stands on a desk beside the complaint, which knows nothing of it. */
async function listWithHeads({ limit, from }: DeskQuery, { partition, reasonOf }: Desk) {
  const { items, next } = await readPage({ index: "desk", partition, limit, from });
  const heads = await readHeads(items.map(({ id }) => String(id)));
  const listed = items.flatMap((item): DeskItem[] => {
    const [complaint, reason] = [heads.get(String(item.id)), reasonOf(item)];
    return complaint && reason ? [deskItem(complaint, reason)] : [];
  });
  return { items: listed, next };
}

async function readHeads(ids: string[]): Promise<Map<string, Complaint>> {
  const heads = await readTogether([...new Set(ids)].map((id) => ({ pk: complaintKey(id), sk: headKey })));
  return new Map(allReadable(Complaint, heads).map((complaint) => [complaint.id, complaint]));
}
