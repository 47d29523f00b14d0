import * as z from "zod";
import { Fault } from "../fault.ts";
import type { PrincipalOf } from "../people/principal.ts";
import { mostMonthsWithoutFilings } from "../policy-numbers.ts";
import { escalationLevels, retention } from "../province/slices.static.ts";
import {
  cohortKey,
  cohortShards,
  complaintKey,
  dueShardKey,
  dueShards,
  headKey,
  type IndexName,
  inboxKey,
  parseEventKey,
  pastVisitsWorkQueueKey,
  pressuredWorkQueueKey,
  promisesWorkQueueKey,
  visitsWorkQueueKey,
  workQueueKey,
} from "../runtime/keys.ts";
import { parseReadableItems } from "../storage/readable.ts";
import {
  collectPage,
  type Entry,
  type Item,
  itemsInOrder,
  mapItems,
  type Page,
  type Position,
  readAhead,
  readItems,
} from "../storage/table.ts";
import { hasLapsed } from "../storage/transaction.ts";
import { Instant } from "../time/calendar.ts";
import { addMilliseconds } from "../time/duration.ts";
import { addMonths, type IranianMonth, iranianMonth, isPeriod, monthOfDay } from "../time/period.ts";
import { hasAccess, isSecretFrom } from "./access.ts";
import { Complaint, type SoonUntil } from "./complaint.ts";
import { asksForClosed, type Filter, matchesFilter } from "./filter.ts";
import { appearsErased, visibleOfficer } from "./forgetting.ts";
import { ListedVisit } from "./visits.store.ts";

/** Why a complaint is listed: since when somebody pressured its citizen, or since when inspectors must look at a promise. */
type Reason = { pressuredSince?: Instant; promisesSince?: Instant };
/** A complaint in a list. */
export type ListedComplaint = { complaint: Complaint } & Reason;

/** A list of complaints that is read only as far as it is needed. */
export type ComplaintList = AsyncIterable<Entry<ListedComplaint>>;

/** `ids`: only these complaints. `from`: where the page before ended. `soonUntil`: the filter `dueSoon` needs it. */
export type ListQuery = {
  filter: Filter;
  ids?: readonly string[] | undefined;
  from?: Position | undefined;
  soonUntil?: SoonUntil | undefined;
  now: Instant;
};

export function pageOfList(list: ComplaintList, limit: number): Promise<Page<ListedComplaint>> {
  return collectPage(list, { limit });
}

type Reader = PrincipalOf<"agency" | "inspector" | "overseer">;

/**
 * An agency's complaints: open ones with the earliest deadline first, closed ones with the latest closing first.
 */
export function listOfAgency(agency: PrincipalOf<"agency">, { from, ...query }: ListQuery): ComplaintList {
  const isClosed = asksForClosed(query.filter);
  const partitions = [inboxKey({ agencyId: agency.agencyId, status: isClosed ? "closed" : "open" })];
  const items = itemsInOrder({ index: "inbox", partitions, newestFirst: isClosed, from });
  return mapItems(items, (item) => entryFor(agency, { index: "inbox", item, head: item, ...query }));
}

/**
 * The complaints that an overseer sees: open ones with the highest level first, then the earliest deadline; closed ones with
 * the latest filing first.
 */
export function listOfOverseer(overseer: PrincipalOf<"overseer">, query: ListQuery): ComplaintList {
  const partitions = levelsFrom(overseer.fromLevel).flatMap((level) => workQueuesOf(level));
  return asksForClosed(query.filter) ? closedList(overseer, query) : workQueueList(overseer, { ...query, partitions });
}

/**
 * All complaints of the province: open ones in the order in which the clock acts on them, after those at the highest level;
 * closed ones with the latest filing first.
 */
export function listOfInspector(inspector: PrincipalOf<"inspector">, query: ListQuery): ComplaintList {
  return asksForClosed(query.filter) ? closedList(inspector, query) : openList(inspector, query);
}

/** Disputed complaints, which an inspector must review. */
export function listDisputed(inspector: PrincipalOf<"inspector">, query: ListQuery): ComplaintList {
  const partitions = levelsFrom(0).map((level) => workQueueKey({ status: "disputed", level }));
  return workQueueList(inspector, { ...query, partitions });
}

/** Complaints that were escalated. */
export function listEscalated(inspector: PrincipalOf<"inspector">, query: ListQuery): ComplaintList {
  const partitions = levelsFrom(1).flatMap((level) => workQueuesOf(level));
  return workQueueList(inspector, { ...query, partitions });
}

/** The levels from the highest down to `lowest`: complaints at the highest level have waited the longest. */
const levelsFrom = (lowest: number) =>
  Array.from({ length: escalationLevels.length + 1 - lowest }, (_, n) => escalationLevels.length - n);
const workQueuesOf = (level: number) => ["disputed", "open"].map((status) => workQueueKey({ status, level }));

/** Reads partitions of the index `workQueue` one after the other. */
async function* workQueueList(
  reader: Reader,
  { partitions, from, ...query }: ListQuery & { partitions: string[] },
): AsyncGenerator<Entry<ListedComplaint>> {
  const index = "workQueue";
  for (const partition of partitionsFrom(partitions, from)) {
    const start = from?.workQueue === partition ? from : undefined;
    for await (const item of itemsInOrder({ index, partitions: [partition], from: start }))
      yield entryFor(reader, { index, item, head: item, ...query });
  }
}

function partitionsFrom(partitions: string[], from: Position | undefined): string[] {
  if (!from) return partitions;
  const start = partitions.indexOf(String(from.workQueue));
  if (start < 0) throw new Fault("cursor-invalid");
  return partitions.slice(start);
}

/** All open complaints but those of the sandbox. Those at the highest level are no longer due, unless they are answered. */
async function* openList(inspector: PrincipalOf<"inspector">, { from, ...query }: ListQuery) {
  const index = "due";
  if (!from?.due)
    for await (const entry of workQueueList(inspector, {
      ...query,
      from,
      partitions: workQueuesOf(escalationLevels.length),
    }))
      if (entry.item.due === undefined) yield entry;
  const partitions = Array.from({ length: dueShards }, (_, shard) => dueShardKey(shard));
  const start = from?.due === undefined ? undefined : from;
  for await (const item of itemsInOrder({ index, partitions, from: start }))
    yield entryFor(inspector, { index, item, head: item, ...query });
}

/** Closed complaints of all months, the latest filing first. The index has only their keys. */
async function* closedList(reader: Reader, query: ListQuery): AsyncGenerator<Entry<ListedComplaint>> {
  const heads = withHeads(cohortItems(query), (item) => parseEventKey(keyOf(item))?.id ?? "");
  for await (const { item, head } of heads) yield entryFor(reader, { index: "cohort", item, head, ...query });
}

const keyOf = ({ pk, sk }: Item) => ({ pk: String(pk), sk: String(sk) });

/** The keys of all complaints that were filed in the days of the filter, the latest first. */
async function* cohortItems({ filter, from, now }: ListQuery): AsyncGenerator<Item> {
  const newest = iranianMonth(now);
  const last = filter.to === undefined ? newest : monthOfDay(filter.to);
  const start = from ? monthOfPosition(from) : last < newest ? last : newest;
  const end = filter.from ? monthOfDay(filter.from) : "";
  let silentMonths = 0;
  for (let month = start; month >= end && silentMonths < mostMonthsWithoutFilings; month = addMonths(month, -1)) {
    const partitions = Array.from({ length: cohortShards }, (_, shard) => cohortKey({ month, shard }));
    silentMonths++;
    const position = month === start ? from : undefined;
    for await (const item of itemsInOrder({ index: "cohort", partitions, newestFirst: true, from: position })) {
      silentMonths = 0;
      yield item;
    }
  }
}

function monthOfPosition({ cohort }: Position): IranianMonth {
  const [name = ""] = String(cohort).split("#");
  if (!isPeriod({ kind: "month", name })) throw new Fault("cursor-invalid");
  return name;
}

const Placed = z.object({ workQueueAt: Instant });

/**
 * Complaints whose citizens say that somebody pressured them, the latest first. Only the citizen's own word takes a complaint
 * off this list, so old ones would otherwise hide new ones.
 */
export function listPressured(inspector: PrincipalOf<"inspector">, query: ListQuery): ComplaintList {
  const reasonOf = (item: Item) =>
    parseReadableItems(Placed, [item]).map(({ workQueueAt }) => ({ pressuredSince: workQueueAt }))[0];
  return sideList(inspector, { ...query, partition: pressuredWorkQueueKey, newestFirst: true, reasonOf });
}

/** Complaints with a promise that is overdue or that the citizen says was not kept, the oldest first. */
export function listPromises(inspector: PrincipalOf<"inspector">, query: ListQuery): ComplaintList {
  const reasonOf = (item: Item) =>
    parseReadableItems(Placed, [item]).map(({ workQueueAt }) => ({ promisesSince: workQueueAt }))[0];
  // Promises of the future wait in the same list, at the instant at which they will be overdue.
  const until = addMilliseconds(query.now, 1);
  return sideList(inspector, { ...query, partition: promisesWorkQueueKey, until, reasonOf });
}

/** Complaints that an inspector works on, the oldest claim first. `claims`: see `claimsQuery`. */
export function listClaimed(
  inspector: PrincipalOf<"inspector">,
  { claims, ...query }: ListQuery & { claims: { partition: string; since: string } },
): ComplaintList {
  return sideList(inspector, { ...query, ...claims, reasonOf: () => ({}) });
}

/** A list whose items stand beside the complaint, in the index `workQueue`. It has open and closed complaints. */
type SideList = {
  partition: string;
  since?: string;
  newestFirst?: boolean;
  /** Only items that are placed before this. */
  until?: Instant;
  /** Why the complaint is listed; undefined if the item cannot be read. */
  reasonOf: (item: Item) => Reason | undefined;
};

async function* sideList(
  inspector: PrincipalOf<"inspector">,
  { partition, reasonOf, since, until, newestFirst, from, ...query }: ListQuery & SideList,
): AsyncGenerator<Entry<ListedComplaint>> {
  const index = "workQueue";
  const items = itemsInOrder({ index, partitions: [partition], since, newestFirst, from });
  for await (const { item, head } of withHeads(itemsUntil(items, until), ({ id }) => String(id))) {
    const entry = entryFor(inspector, { index, item, head, hasBoth: true, ...query });
    const reason = reasonOf(item);
    yield { ...entry, shown: reason && entry.shown && { ...entry.shown, ...reason } };
  }
}

type EntrySource = Omit<ListQuery, "from"> & {
  index: IndexName;
  item: Item;
  head: Item | undefined;
  hasBoth?: true;
};

/** The entry of a list, by what its reader may see. A head that is gone or unreadable is left out. */
function entryFor(
  reader: Reader,
  { index, item, head, filter, ids, now, hasBoth, soonUntil }: EntrySource,
): Entry<ListedComplaint> {
  const [stored] = head && !hasLapsed(head, now) ? parseReadableItems(Complaint, [head]) : [];
  // A head that cannot be read may be that of a retaliation report.
  if (!stored) return { index, item, shown: undefined, isSecret: reader.caller !== "inspector" };
  const question = { viewer: reader.caller, now, retention };
  // A case past its retention is hidden even while a hold keeps it, so that nothing reveals the hold. Inspectors may know of holds.
  const isHidden = appearsErased(stored, { kind: "events", ...question });
  const isSecret = isHidden || isSecretFrom(stored, reader);
  const complaint = { ...stored, officer: visibleOfficer(stored, question) };
  const isListed =
    !isHidden &&
    hasAccess(complaint, reader) &&
    (ids?.includes(complaint.id) ?? true) &&
    matchesFilter(complaint, filter, { now, hasBoth, soonUntil });
  return { index, item, shown: isListed ? { complaint } : undefined, isSecret };
}

/** Adds the head of each item's complaint. Reads a hundred at once. */
async function* withHeads(items: AsyncIterable<Item>, idOf: (item: Item) => string) {
  for await (const batch of inBatches(items, readAhead)) {
    const ids = [...new Set(batch.map(idOf))];
    const heads = await readItems(ids.map((id) => ({ pk: complaintKey(id), sk: headKey })));
    const byKey = new Map(heads.map((head) => [head.pk, head]));
    for (const item of batch) yield { item, head: byKey.get(complaintKey(idOf(item))) };
  }
}

async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

type VisitQuery = {
  /** Only the visits of this inspector. */
  inspector?: string | undefined;
  /** Past visits too, of these days; without it, all open visits. */
  days?: { from: Instant; until: Instant } | undefined;
  from?: Position | undefined;
  now: Instant;
};

/** A visit, with its complaint. */
export type VisitWithComplaint = { visit: ListedVisit; complaint: Complaint };

/**
 * Visits, the earliest first. A visit is open while it is neither reported nor cancelled, and its complaint is open. With
 * `days`, the visits that were planned (or, without a plan, ordered) in these days, open or past.
 */
export async function* listVisits({
  inspector,
  days,
  from,
  now,
}: VisitQuery): AsyncGenerator<Entry<VisitWithComplaint>> {
  const index = "workQueue";
  const partitions = [visitsWorkQueueKey, ...(days ? monthsBetween(days).map(pastVisitsWorkQueueKey) : [])];
  const since = days && addMilliseconds(days.from, -1);
  const items = itemsInOrder({ index, partitions, since, from });
  for await (const { item, head } of withHeads(itemsUntil(items, days?.until), ({ id }) => String(id))) {
    const [visit] = parseReadableItems(ListedVisit, [item]);
    const [complaint] = head && !hasLapsed(head, now) ? parseReadableItems(Complaint, [head]) : [];
    const isListed =
      visit &&
      complaint &&
      (days || complaint.status !== "closed") &&
      (inspector === undefined || visit.inspector === inspector);
    yield { index, item, shown: isListed ? { visit, complaint } : undefined };
  }
}

async function* itemsUntil(items: AsyncIterable<Item>, until: Instant | undefined): AsyncGenerator<Item> {
  for await (const item of items) {
    if (until !== undefined && String(item.workQueueAt) >= until) return;
    yield item;
  }
}

/** The Iranian months that the days lie in. */
function monthsBetween({ from, until }: { from: Instant; until: Instant }): IranianMonth[] {
  const last = iranianMonth(addMilliseconds(until, -1));
  const months: IranianMonth[] = [];
  for (let month = iranianMonth(from); month <= last; month = addMonths(month, 1)) months.push(month);
  return months;
}
