import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Change, eventTime } from "#shared/complaints/change.ts";
import { Complaint } from "#shared/complaints/complaint.ts";
import { changeWrites, readHead } from "#shared/complaints/complaints.store.ts";
import { issueLinkKeptDays } from "#shared/policy-numbers.ts";
import { env } from "#shared/runtime/environment.ts";
import { complaintKey, headKey, issueLinksKey } from "#shared/runtime/keys.ts";
import { parseReadableItems } from "#shared/storage/readable.ts";
import { type Position, readItems, table } from "#shared/storage/table.ts";
import { conflict, putWrite, retryOnConflict, writeTransaction } from "#shared/storage/transaction.ts";
import { Instant } from "#shared/time/calendar.ts";
import { daySeconds, secondsOf } from "#shared/time/duration.ts";
import type { LinkRefusal } from "./issue-links.ts";

const attempts = 5;

type LinkChange = {
  issueId: string;
  complaintId: string;
  now: Instant;
  /** Decides the change of the complaint, or why there is none; undefined if there is nothing to do. */
  decide: (complaint: Complaint, now: Instant) => Change | LinkRefusal | undefined;
};

/**
 * Links a complaint to an issue or ends the link, with the entry in the list of the issue. The complaint alone says whether it is
 * linked: an entry stays when a transfer or an inspector ends the link. Returns why there is no change.
 */
export function changeLink({ issueId, complaintId, now, decide }: LinkChange): Promise<LinkRefusal | undefined> {
  return retryOnConflict(attempts, async () => {
    const complaint = await readHead(complaintId);
    if (!complaint) return "not-found";
    const change = decide(complaint, eventTime(now, complaint));
    if (change === undefined || typeof change === "string") return change;
    const expiresAt = secondsOf(now) + issueLinkKeptDays * daySeconds;
    const entry = { pk: issueLinksKey(issueId), sk: complaintId, linkedAt: now, expiresAt };
    const entryWrites = change.complaint.issueId === issueId ? [putWrite(entry)] : [];
    return (await writeTransaction([...changeWrites(change), ...entryWrites])) ? conflict : undefined;
  });
}

const StoredLink = z.object({ sk: z.string(), linkedAt: Instant });

/** A complaint that is linked to an issue, and since when. */
export type LinkedComplaint = { complaint: Complaint; linkedAt: Instant };

type LinksQuery = { issueId: string; limit: number; from?: Position | undefined };

/** One page of the complaints that are linked to an issue now, in the order of their ids. A page may have fewer than `limit`. */
export async function readLinkedComplaints({ issueId, limit, from }: LinksQuery) {
  const { Items = [], LastEvaluatedKey: next } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      KeyConditionExpression: "pk = :links",
      ExpressionAttributeValues: { ":links": issueLinksKey(issueId) },
      ExclusiveStartKey: from,
      ConsistentRead: true,
      Limit: limit,
    }),
  );
  const links = new Map(parseReadableItems(StoredLink, Items).map(({ sk, linkedAt }) => [sk, linkedAt]));
  const heads = await readItems([...links.keys()].map((id) => ({ pk: complaintKey(id), sk: headKey })));
  const linked = parseReadableItems(Complaint, heads).filter((complaint) => complaint.issueId === issueId);
  const items = linked
    .map((complaint): LinkedComplaint => ({ complaint, linkedAt: links.get(complaint.id) ?? complaint.lastEventAt }))
    .sort((one, other) => (one.complaint.id < other.complaint.id ? -1 : 1));
  return { items, next };
}
