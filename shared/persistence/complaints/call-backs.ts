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
import { type Item, type Position, readAll, readItem, readPage } from "../table.ts";
import { putIfConditionHolds, putWrite, type Writes } from "../transaction.ts";
import { readHead } from "./complaints.ts";
import { readConfidentialRecord } from "./confidential-log.ts";

/**
 * Prepares the draw of citizens to be called, for complaints filed at an agency at this time. Returns a function that takes
 * a complaint id. It returns the probability with which the complaint was drawn, or undefined if it was not drawn. Sandbox
 * complaints are never drawn.
 */
export async function createCallDraw({ agencyId, filedAt }: { agencyId: string; filedAt: string }) {
  if (agencyId === sandboxAgency) return () => undefined;
  const quarter = quarterBefore(quarterAt(filedAt));
  const [pepper, count] = await Promise.all([readPepper(), readAgencyCount({ agencyId, quarter })]);
  const probability = callProbability(count);
  return (id: string) => (isSelectedForCall({ pepper, id, probability }) ? probability : undefined);
}

/** A complaint whose citizen was drawn to be called, and the probability of the draw. */
const CallListEntry = z.object({
  id: z.string(),
  probability: z.number(),
  /** The version of the complaint that the last update of the list used; absent before the first. */
  listedAtVersion: z.int().optional(),
  /** How many confidential entries that update had read. */
  listedAtEntry: z.int().optional(),
  /** The start of the calling window; absent while the citizen is not to be called. */
  callFrom: z.string().optional(),
  newer: UnknownFields,
});
type CallListEntry = z.infer<typeof CallListEntry>;

/** Records that the complaint was drawn. `updateCallList` puts it on the list later. */
export function callListEntryWrite({
  id,
  probability,
  newer,
}: Pick<CallListEntry, "id" | "probability" | "newer">): Writes[number] {
  return putWrite(itemOf({ id, probability, newer }));
}

function itemOf(entry: CallListEntry): Record<string, unknown> {
  return { ...itemWithUnknownFields(entry), pk: confidentialLogKey(entry.id), sk: callKey };
}

/** The draw of a complaint; undefined if it was not drawn. */
export async function readCallListEntry(id: string): Promise<CallListEntry | undefined> {
  const Key = { pk: confidentialLogKey(id), sk: callKey };
  const item = await readItem(Key);
  return parseWholeItem(CallListEntry, item);
}

/**
 * Puts a drawn complaint on the list of citizens to call, or takes it off. The list is sorted by the end of the calling
 * window. Its readers check each complaint as well, so an entry that is late or early is not shown. May be repeated: it
 * never replaces an update that knew a later version of the complaint or more confidential entries. Throws `unavailable`
 * if another run was faster three times.
 */
export async function updateCallList(id: string): Promise<void> {
  // Of two runs at once, one may know the newer complaint and the other the newer entries. The loser reads both again.
  for (let tries = 0; tries < 3; tries++) if (await tryToUpdateCallList(id)) return;
  // The function that reads the stream tries the event again.
  throw new Fault("unavailable");
}

/** False if another run updated the list with newer data. */
async function tryToUpdateCallList(id: string): Promise<boolean> {
  const entry = await readCallListEntry(id);
  if (!entry) return true;
  const [complaint, { confidentialLog, entryCount }] = await Promise.all([readHead(id), readConfidentialRecord(id)]);
  if (!complaint) return true;
  const window =
    areCallsAllowed(confidentialLog) && !isCallingOver(confidentialLog) ? callWindow(complaint) : undefined;
  const workQueue = window && { workQueue: callsWorkQueueKey, workQueueAt: window.before };
  const listedAtVersion = complaint.version;
  const condition = {
    ConditionExpression:
      "(attribute_not_exists(listedAtVersion) OR listedAtVersion <= :version) AND (attribute_not_exists(listedAtEntry) OR listedAtEntry <= :noted)",
    ExpressionAttributeValues: { ":version": listedAtVersion, ":noted": entryCount },
  };
  return putIfConditionHolds(condition, {
    ...itemOf({ ...entry, listedAtVersion, listedAtEntry: entryCount, callFrom: window?.from }),
    ...workQueue,
  });
}

const Listed = CallListEntry.pick({ id: true });

/**
 * One page of the complaints whose citizens are to be called now; the calling window that ends first comes first. A page
 * ends between two ends of windows, so `next` names no complaint: the call centre may not learn of one that it is not
 * shown. If more than `limit` windows end at the same instant, they are all on one page.
 */
export async function listCallsDue({ now, limit, from }: { now: string; limit: number; from: Position | undefined }) {
  const workQueue = callsWorkQueueKey;
  const isDue = ({ callFrom }: Item) => callFrom !== undefined && String(callFrom) <= now;
  const page = await readPage({
    index: "workQueue",
    partition: workQueue,
    limit: limit + 1,
    from,
    since: now,
    keep: isDue,
  });
  const following = page.items[limit];
  if (!following) return { ids: idsOf(page.items), next: page.next };
  const { workQueueAt } = following;
  const before = page.items.filter((item) => item.workQueueAt !== workQueueAt);
  if (before.length > 0) return { ids: idsOf(before), next: { workQueue, workQueueAt } };
  const sameEnd = await readAll({
    IndexName: "workQueue",
    ConsistentRead: false,
    KeyConditionExpression: "workQueue = :workQueue AND workQueueAt = :workQueueAt",
    ExpressionAttributeValues: { ":workQueue": workQueue, ":workQueueAt": workQueueAt },
  });
  // Sorts after this instant and before all later ones.
  return { ids: idsOf(sameEnd.filter(isDue)), next: { workQueue, workQueueAt: `${workQueueAt}#` } };
}

const idsOf = (items: Item[]) => parseReadableItems(Listed, items).map(({ id }) => id);
