import * as z from "zod";
import { areCallsAllowed, callWindow, isCallingOver, isSelectedForCall } from "#shared/domain/complaint/call-backs.ts";
import { UnknownFields } from "#shared/domain/complaint/complaint.ts";
import { sandboxAgency } from "#shared/domain/complaint/directory.ts";
import { Fault } from "#shared/domain/fault.ts";
import { callProbability, quarterAt, quarterBefore } from "#shared/domain/statistics/comparison/called-citizens.ts";
import { callKey, callsWorkQueueKey, confidentialLogKey } from "#shared/runtime/keys.ts";
import { itemWithUnknownFields, parseReadableItems, parseWholeItem } from "../readable.ts";
import { readPepper } from "../secrets.ts";
import { readAgencyCount } from "../statistics/published.ts";
import { type Position, readItem, readPage } from "../table.ts";
import { putIfConditionHolds, putWrite, type Writes } from "../transaction.ts";
import { readHead } from "./complaints.ts";
import { readConfidentialRecord } from "./confidential-log.ts";

/** Draws among the complaints that were filed at an agency then: tells of an id with which probability, if it is drawn. None of the sandbox is. */
export async function createCallDraw({ agencyId, filedAt }: { agencyId: string; filedAt: string }) {
  if (agencyId === sandboxAgency) return () => undefined;
  const quarter = quarterBefore(quarterAt(filedAt));
  const [pepper, count] = await Promise.all([readPepper(), readAgencyCount({ agencyId, quarter })]);
  const probability = callProbability(count);
  return (id: string) => (isSelectedForCall({ pepper, id, probability }) ? probability : undefined);
}

/** That a complaint was drawn to be called, and with which probability. */
const CallListEntry = z.object({
  id: z.string(),
  probability: z.number(),
  /** The version of the complaint by which it was put on the list; absent before. */
  placedBy: z.int().optional(),
  /** How much had been noted of it then. */
  placedAfter: z.int().optional(),
  /** From when on it is listed, where it is. */
  callFrom: z.string().optional(),
  newer: UnknownFields,
});
type CallListEntry = z.infer<typeof CallListEntry>;

/** Keeps that it was drawn; on no list until `updateCallList` puts it there. */
export function callListEntryWrite({
  id,
  probability,
  newer,
}: Pick<CallListEntry, "id" | "probability" | "newer">): Writes[number] {
  return putWrite(itemOf({ id, probability, newer }));
}

function itemOf(call: CallListEntry): Record<string, unknown> {
  return { ...itemWithUnknownFields(call), pk: confidentialLogKey(call.id), sk: callKey };
}

/** The draw of a complaint; undefined where it was not drawn. */
export async function readCallListEntry(id: string): Promise<CallListEntry | undefined> {
  const Key = { pk: confidentialLogKey(id), sk: callKey };
  const item = await readItem(Key);
  return parseWholeItem(CallListEntry, item);
}

/**
 * Puts a drawn complaint on the list of those to call, by when that is over, or takes it off. The list is read with the
 * complaint beside it, so that what stands there too long or too early is not shown. May be repeated: what
 * was placed by a later version of the complaint, or after more was noted, stays. Throws `unavailable` where another run
 * was first three times.
 */
export async function updateCallList(id: string): Promise<void> {
  // Two runs side by side may each know only a part: a run that lost reads again.
  for (let tries = 0; tries < 3; tries++) if (await tryToUpdateCallList(id)) return;
  // The stream's reader tries the event again.
  throw new Fault("unavailable");
}

/** False where another placed it by what is newer. */
async function tryToUpdateCallList(id: string): Promise<boolean> {
  const call = await readCallListEntry(id);
  if (!call) return true;
  const [complaint, { confidentialLog, entryCount }] = await Promise.all([readHead(id), readConfidentialRecord(id)]);
  if (!complaint) return true;
  const window =
    areCallsAllowed(confidentialLog) && !isCallingOver(confidentialLog) ? callWindow(complaint) : undefined;
  const desk = window && { desk: callsWorkQueueKey, deskAt: window.before };
  const placedBy = complaint.version;
  const condition = {
    ConditionExpression:
      "(attribute_not_exists(placedBy) OR placedBy <= :version) AND (attribute_not_exists(placedAfter) OR placedAfter <= :noted)",
    ExpressionAttributeValues: { ":version": placedBy, ":noted": entryCount },
  };
  return putIfConditionHolds(condition, {
    ...itemOf({ ...call, placedBy, placedAfter: entryCount, callFrom: window?.from }),
    ...desk,
  });
}

const Listed = CallListEntry.pick({ id: true });

/** One page of the complaints to call, those first whose time is over first. */
export async function listCallsDue({ now, limit, from }: { now: string; limit: number; from: Position | undefined }) {
  const filter = { condition: "#from <= :now", names: { "#from": "callFrom" }, values: { ":now": now } };
  const { items, next } = await readPage({
    index: "desk",
    partition: callsWorkQueueKey,
    limit,
    from,
    since: now,
    filter,
  });
  return { ids: parseReadableItems(Listed, items).map(({ id }) => id), next };
}
