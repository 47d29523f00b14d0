import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import { Complaint, Instant } from "../domain/complaint.ts";
import type { Scope } from "../domain/hours-change.ts";
import { env } from "../runtime/env.ts";
import { HoursChange } from "./office-hours.ts";
import { hoursKey, hoursPartition, inboxKey, pendingHoursKey, table } from "./table.ts";

export type PendingHours = HoursChange & { pending: NonNullable<HoursChange["pending"]> };

const Due = HoursChange.pick({ date: true, countyId: true }).extend({ dueAt: Instant });

/** The changes of hours that deadlines have yet to follow, by when there is something to do again. */
export async function listPendingHours(): Promise<z.infer<typeof Due>[]> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      IndexName: "due",
      KeyConditionExpression: "due = :pending",
      ExpressionAttributeValues: { ":pending": pendingHoursKey },
    }),
  );
  return Items.map((item) => Due.parse(item));
}

/** The change as it stands now; undefined where the deadlines have followed it. */
export async function readPendingHours(scope: Scope): Promise<PendingHours | undefined> {
  const { Item } = await table.send(
    new GetCommand({
      TableName: env("COMPLAINTS_TABLE"),
      Key: { pk: hoursPartition, sk: hoursKey(scope) },
      ConsistentRead: true,
    }),
  );
  const { pending, ...change } = HoursChange.parse(Item);
  return pending && { ...change, pending };
}

type Position = Record<string, unknown>;
type OpenQuery = { agencyId: string; countyId?: string | undefined; from?: Position | undefined };

/**
 * One page of an agency's open complaints, of one county or all; `next` is where the following page starts. What cannot
 * be read is counted, so that it keeps nobody else from being found.
 */
export async function listOpen({ agencyId, countyId, from }: OpenQuery) {
  const { Items = [], LastEvaluatedKey } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      IndexName: "inbox",
      KeyConditionExpression: "inbox = :inbox",
      ...(countyId && { FilterExpression: "countyId = :county" }),
      ExpressionAttributeValues: {
        ":inbox": inboxKey({ agencyId, status: "open" }),
        ...(countyId && { ":county": countyId }),
      },
      ExclusiveStartKey: from,
      Limit: 100,
    }),
  );
  const complaints = Items.flatMap((item) => Complaint.safeParse(item).data ?? []);
  return { complaints, unreadable: Items.length - complaints.length, next: LastEvaluatedKey };
}
