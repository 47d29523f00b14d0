import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { ComplaintEvent } from "#shared/complaints/event.ts";
import { env } from "#shared/runtime/environment.ts";
import { agencyFeedKey, agencyFiguresKey, partitions } from "#shared/runtime/keys.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { readAll, readItem, table } from "#shared/storage/table.ts";
import { ifNew, putIfConditionHolds } from "#shared/storage/transaction.ts";
import type { Instant } from "#shared/time/calendar.ts";
import type { IranianMonth } from "#shared/time/period.ts";
import { AgencyFigures, type FeedEvent } from "./own-figures.ts";
import { compressJson, packed } from "./published.store.ts";

const EventInFeed = z.intersection(z.object({ complaintId: z.string() }), ComplaintEvent);

/** The events of an agency's feed in `[from, to)`, in order. Throws `unavailable` for an event that cannot be read. */
export async function readFeedBetween(
  agencyId: string,
  { from, to }: { from: Instant; to: Instant },
): Promise<FeedEvent[]> {
  const items = await readAll({
    IndexName: "inbox",
    KeyConditionExpression: "inbox = :feed AND inboxAt BETWEEN :from AND :to",
    ExpressionAttributeValues: { ":feed": agencyFeedKey(agencyId), ":from": from, ":to": to },
    ConsistentRead: false,
  });
  // Events of issues are in no figure.
  return items.filter(({ complaintId }) => complaintId !== undefined).map((item) => parseItem(EventInFeed, item));
}

const Stored = z.object({ figures: packed(AgencyFigures) });
type AgencyFiguresKey = { agencyId: string; month: IranianMonth };

/** Writes an agency's figures of a month, unless they are written already. */
export async function writeAgencyFigures({
  agencyId,
  month,
  figures,
}: AgencyFiguresKey & { figures: AgencyFigures }): Promise<void> {
  await putIfConditionHolds(ifNew, { pk: agencyFiguresKey(agencyId), sk: month, figures: compressJson(figures) });
}

/** An agency's figures of a month; undefined if they are not written yet. */
export async function readAgencyFigures({ agencyId, month }: AgencyFiguresKey): Promise<AgencyFigures | undefined> {
  const item = await readItem({ pk: agencyFiguresKey(agencyId), sk: month }, { ConsistentRead: false });
  return item && parseItem(Stored, item).figures;
}

/** Records that the figures of a month are written for every agency. */
export async function recordAgencyFiguresMade(month: IranianMonth): Promise<void> {
  await putIfConditionHolds(ifNew, { pk: partitions.ownFiguresMade, sk: month });
}

const Made = z.object({ sk: z.string() });

/** Up to `limit` months in which every agency has its figures, the latest first. */
export async function readAgencyFigureMonths(limit: number): Promise<IranianMonth[]> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      KeyConditionExpression: "pk = :made",
      ExpressionAttributeValues: { ":made": partitions.ownFiguresMade },
      ScanIndexForward: false,
      Limit: limit,
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => parseItem(Made, item).sk);
}
