import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Fault } from "#shared/domain/fault.ts";
import { feedSettlesAfterMs } from "#shared/domain/telling/redrive.ts";
import { later } from "#shared/domain/time/duration.ts";
import { env } from "#shared/runtime/env.ts";
import {
  agencyFeedKey,
  complaintKey,
  eventKey,
  frontEndFeedKey,
  giverEntryKey,
  placeIn,
} from "#shared/runtime/keys.ts";
import { type Item, readTogether } from "../items.ts";
import { type Position, positionOf } from "../pages.ts";
import { readable } from "../readable.ts";
import { table } from "../table.ts";
import { readEntries, shownOf } from "./fed-entries.ts";
import { FedEvent, NewerFedEvent } from "./fed-event.ts";

/** Whose feed: an agency's events, or those of the complaints that a front end filed. */
export const Feed = z.union([z.strictObject({ agencyId: z.string() }), z.strictObject({ clientId: z.string() })]);
export type Feed = z.infer<typeof Feed>;

type FeedQuery = {
  feed: Feed;
  /** The id of the last event that the caller has: `QZ-7K3M-9XPT-Q/3`. */
  after?: string | undefined;
  /** Where `after` is left out: only what happened from then on. */
  since?: string | undefined;
  limit: number;
  now: string;
};

/** An event stands in the feeds of those who are told, whoever wrote it there: a newer one is told as far as it can be. */
const FeedEntry = z.union([FedEvent, NewerFedEvent]);

type FeedPage = {
  events: (FedEvent | NewerFedEvent)[];
  more: boolean;
  /** When the next event may be told, where there is one that is too young. */
  settlesAt: string | undefined;
};

/** One page of a feed by time, without gaps; throws `cursor-invalid` where `after` is no event of this feed. */
export async function readFeed({ feed, after, since, limit, now }: FeedQuery): Promise<FeedPage> {
  const { index, partition } = placeOf(feed);
  const from = after === undefined ? undefined : positionOf(index, await findEntry({ index, partition, after, now }));
  const { items, next } = await readEntries({ index, partition, limit, from, since, now });
  const all = items.map((item) => readable(FeedEntry, item));
  // Only events so old that no earlier one can still appear before them.
  const settled = later(now, -feedSettlesAfterMs);
  const events = all.filter(({ at }) => at < settled);
  const young = all[events.length];
  const settlesAt = young && later(young.at, feedSettlesAfterMs + 1);
  return { events, more: next !== undefined && !young, settlesAt };
}

/** So far back a backlog is counted; one that is larger is at least that old. */
const longestCount = 1_000;

/** When the event happened that is so many from the end of an agency's feed, or its first; undefined where it has none. */
export async function countedBack(agencyId: string, count: number): Promise<string | undefined> {
  const { index, partition } = placeOf({ agencyId });
  let left = Math.min(count, longestCount);
  let last: Item | undefined;
  let from: Position | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.send(
      new QueryCommand({
        TableName: env("COMPLAINTS_TABLE"),
        IndexName: index,
        KeyConditionExpression: "#partition = :partition",
        ExpressionAttributeNames: { "#partition": index, "#place": placeIn(index) },
        ExpressionAttributeValues: { ":partition": partition },
        ProjectionExpression: "#place",
        ScanIndexForward: false,
        ExclusiveStartKey: from,
        Limit: left,
      }),
    );
    last = Items.at(-1) ?? last;
    left -= Items.length;
    // A page ends after a megabyte, which a few hundred events may fill.
    from = LastEvaluatedKey;
  } while (from && left > 0);
  return last && String(last[placeIn(index)]).split("#")[0];
}

/** The index and partition that hold a feed. */
export function placeOf(feed: Feed): { index: "inbox" | "desk"; partition: string } {
  if ("agencyId" in feed) return { index: "inbox", partition: agencyFeedKey(feed.agencyId) };
  return { index: "desk", partition: frontEndFeedKey(feed.clientId) };
}

/**
 * The entry of an event in this feed; throws `cursor-invalid` for an event of another feed as for one that never was.
 */
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
  const [, id = "", version] = /^([A-Z0-9-]{14})\/(\d{1,6})$/.exec(after) ?? [];
  if (!version) throw new Fault("cursor-invalid");
  const entries = await readTogether(
    [eventKey, giverEntryKey].map((keyOf) => ({ pk: complaintKey(id), sk: keyOf(Number(version)) })),
  );
  const entry = entries.find((item) => item[index] === partition);
  if (!entry || (await shownOf([entry], now)).length === 0) throw new Fault("cursor-invalid");
  return entry;
}
