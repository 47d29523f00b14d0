import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Complaint } from "#shared/complaints/complaint.ts";
import { ConfidentialEntry, confidentialEntryId } from "#shared/complaints/confidential-log.ts";
import { ComplaintEvent, type EventType, eventId, Snapshot } from "#shared/complaints/event.ts";
import { agenciesToNotify } from "#shared/complaints/event-rules.ts";
import { isRetentionOver, retentionCutoff } from "#shared/complaints/forgetting.ts";
import { Fault } from "#shared/fault.ts";
import { isIssueId } from "#shared/identifier.ts";
import { sandboxComplaintDays } from "#shared/policy-numbers.ts";
import { isSandbox } from "#shared/province/directory.ts";
import { retention, sandboxClients } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/environment.ts";
import {
  agencyFeedKey,
  complaintKey,
  eventKey,
  eventPrefix,
  frontEndFeedKey,
  headKey,
  issueKey,
  previousAgencyEntryKey,
  sortAttributeOf,
} from "#shared/runtime/keys.ts";
import { log } from "#shared/runtime/log.ts";
import { UnknownEvent } from "#shared/storage/newer-items.ts";
import { parseItem } from "#shared/storage/readable.ts";
import {
  type Item,
  mostRead,
  type Position,
  positionOf,
  readAll,
  readItems,
  readPage,
  table,
} from "#shared/storage/table.ts";
import { hasLapsed } from "#shared/storage/transaction.ts";
import { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds, dayMs } from "#shared/time/duration.ts";
import { eventIdPattern } from "#shared/vocabulary.ts";
import { IssueSnapshot } from "../issues/issue.ts";
import { feedSettlesAfterMs } from "./redrive.ts";

const complaintIdField = z.object({ complaintId: z.string() });

/** An event as the table and the feeds hold it: with the id of its complaint. */
export const StoredFeedEvent = z.intersection(complaintIdField, ComplaintEvent);
export type StoredFeedEvent = z.infer<typeof StoredFeedEvent>;

/** An event that only a newer version of this code can read. A feed shows its type and the state of the complaint after it. */
const UnknownFeedEvent = UnknownEvent.extend({
  complaintId: z.string(),
  type: z.string(),
  after: Snapshot,
});

/** An event of an issue as a feed needs it: without its texts, and of any type, since newer code may write new ones. */
export const IssueFeedEvent = z.object({
  issueId: z.string(),
  agencyId: z.string(),
  type: z.string(),
  version: z.int().min(1),
  at: Instant,
  after: IssueSnapshot,
});
export type IssueFeedEvent = z.infer<typeof IssueFeedEvent>;

/** A record of the table's stream: an event of a complaint or an issue, or a confidential entry that somebody gets mail about. */
export const StreamEvent = z.union([
  StoredFeedEvent,
  IssueFeedEvent,
  z.intersection(complaintIdField, ConfidentialEntry),
]);
export type StreamEvent = z.infer<typeof StreamEvent>;

/** The agencies that get an event: of a transfer two, of most events of the confidential log none. */
export function recipientsOf(event: StreamEvent): string[] {
  if (!("complaintId" in event)) return [event.agencyId];
  return "version" in event ? agenciesToNotify(event) : [];
}

/** The event's id in logs and lists. */
export function eventNameOf(event: StreamEvent): string {
  if (!("complaintId" in event)) return eventId(event.issueId, event.version);
  const { complaintId } = event;
  return "version" in event ? eventId(complaintId, event.version) : confidentialEntryId(complaintId, event.entryNumber);
}

/** How many entries one query reads, after the first query of a page found hidden entries. */
const entriesPerQuery = 100;

/**
 * One page of a feed's visible entries; `next` is where the following page starts. If `mostRead` entries were read before
 * the page was full, the page has fewer entries than `limit`. Throws `unavailable` if the page would be empty then: a
 * feed's cursor is its last visible event, so the caller could not continue.
 */
async function readFeedEntries({ now, limit, from, ...query }: Parameters<typeof readPage>[0] & { now: string }) {
  const items: Item[] = [];
  let next = from;
  let read = 0;
  do {
    const page = await readPage({ ...query, limit: read === 0 ? limit : entriesPerQuery, from: next });
    items.push(...(await visibleEntries(page.items, now)));
    read += page.read;
    next = page.next;
    // A full page reads on too: that there is a further page must not tell of hidden entries.
  } while (next && items.length <= limit && read < mostRead);
  if (items.length > limit) return { items: items.slice(0, limit), next: positionOf(query.index, items[limit - 1]) };
  if (next && items.length === 0) {
    log.error("feed not read: too many hidden entries", { feed: query.partition, read });
    throw new Fault("unavailable");
  }
  return { items, next };
}

const Head = Complaint.pick({ id: true, closedAt: true });

const EntryState = Snapshot.pick({ status: true });

/** Events that may follow the closing of a case, so that the event may be younger than the closing. */
const eventsAfterClosing: readonly EventType[] = [
  "statement-added",
  "visit-reported",
  "issue-linked",
  "issue-unlinked",
];

/**
 * The entries without expired ones, and without those of cases whose retention is over. If a hold keeps such a case, its
 * entries are hidden too: the feed's owner must not learn of the hold. A head is read only if its case may be that old.
 *
 * Throws `unavailable` if a head cannot be read. Shown entries could reveal a hold, and a reader of the feed never returns
 * to skipped ones.
 */
async function visibleEntries(all: Item[], now: string): Promise<Item[]> {
  const entries = all.filter((entry) => !hasLapsed(entry, now));
  const question = { kind: "events", now, retention } as const;
  const cutoff = retentionCutoff(question);
  const isAfterClosing = ({ type, after }: Item) =>
    eventsAfterClosing.some((one) => one === type) && EntryState.safeParse(after).data?.status === "closed";
  const mayBeOver = (entry: Item) => String(entry.at) <= cutoff || isAfterClosing(entry);
  // An issue is no case of anybody, and its events stay.
  const ofComplaints = entries.filter(({ complaintId }) => complaintId !== undefined);
  const ids = new Set(ofComplaints.filter(mayBeOver).map(({ complaintId }) => String(complaintId)));
  const heads = await readItems([...ids].map((id) => ({ pk: complaintKey(id), sk: headKey })));
  const kept = heads.map((head) => parseItem(Head, head)).filter((head) => !isRetentionOver(head, question));
  // Events without a head are of a case whose erasure is not complete.
  const hidden = ids.difference(new Set(kept.map(({ id }) => String(id))));
  return entries.filter(({ complaintId }) => !hidden.has(String(complaintId)));
}

/** A feed: the events of an agency's complaints, or of the complaints that a front end filed. */
export const Feed = z.union([z.strictObject({ agencyId: z.string() }), z.strictObject({ clientId: z.string() })]);
export type Feed = z.infer<typeof Feed>;

type FeedQuery = {
  feed: Feed;
  /** The id of the last event that the caller has: `QZ-7K3M-9XPT-Q/3`; a front end's is `QZ-7K3M-9XPT-Q/T5W9GC1R`. */
  after?: string | undefined;
  /** Without `after`: only events from this time on. */
  since?: string | undefined;
  limit: number;
  now: string;
};

/**
 * An event in an agency's feed. A newer version may have written it. The parts that every version can read are then
 * delivered.
 */
export const AgencyFeedEvent = z.union([StoredFeedEvent, UnknownFeedEvent, IssueFeedEvent]);

type FeedPage<Event> = {
  events: Event[];
  more: boolean;
  /** When the next event may be delivered, if there is one that is too young. */
  settlesAt: string | undefined;
};

/**
 * One page of a feed by time, without gaps; `event` reads its entries. Throws `cursor-invalid` if `after` is no event of this feed, and `unavailable`
 * as `readFeedEntries` does.
 */
export async function readFeed<Event extends { at: string }>(
  event: z.ZodType<Event>,
  { feed, after, limit, now, ...query }: FeedQuery,
): Promise<FeedPage<Event>> {
  const { index, partition } = feedIndexKey(feed);
  const from = after === undefined ? undefined : positionOf(index, await findEntry({ index, partition, after, now }));
  const since = startOfFeed(feed, { since: query.since, now });
  const { items, next } = await readFeedEntries({ index, partition, limit, from, since, now });
  const all = items.map((item) => parseItem(event, item));
  // Only events that are old enough: no event with an earlier time can still be written before them.
  const settled = addMilliseconds(now, -feedSettlesAfterMs);
  const events = all.filter(({ at }) => at < settled);
  const young = all[events.length];
  const settlesAt = young && addMilliseconds(young.at, feedSettlesAfterMs + 1);
  return { events, more: next !== undefined && !young, settlesAt };
}

/**
 * The time after which a feed is read: `since`, but never further back than events are retained. Otherwise the oldest entries
 * could all be of held cases, which are hidden, and a reader could not get past them. In the sandbox, events expire earlier.
 */
function startOfFeed(feed: Feed, { since = "", now }: Pick<FeedQuery, "since" | "now">): string {
  const ofSandbox = "agencyId" in feed ? isSandbox(feed) : sandboxClients.includes(feed.clientId);
  const expiredUntil = ofSandbox
    ? addMilliseconds(now, -sandboxComplaintDays * dayMs)
    : retentionCutoff({ kind: "events", now, retention });
  return since > expiredUntil ? since : expiredUntil;
}

/** A backlog is counted back to this many events; a larger one is at least as old. */
const mostEventsCounted = 1_000;

/**
 * The time of the event that is the `count`-th from the end of an agency's feed, or of the first event in a shorter feed.
 * Undefined if the feed is empty.
 */
export async function timeOfNthLastEvent(agencyId: string, count: number): Promise<string | undefined> {
  const { index, partition } = feedIndexKey({ agencyId });
  let remaining = Math.min(count, mostEventsCounted);
  let last: Item | undefined;
  let from: Position | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.send(
      new QueryCommand({
        TableName: env("COMPLAINTS_TABLE"),
        IndexName: index,
        KeyConditionExpression: "#partition = :partition",
        ExpressionAttributeNames: { "#partition": index, "#place": sortAttributeOf(index) },
        ExpressionAttributeValues: { ":partition": partition },
        ProjectionExpression: "#place",
        ScanIndexForward: false,
        ExclusiveStartKey: from,
        Limit: remaining,
      }),
    );
    last = Items.at(-1) ?? last;
    remaining -= Items.length;
    // DynamoDB ends a page after one megabyte, which a few hundred events may fill.
    from = LastEvaluatedKey;
  } while (from && remaining > 0);
  return last && String(last[sortAttributeOf(index)]).split("#")[0];
}

/** The index and partition that hold a feed. */
export function feedIndexKey(feed: Feed): { index: "inbox" | "workQueue"; partition: string } {
  if ("agencyId" in feed) return { index: "inbox", partition: agencyFeedKey(feed.agencyId) };
  return { index: "workQueue", partition: frontEndFeedKey(feed.clientId) };
}

/** The entry of an event in this feed. Throws `cursor-invalid` if the event is not in the feed, or does not exist. */
async function findEntry({
  index,
  partition,
  after,
  now,
}: {
  index: string;
  partition: string;
  after: string;
  now: string;
}): Promise<Item> {
  if (!eventIdPattern.test(after)) throw new Fault("cursor-invalid");
  const entries = index === "inbox" ? await readNumberedEntries(after) : await readFrontEndEntries(after);
  const entry = entries.find((item) => item[index] === partition);
  if (!entry || (await visibleEntries([entry], now)).length === 0) throw new Fault("cursor-invalid");
  return entry;
}

function readNumberedEntries(id: string): Promise<Item[]> {
  const [subject = "", version] = id.split("/");
  const pk = isIssueId(subject) ? issueKey(subject) : complaintKey(subject);
  return readItems([eventKey, previousAgencyEntryKey].map((keyOf) => ({ pk, sk: keyOf(Number(version)) })));
}

/** Reads no text: the policies of feeds' functions allow these attributes alone. */
function readFrontEndEntries(id: string): Promise<Item[]> {
  const [complaintId = ""] = id.split("/");
  return readAll({
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    FilterExpression: "frontEndEventId = :id",
    Select: "SPECIFIC_ATTRIBUTES",
    ProjectionExpression: "pk, sk, workQueue, workQueueAt, frontEndEventId, complaintId, #type, #at, #after, expiresAt",
    ExpressionAttributeNames: { "#type": "type", "#at": "at", "#after": "after" },
    ExpressionAttributeValues: { ":pk": complaintKey(complaintId), ":prefix": eventPrefix, ":id": id },
  });
}
