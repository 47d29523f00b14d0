import { randomUUID } from "node:crypto";
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { AuditEntry } from "#shared/domain/telling/audit.ts";
import { env } from "#shared/runtime/env.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { type Position, refuseMadeUp } from "../pages.ts";
import { allReadable } from "../readable.ts";
import { table } from "../table.ts";
import { ifNew, putting, type Writes } from "../transaction.ts";

/** To be written together with what it tells of: neither stands without the other. */
export function putAudit(entry: AuditEntry): Writes[number] {
  const Item = { ...entry, pk: partitions.audit, sk: `${entry.at}#${randomUUID()}` };
  return putting(Item, ifNew);
}

type AuditQuery = {
  limit: number;
  from: Position | undefined;
  /** Only what was done then or later. */
  since: string | undefined;
};

/**
 * One page of what was done, the newest first; `next` is where the following page starts. Also where the table ends a page
 * before its limit, at a megabyte: a hundred long entries would be more than a function can answer.
 */
export async function listAudit({ limit, from, since }: AuditQuery) {
  const query = new QueryCommand({
    TableName: env("COMPLAINTS_TABLE"),
    KeyConditionExpression: "pk = :audit AND sk >= :since",
    ExpressionAttributeValues: { ":audit": partitions.audit, ":since": since ?? "0" },
    ScanIndexForward: false,
    ConsistentRead: true,
    ExclusiveStartKey: from,
    Limit: limit + 1,
  });
  const { Items = [], LastEvaluatedKey } = await table.send(query).catch((cause: Error) => refuseMadeUp(from, cause));
  const shown = Items.slice(0, limit);
  const last = Items.length > limit ? shown.at(-1) : LastEvaluatedKey;
  return { items: allReadable(AuditEntry, shown), next: last && { pk: last.pk, sk: last.sk } };
}
