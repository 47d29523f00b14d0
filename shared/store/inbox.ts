import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Status } from "../domain/complaint.ts";
import { Fault } from "../domain/fault.ts";
import { InboxItem } from "../domain/view.ts";
import { env } from "../runtime/env.ts";
import { inboxKey, table } from "./table.ts";

export type Position = Record<string, unknown>;

type InboxQuery = {
  agencyId: string;
  /** Left out: every complaint that is not closed. */
  status?: Status | undefined;
  /** Only those that have climbed the ladder. */
  escalated?: boolean | undefined;
  limit: number;
  from?: Position | undefined;
};

/** With a filter most of what is read may be left out, so more is read at a time. */
const readAhead = 300;

/** One page of an agency's complaints, soonest due first; `next` is where the following page starts. */
export async function listInbox({ agencyId, status, escalated, limit, from }: InboxQuery) {
  const found: Position[] = [];
  let next = from;
  do {
    const page = await table
      .send(
        new QueryCommand({
          TableName: env("COMPLAINTS_TABLE"),
          IndexName: "inbox",
          KeyConditionExpression: "inbox = :inbox",
          ...filterOf({ agencyId, status, escalated }),
          ExclusiveStartKey: next,
          Limit: status || escalated ? readAhead : limit + 1,
        }),
      )
      .catch(from ? refusePosition : undefined);
    found.push(...(page.Items ?? []));
    next = page.LastEvaluatedKey;
  } while (next && found.length <= limit);
  const items = found.slice(0, limit);
  return {
    items: items.map((item) => InboxItem.parse(item)),
    next: found.length > limit ? positionOf(items.at(-1)) : undefined,
  };
}

/** A position that somebody made up is no key of this list, and only the table can tell. */
function refusePosition(cause: Error): never {
  throw cause.name === "ValidationException" ? new Fault("cursor-invalid", { cause }) : cause;
}

function positionOf(item: Position | undefined): Position | undefined {
  return item && { pk: item.pk, sk: item.sk, inbox: item.inbox, inboxAt: item.inboxAt };
}

function filterOf({ agencyId, status, escalated }: Pick<InboxQuery, "agencyId" | "status" | "escalated">) {
  const inbox = { ":inbox": inboxKey({ agencyId, status: status ?? "open" }) };
  const conditions = [...(status ? ["#status = :status"] : []), ...(escalated ? ["#level > :zero"] : [])];
  if (conditions.length === 0) return { ExpressionAttributeValues: inbox };
  return {
    FilterExpression: conditions.join(" AND "),
    ExpressionAttributeNames: { ...(status && { "#status": "status" }), ...(escalated && { "#level": "level" }) },
    ExpressionAttributeValues: { ...inbox, ...(status && { ":status": status }), ...(escalated && { ":zero": 0 }) },
  };
}
