import * as z from "zod";
import { type CallQuestion, callListPeriod, isSelectedForCall } from "#shared/complaints/call-backs.ts";
import { callListPlace, isInCallPeriod } from "#shared/complaints/call-list-place.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { readHead } from "#shared/complaints/complaints.store.ts";
import { readConfidentialRecord } from "#shared/complaints/confidential-log.store.ts";
import { Fault } from "#shared/fault.ts";
import { sandboxAgency } from "#shared/province/directory.ts";
import { callKey, callsWorkQueueKey, confidentialLogKey, issueCallKey } from "#shared/runtime/keys.ts";
import { UnknownFields } from "#shared/storage/newer-items.ts";
import { itemWithUnknownFields, parseReadableItems, parseWholeItem } from "#shared/storage/readable.ts";
import { readPepper } from "#shared/storage/secrets.ts";
import { type Position, readItem, readPage } from "#shared/storage/table.ts";
import { putIfConditionHolds, putWrite, type Writes } from "#shared/storage/transaction.ts";
import { localDate } from "#shared/time/local-time.ts";
import { addDays } from "#shared/time/period.ts";
import { callProbability, quarterAt, quarterBefore } from "../figures/called-citizens.ts";
import { readAgencyCount } from "../figures/published.store.ts";
import { isInformedOfAnswer } from "../messages/answer-notices.store.ts";

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

/**
 * A complaint whose citizen may be called. `probability`: that of the draw; absent if the citizen was not drawn, and is
 * called only if no notice of the answer arrives.
 */
const CallListEntry = z.object({
  id: z.string(),
  probability: z.number().optional(),
  /** The version of the complaint that the last update of the list used; absent before the first. */
  listedAtVersion: z.int().optional(),
  /** How many confidential entries that update had read. */
  listedAtEntry: z.int().optional(),
  /** The period in which the citizen is called; absent while the citizen is not to be called. */
  callFrom: z.string().optional(),
  callBefore: z.string().optional(),
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

/** The complaint's entry in the call list, if it has one. */
export async function readCallListEntry(id: string): Promise<CallListEntry | undefined> {
  const Key = { pk: confidentialLogKey(id), sk: callKey };
  const item = await readItem(Key);
  return parseWholeItem(CallListEntry, item);
}

/**
 * Puts a complaint on the list of citizens to call, or takes it off. Its readers check each complaint as well, so an entry that is late
 * or early is not shown. May be repeated: it never replaces an update that knew a later version of the complaint or more confidential
 * entries. Throws `unavailable` if another run was faster three times.
 */
export async function updateCallList(id: string, now: string): Promise<void> {
  // Of two runs at once, one may know the newer complaint and the other the newer entries. The loser reads both again.
  for (let tries = 0; tries < 3; tries++) if (await tryToUpdateCallList(id, now)) return;
  // The function that reads the stream tries its event again. For any other caller the entry stays as it is.
  throw new Fault("unavailable");
}

/** A complaint, its entry in the call list if it has one, and what decides whether a call is due. */
export async function readCallState(id: string, now: string) {
  const [complaint, { entryCount, callItem, ...log }] = await Promise.all([readHead(id), readConfidentialRecord(id)]);
  if (!complaint) return undefined;
  const entry = parseWholeItem(CallListEntry, callItem);
  const question = await callQuestion(complaint, { ...log, now, entry });
  return { complaint, entry, entryCount, question };
}

type CallFacts = Pick<Parameters<typeof isInformedOfAnswer>[0], "notices" | "confidentialLog"> & {
  now: string;
  entry: Pick<CallListEntry, "probability"> | undefined;
};

/** What decides whether a call is due. */
export async function callQuestion(
  complaint: Complaint,
  { notices, confidentialLog, now, entry }: CallFacts,
): Promise<CallQuestion> {
  const isInformed = await isInformedOfAnswer({ complaint, notices, confidentialLog });
  return { confidentialLog, now, isDrawn: entry?.probability !== undefined, isInformed };
}

/** False if another run updated the list with newer data. */
async function tryToUpdateCallList(id: string, now: string): Promise<boolean> {
  const state = await readCallState(id, now);
  const period = state && callListPeriod(state.complaint, state.question);
  // A complaint that was not drawn has no entry before its citizen is to be called.
  if (!state || !(state.entry || period)) return true;
  const { complaint, entry = { id }, entryCount } = state;
  const listedAtVersion = complaint.version;
  const condition = {
    ConditionExpression:
      "(attribute_not_exists(listedAtVersion) OR listedAtVersion <= :version) AND (attribute_not_exists(listedAtEntry) OR listedAtEntry <= :noted)",
    ExpressionAttributeValues: { ":version": listedAtVersion, ":noted": entryCount },
  };
  // The period of the entry as it was read goes, also if no period takes its place.
  return putIfConditionHolds(condition, {
    ...itemOf({ ...entry, listedAtVersion, listedAtEntry: entryCount, callFrom: undefined, callBefore: undefined }),
    ...(period && callListPlace(period)),
  });
}

const Listed = CallListEntry.pick({ id: true }).extend({ sk: z.string() });

/** What stands on the list: a complaint, which stands there twice if it was drawn and is linked to an issue. */
export type ListedCall = { id: string; isAboutIssue: boolean };

/** One page of the complaints whose citizens are to be called now; those whose period ends on the first day come first. */
export async function listCallsDue({ now, limit, from }: { now: string; limit: number; from: Position | undefined }) {
  const { items, next } = await readPage({
    index: "workQueue",
    partition: callsWorkQueueKey,
    limit,
    from,
    since: addDays(localDate(now), -1),
    keep: (item) => isInCallPeriod(item, now),
  });
  const calls = parseReadableItems(Listed, items).map(
    ({ id, sk }): ListedCall => ({ id, isAboutIssue: sk === issueCallKey }),
  );
  return { calls, next };
}
