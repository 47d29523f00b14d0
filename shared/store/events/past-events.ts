import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { RedrivePeriod } from "#shared/domain/telling/redrive.ts";
import { env } from "#shared/runtime/env.ts";
import { placeIn } from "#shared/runtime/keys.ts";
import { table } from "../table.ts";
import { FedEvent } from "./fed-event.ts";
import { type Feed, placeOf } from "./feeds.ts";
import { EventPlace } from "./undelivered.ts";

type PastQuery = { feed: Feed; period: RedrivePeriod; limit: number; from?: Record<string, unknown> | undefined };

/**
 * One page of a feed's events in a period, in the order of time. `poison`: the places of events that cannot be read.
 */
export async function readPast({ feed, period: { since, until }, limit, from }: PastQuery) {
  const { index, partition } = placeOf(feed);
  const { Items = [], LastEvaluatedKey } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      IndexName: index,
      KeyConditionExpression: "#feed = :feed AND #at BETWEEN :since AND :until",
      ExpressionAttributeNames: { "#feed": index, "#at": placeIn(index) },
      // Sort keys are `instant#number`, and sort after the bare instant: events at `until` itself are left out.
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
