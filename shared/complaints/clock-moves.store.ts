import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { env } from "../runtime/environment.ts";
import { inboxKey } from "../runtime/keys.ts";
import { type Position, table } from "../storage/table.ts";
import { conflict, retryOnConflict, type Writes, writeTransaction } from "../storage/transaction.ts";
import { type Change, eventTime } from "./change.ts";
import { Complaint } from "./complaint.ts";
import { changeWrites, readHead } from "./complaints.store.ts";
import { confidentialEntryWrites, readConfidentialRecord } from "./confidential-log.store.ts";
import type { NewEntry } from "./confidential-log.ts";
import { withSandboxExpiry } from "./sandbox-expiry.store.ts";

type OpenComplaintsQuery = { agencyId: string; countyId?: string | undefined; from?: Position | undefined };

/**
 * One page of an agency's open complaints, in one county or all. `next` is where the following page starts. `unreadable`
 * counts heads that cannot be read: they must not hide the others.
 */
export async function listOpenComplaints({ agencyId, countyId, from }: OpenComplaintsQuery) {
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

const attempts = 5;

/** A change that the clock makes, with the confidential entries that belong to it. */
type ChangeWithEntries = Change & { entries?: NewEntry[] };

type ClockMove = {
  id: string;
  now: string;
  /** Decides the change; undefined if there is nothing to do. `now` is never before the complaint's last event. */
  decide: (complaint: Complaint, now: string) => ChangeWithEntries | undefined;
};

/**
 * Makes a change that no caller asked for, since time passed or office hours changed. Returns the changed complaint, or
 * undefined if there is nothing to do. The conditional write lets it happen only once, however often it is tried.
 */
export function executeClockMove({ id, now, decide }: ClockMove): Promise<Complaint | undefined> {
  return retryOnConflict(attempts, async () => {
    const complaint = await readHead(id);
    const change = complaint && decide(complaint, eventTime(now, complaint));
    if (!change) return undefined;
    const writes = [...changeWrites(change), ...(await confidentialWrites(change))];
    return (await writeTransaction(withSandboxExpiry(complaint, writes))) ? conflict : change.complaint;
  });
}

/** Adds the change's confidential entries after the existing ones. */
async function confidentialWrites({ complaint: { id }, entries = [] }: ChangeWithEntries): Promise<Writes> {
  if (entries.length === 0) return [];
  const { entryCount } = await readConfidentialRecord(id);
  return confidentialEntryWrites({ id, entries, after: entryCount });
}
