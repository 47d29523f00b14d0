import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Period } from "#shared/domain/telling/redrive.ts";
import { env } from "#shared/runtime/env.ts";
import { table } from "../table.ts";
import { FedEvent } from "./fed-event.ts";
import { type Feed, placeOf } from "./feeds.ts";
import { EventPlace } from "./undelivered.ts";

type PastQuery = { feed: Feed; period: Period; limit: number; from?: Record<string, unknown> | undefined };

/** One page of what a feed holds of a period, in the order of time; what cannot be read is told by its place. */
export async function readPast({ feed, period: { since, until }, limit, from }: PastQuery) {
  const { index, partition } = placeOf(feed);
  const { Items = [], LastEvaluatedKey } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      IndexName: index,
      KeyConditionExpression: "#feed = :feed AND #at BETWEEN :since AND :until",
      ExpressionAttributeNames: { "#feed": index, "#at": `${index}At` },
      // A place in a feed is an instant and a number, so what happened at the end itself stands behind it.
      ExpressionAttributeValues: { ":feed": partition, ":since": since, ":until": until },
      ExclusiveStartKey: from,
      Limit: limit,
    }),
  );
  const read = Items.map((item) => ({ item, event: FedEvent.safeParse(item).data }));
  return {
    events: read.flatMap(({ event }) => event ?? []),
    poison: read.filter(({ event }) => !event).map(({ item }) => EventPlace.parse(item)),
    next: LastEvaluatedKey,
  };
}
