import * as z from "zod";
import { Complaint, type Status, Visit } from "#shared/domain/complaint/complaint.ts";
import { isSandbox } from "#shared/domain/complaint/directory.ts";
import { Fault } from "#shared/domain/fault.ts";
import { retentionCutoff } from "#shared/domain/retention/forgetting.ts";
import { Instant } from "#shared/domain/time/calendar.ts";
import { InboxItem, inboxItem, type WorkQueueItem, workQueueItem } from "#shared/domain/views/complaint-views.ts";
import { escalationLevels, retention } from "#shared/province/slices.static.ts";
import {
  complaintKey,
  headKey,
  inboxKey,
  pressuredWorkQueueKey,
  visitsWorkQueueKey,
  workQueueKey,
} from "#shared/runtime/keys.ts";
import { parseReadableItems } from "../readable.ts";
import { combineFilters, type Item, mostRead, type Position, positionOf, readItems, readPage } from "../table.ts";
import { hasLapsed } from "../transaction.ts";

type InboxQuery = {
  agencyId: string;
  /** Without it, every complaint that is not closed. */
  status?: Status | undefined;
  /** true: only complaints with an escalation level above 0. false: only those at level 0. */
  escalated?: boolean | undefined;
  officeId?: string | undefined;
  limit: number;
  from?: Position | undefined;
  now: string;
};

const Head = InboxItem.extend(Complaint.pick({ closedAt: true }).shape);

/** One page of an agency's complaints, the earliest deadline first; `next` is where the following page starts. */
export async function listInbox({ agencyId, status, escalated, officeId, limit, from, now }: InboxQuery) {
  const partition = inboxKey({ agencyId, status: status ?? "open" });
  const filter = filterOf({ status, escalated, officeId, now });
  const keep = isSandbox({ agencyId }) ? (item: Item) => !hasLapsed(item, now) : undefined;
  const { items, next } = await readPage({ index: "inbox", partition, limit, from, filter, keep });
  return { items: parseReadableItems(Head, items).map((head) => inboxItem(head, { now, retention })), next };
}

const equals = (field: string, value: string) => ({
  condition: `#${field} = :${field}`,
  names: { [`#${field}`]: field },
  values: { [`:${field}`]: value },
});

type Filters = Pick<InboxQuery, "status" | "escalated" | "officeId" | "now">;

function filterOf({ status, escalated, officeId, now }: Filters) {
  const byLevel = {
    condition: escalated ? "#level > :zero" : "#level = :zero",
    names: { "#level": "level" },
    values: { ":zero": 0 },
  };
  // A complaint past its retention is hidden even while a hold keeps it: the list must not reveal the hold.
  const isWithinRetention = {
    condition: "NOT #closedAt <= :until",
    names: { "#closedAt": "closedAt" },
    values: { ":until": retentionCutoff({ kind: "events", now, retention }) },
  };
  return combineFilters([
    status === "closed" ? isWithinRetention : undefined,
    status && equals("status", status),
    officeId === undefined ? undefined : equals("officeId", officeId),
    escalated === undefined ? undefined : byLevel,
  ]);
}

export type WorkQueueQuery = {
  limit: number;
  from?: Position | undefined;
  /** Without it, all counties. */
  countyIds?: string[] | undefined;
  /** Only the complaints with these ids. */
  ids?: string[] | undefined;
};

type WorkQueuePage = { items: WorkQueueItem[]; next: Position | undefined };

type OpenWorkQueueQuery = WorkQueueQuery & {
  /** The lowest level that is listed. */
  fromLevel: number;
  /** Only disputed complaints, which an inspector must review. */
  disputed?: boolean;
  /** Without reports of retaliation, which some overseers do not see. */
  withoutRetaliation?: boolean;
};

/** One page of the complaints that are disputed or escalated: the highest level first, then the earliest deadline first. */
export async function listWorkQueue({
  fromLevel,
  countyIds,
  ids,
  disputed,
  withoutRetaliation,
  limit,
  from,
}: OpenWorkQueueQuery): Promise<WorkQueuePage> {
  if (ids?.length === 0) return { items: [], next: undefined };
  const partitions = workQueueKeys({ fromLevel, statuses: disputed ? ["disputed"] : ["disputed", "open"] });
  const filter = workQueueFilter({ countyIds, withoutRetaliation });
  // A filter expression of DynamoDB takes at most a hundred values in IN, and an inspector may work on more complaints.
  const keep = ids && (({ id }: Item) => ids.includes(String(id)));
  const items: WorkQueueItem[] = [];
  let read = 0;
  for (const partition of workQueuesFrom(partitions, from)) {
    // The page was full, or the limit of reads was reached, at the end of a partition: the next page starts here.
    if (items.length === limit || read >= mostRead) return { items, next: { workQueue: partition } };
    const rest = { limit: limit - items.length, most: mostRead - read, filter, keep };
    const start = from?.workQueue === partition ? from : undefined;
    const page = await readPage({ index: "workQueue", partition, from: start, ...rest });
    read += page.read;
    items.push(...parseReadableItems(Complaint, page.items).map((complaint) => workQueueItem(complaint)));
    if (page.next) return { items, next: page.next };
  }
  return { items, next: undefined };
}

function workQueuesFrom(partitions: string[], from: Position | undefined): string[] {
  if (!from) return partitions;
  const start = partitions.indexOf(String(from.workQueue));
  if (start < 0) throw new Fault("cursor-invalid");
  return partitions.slice(start);
}

/** The partitions from the highest level down: complaints at the highest level have waited the longest. */
function workQueueKeys({ fromLevel, statuses }: { fromLevel: number; statuses: string[] }): string[] {
  const levels = Array.from({ length: escalationLevels.length + 1 }, (_, n) => escalationLevels.length - n);
  return levels
    .filter((level) => level >= fromLevel)
    .flatMap((level) => statuses.map((status) => workQueueKey({ status, level })));
}

function workQueueFilter({
  countyIds,
  withoutRetaliation,
}: Pick<OpenWorkQueueQuery, "countyIds" | "withoutRetaliation">) {
  return combineFilters([countyIds && countyFilter(countyIds), withoutRetaliation ? noRetaliation : undefined]);
}

const noRetaliation = {
  condition: "attribute_not_exists(#retaliationFor)",
  names: { "#retaliationFor": "retaliationFor" },
  values: {},
};

function countyFilter(countyIds: string[]) {
  const values = Object.fromEntries(countyIds.map((value, n) => [`:county${n}`, value]));
  return { condition: `#county IN (${Object.keys(values).join(", ")})`, names: { "#county": "countyId" }, values };
}

/** One page of the visits that were ordered and not reported, the earliest planned time first, each with its complaint. */
export function listVisits(query: WorkQueueQuery) {
  const reasonOf = (item: Item) => parseReadableItems(Visit, [item]).map((visit) => ({ visit }))[0];
  return listWithHeads(query, { partition: visitsWorkQueueKey, reasonOf });
}

const Pressured = z.object({ workQueueAt: Instant });

/**
 * One page of the complaints whose citizens say that somebody pressured them, the latest first. Only the citizen's own word
 * takes a complaint off this list, so old ones would otherwise hide new ones.
 */
export function listPressuredComplaints(query: WorkQueueQuery) {
  return listWithHeads(query, {
    partition: pressuredWorkQueueKey,
    newestFirst: true,
    reasonOf: (item) =>
      parseReadableItems(Pressured, [item]).map(({ workQueueAt }) => ({ pressuredSince: workQueueAt }))[0],
  });
}

/** One page of the complaints that an inspector works on, the oldest claim first. `claims`: see `claimsQuery`. */
export function listClaimedComplaints(query: WorkQueueQuery, claims: { partition: string; since: string }) {
  return listWithHeads(query, { ...claims, reasonOf: () => ({}) });
}
/** `reasonOf`: the fields that say why the complaint is listed; undefined if the item cannot be read. */
type WorkQueue = {
  partition: string;
  since?: string;
  newestFirst?: boolean;
  reasonOf: (item: Item) => Pick<WorkQueueItem, "visit" | "pressuredSince"> | undefined;
};

/** How many items are read at a time. Only their complaints tell which of them the caller asked for. */
const readAhead = 100;

/**
 * One page of a list whose items stand beside the complaint: an item of the confidential log is listed, and the head is read
 * for each.
 */
async function listWithHeads(
  { limit, from, ...selection }: WorkQueueQuery,
  { reasonOf, ...queue }: WorkQueue,
): Promise<WorkQueuePage> {
  const found: { item: Item; listed: WorkQueueItem }[] = [];
  let next = from;
  let read = 0;
  do {
    const page = await readPage({ index: "workQueue", ...queue, limit: readAhead, from: next });
    read += page.read;
    const heads = await readHeads(page.items.map(({ id }) => String(id)));
    for (const item of page.items) {
      const [complaint, reason] = [heads.get(String(item.id)), reasonOf(item)];
      if (complaint && reason && isSelected(complaint, selection))
        found.push({ item, listed: workQueueItem(complaint, reason) });
    }
    next = page.next;
  } while (next && found.length <= limit && read < mostRead);
  const onPage = found.slice(0, limit);
  const items = onPage.map(({ listed }) => listed);
  return { items, next: found.length > limit ? positionOf("workQueue", onPage.at(-1)?.item) : next };
}

type Selection = Pick<WorkQueueQuery, "countyIds" | "ids">;

function isSelected({ id, countyId }: Complaint, { countyIds, ids }: Selection): boolean {
  return (countyIds?.includes(countyId) ?? true) && (ids?.includes(id) ?? true);
}

async function readHeads(ids: string[]): Promise<Map<string, Complaint>> {
  const heads = await readItems([...new Set(ids)].map((id) => ({ pk: complaintKey(id), sk: headKey })));
  return new Map(parseReadableItems(Complaint, heads).map((complaint) => [complaint.id, complaint]));
}
