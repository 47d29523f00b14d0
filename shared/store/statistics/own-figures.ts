import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { ComplaintEvent } from "#shared/domain/complaint/event.ts";
import type { IranianMonth } from "#shared/domain/statistics/iranian-month.ts";
import { type FeedEvent, OwnFigures } from "#shared/domain/statistics/own-figures.ts";
import type { Instant } from "#shared/domain/time/instant.ts";
import { env } from "#shared/runtime/env.ts";
import { agencyFeedKey, ownFiguresKey, partitions } from "#shared/runtime/keys.ts";
import { readAll, readItem } from "../items.ts";
import { readable } from "../readable.ts";
import { table } from "../table.ts";
import { ifNew, putIf } from "../transaction.ts";
import { pack, packed } from "./packed.ts";

const InFeed = z.intersection(z.object({ complaintId: z.string() }), ComplaintEvent);

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
  return items.map((item) => readable(InFeed, item));
}

const Stored = z.object({ figures: packed(OwnFigures) });
type Own = { agencyId: string; month: IranianMonth };

/** Writes an agency's figures of a month; what stands there stays. */
export async function writeOwnFigures({ agencyId, month, figures }: Own & { figures: OwnFigures }): Promise<void> {
  await putIf(ifNew, { pk: ownFiguresKey(agencyId), sk: month, figures: pack(figures) });
}

/** An agency's figures of a month; undefined where they are not made. */
export async function readOwnFigures({ agencyId, month }: Own): Promise<OwnFigures | undefined> {
  const item = await readItem({ pk: ownFiguresKey(agencyId), sk: month }, { ConsistentRead: false });
  return item && readable(Stored, item).figures;
}

/** Notes that every agency has its figures of a month. */
export async function noteOwnFiguresMade(month: IranianMonth): Promise<void> {
  await putIf(ifNew, { pk: partitions.ownFiguresMade, sk: month });
}

const Made = z.object({ sk: z.string() });

/** The months of which every agency has its figures, the latest first; `limit` of them. */
export async function readMonthsOfOwnFigures(limit: number): Promise<IranianMonth[]> {
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
  return Items.map((item) => readable(Made, item).sk);
}
