import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { Complaint } from "#shared/domain/complaint/complaint.ts";
import { env } from "#shared/runtime/env.ts";
import { inboxKey } from "#shared/runtime/keys.ts";
import type { Position } from "../pages.ts";
import { table } from "../table.ts";

type OpenQuery = { agencyId: string; countyId?: string | undefined; from?: Position | undefined };

/**
 * One page of an agency's open complaints, of one county or all; `next` is where the following page starts. Heads that
 * cannot be read are only counted: one of them must not hide the others.
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
