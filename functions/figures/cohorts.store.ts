import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { AnswerNotice } from "#shared/complaints/answer-notices.ts";
import { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import { ComplaintEvent } from "#shared/complaints/event.ts";
import { env } from "#shared/runtime/environment.ts";
import {
  answerNoticeKey,
  cohortKey,
  cohortShards,
  complaintKey,
  confidentialEntryKeys,
  confidentialLogKey,
  eventPrefix,
  isConfidentialEntryKey,
  parseEventKey,
} from "#shared/runtime/keys.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { type Position, readAll, readPartition, table } from "#shared/storage/table.ts";
import type { IranianMonth } from "#shared/time/period.ts";
import { withoutBounced } from "../messages/answer-notices.store.ts";

/** One shard of a month's filings. Each unit is counted by itself. */
export type CountingUnit = { month: IranianMonth; shard: number };

export const shards = Array.from({ length: cohortShards }, (_, shard) => shard);

type CohortQuery = { unit: CountingUnit; limit: number; from?: Position | undefined };

/**
 * The ids of up to `limit` complaints of a unit, in the order of filing. `next` is where the following page starts. For a
 * past month, the same query always returns the same page.
 */
export async function readCohort({ unit, limit, from }: CohortQuery): Promise<{ ids: string[]; next?: Position }> {
  const { Items = [], LastEvaluatedKey } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      IndexName: "cohort",
      KeyConditionExpression: "cohort = :cohort",
      ExpressionAttributeValues: { ":cohort": cohortKey(unit) },
      ExclusiveStartKey: from,
      Limit: limit,
    }),
  );
  const ids = Items.flatMap((item) => parseEventKey(parseItem(Key, item))?.id ?? []);
  return { ids, ...(LastEvaluatedKey && { next: LastEvaluatedKey }) };
}

const Key = z.object({ pk: z.string(), sk: z.string() });

/** Whether any complaint was filed in a month. */
export async function hasFilings(month: IranianMonth): Promise<boolean> {
  const pages = await Promise.all(shards.map((shard) => readCohort({ unit: { month, shard }, limit: 1 })));
  return pages.some(({ ids }) => ids.length > 0);
}

/**
 * All events and confidential entries of a complaint, and the notices of its answer that did not bounce. The reads are
 * eventually consistent: figures are about the past.
 * Throws `unavailable` for an event or entry of a newer version of this code, which could not be counted.
 */
export async function readEventsAndConfidentialLog(
  id: string,
): Promise<{ events: ComplaintEvent[]; confidentialLog: ConfidentialEntry[]; notices: AnswerNotice[] }> {
  const { first } = confidentialEntryKeys;
  const [events, entriesAndNotices] = await Promise.all([
    readPartition(complaintKey(id), eventPrefix, { ConsistentRead: false }),
    readAll({
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
      ExpressionAttributeValues: { ":pk": confidentialLogKey(id), ":first": first, ":last": answerNoticeKey("~") },
      ConsistentRead: false,
    }),
  ]);
  return {
    events: events.map((item) => parseItem(ComplaintEvent, item)),
    confidentialLog: entriesAndNotices.filter(isEntry).map((item) => parseItem(ConfidentialEntry, item)),
    notices: await withoutBounced(
      entriesAndNotices.filter((item) => !isEntry(item)).map((item) => parseItem(AnswerNotice, item)),
    ),
  };
}

const isEntry = ({ sk }: Record<string, unknown>) => isConfidentialEntryKey(String(sk));
