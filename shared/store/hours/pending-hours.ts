import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { Scope } from "#shared/domain/time/hours-change.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { env } from "#shared/runtime/env.ts";
import { hoursKey, inboxKey, partitions, pendingHoursKey } from "#shared/runtime/keys.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { listPending } from "../complaints/due.ts";
import { readItem } from "../items.ts";
import type { Position } from "../pages.ts";
import { table } from "../table.ts";
import { putIf } from "../transaction.ts";
import { HoursChange, itemOf } from "./office-hours.ts";

export type PendingHours = HoursChange & { pending: NonNullable<HoursChange["pending"]> };
/** Since when a change acts, and how far its walk has come. */
export type Place = Omit<PendingHours["pending"], "turn">;

/** Parsed whole, so that a change that could not be followed is logged here and left out. */
const Due = HoursChange.extend({ dueAt: Instant }).transform(({ date, countyId, dueAt }) => ({
  date,
  countyId,
  dueAt,
}));

/** The changes of hours that deadlines have yet to follow, soonest due first. */
export function listPendingHours() {
  return listPending({ under: pendingHoursKey, schema: Due, failure: logEvents.deadlinesNotMoved });
}

/** The change as it stands now; undefined where the deadlines have followed it. */
export async function readPendingHours(scope: Scope): Promise<PendingHours | undefined> {
  const item = await readItem({ pk: partitions.hours, sk: hoursKey(scope) });
  const { pending, ...change } = HoursChange.parse(item);
  return pending && { ...change, pending };
}

/** Saves how far a walk has come, or that it has ended; false where an admin or another run was faster. */
export function saveTurn({ pending: { turn }, ...change }: PendingHours, next: Place | undefined): Promise<boolean> {
  const sinceRead = {
    ConditionExpression: "version = :version AND pending.turn = :turn",
    ExpressionAttributeValues: { ":version": change.version, ":turn": turn },
  };
  return putIf(sinceRead, itemOf({ ...change, pending: next && { ...next, turn: turn + 1 } }));
}

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
