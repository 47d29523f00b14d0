import { readAnyIdentity } from "../identities/identities.store.ts";
import { identityDigest, identityDigestsOf } from "../identities/mask.ts";
import { env } from "../runtime/environment.ts";
import { complaintKey, confidentialLogKey, eventKey, eventPrefix, headKey, narrativeKey } from "../runtime/keys.ts";
import { unknownFieldsIn } from "../storage/readable.ts";
import { readMaskKey } from "../storage/secrets.ts";
import { readPartition } from "../storage/table.ts";
import { ifNew, type Writes, writeTransaction } from "../storage/transaction.ts";
import { accusedFrom, Complaint, Narrative } from "./complaint.ts";
import { headWrite } from "./complaints.store.ts";
import { secretGenerationIn } from "./confidential-commands.ts";
import { isErasureMark, readConfidentialRecordForView } from "./confidential-log.store.ts";
import type { ConfidentialEntryType } from "./confidential-log.ts";
import { ComplaintEvent } from "./event.ts";
import { foldEvents } from "./event-rules.ts";
import { withSandboxExpiry } from "./sandbox-expiry.store.ts";

/**
 * A stored head, and the complaint as it is rebuilt from its events; each undefined if there is none. If an event is
 * missing, or with `marksLost` or `isBeingErased`, no complaint is rebuilt.
 */
export type ComparedHead = {
  stored: Record<string, unknown> | undefined;
  rebuilt: Complaint | undefined;
  /** The number of the first missing event, if a later event or the head proves that it existed. */
  firstMissingVersion: number | undefined;
  /** The identity was erased and the head lost its digests. A rebuilt head would leave later texts unmasked. */
  marksLost?: true;
  /** The final erasure has begun and is not complete. A rebuilt head would bring the erased complaint back. */
  isBeingErased?: true;
};

/**
 * Compares a complaint's head with its events. The fields that no event carries (`StateOutsideEvents`) are rebuilt from the
 * identity and the narrative.
 */
export async function compareHead(id: string): Promise<ComparedHead> {
  const items = await readPartition(complaintKey(id));
  const stored = items.find(({ sk }) => sk === headKey);
  if ((await readPartition(confidentialLogKey(id))).some(isErasureMark))
    return { stored, rebuilt: undefined, firstMissingVersion: undefined, isBeingErased: true };
  // An event that only a newer version of this code can read counts as missing: a head without its change is wrong.
  const eventItems = items.filter(({ sk }) => String(sk).startsWith(eventPrefix));
  const events = eventItems.flatMap((item) => ComplaintEvent.safeParse(item).data ?? []);
  const version = Math.max(Number(stored?.version) || 0, eventItems.length);
  const missing = findFirstMissingVersion(events, version);
  if (missing !== undefined) return { stored, rebuilt: undefined, firstMissingVersion: missing };
  const identityDigests = await identityDigestsFor(id, stored);
  if (!identityDigests) return { stored, rebuilt: undefined, firstMissingVersion: missing, marksLost: true };
  const narrative = Narrative.optional().parse(items.find(({ sk }) => sk === narrativeKey));
  const stateOutsideEvents = {
    id,
    identityDigests,
    ...(await lastRenewal(id, stored)),
    accused: narrative?.employee && accusedFrom(narrative.employee),
  };
  const folded = foldEvents(events, stateOutsideEvents);
  // `escalationExecution` belongs to the state machine. If it cannot be read, the next sweep puts another execution in charge.
  const escalationExecution =
    folded?.nextLevelAt && Complaint.shape.escalationExecution.safeParse(stored?.escalationExecution).data;
  const newer = unknownFieldsIn(Complaint, stored);
  return {
    stored,
    rebuilt: folded && { ...folded, escalationExecution, ...(newer && { newer }) },
    firstMissingVersion: missing,
  };
}

/** Events are numbered without a gap, up to `version`. */
function findFirstMissingVersion(events: ComplaintEvent[], version: number): number | undefined {
  const gap = events.findIndex((event, n) => event.version !== n + 1);
  if (gap >= 0) return gap + 1;
  return version > events.length ? events.length + 1 : undefined;
}

/**
 * The identity digests of the stored head, and those that are made from the identity now: an earlier version or another
 * key may have made different ones. Undefined if the digests are lost.
 */
async function identityDigestsFor(id: string, stored: ComparedHead["stored"]): Promise<string[] | undefined> {
  const before = Complaint.shape.identityDigests.safeParse(stored?.identityDigests).data ?? [];
  const identity = await readAnyIdentity(id);
  if (!identity) return before.length === 0 && (await mayHaveHadDigests(id)) ? undefined : before;
  const maskKey = await readMaskKey();
  const current = identityDigestsOf(identity, (token) => identityDigest(maskKey, token));
  return [...new Set([...before, ...current])];
}

/**
 * The generation of the secret that opens the complaint, and when it was renewed, by its head or by its confidential log. The
 * later one counts, so that no dead secret comes back and none rests too short.
 */
async function lastRenewal(
  id: string,
  stored: ComparedHead["stored"],
): Promise<Pick<Complaint, "secretGeneration" | "secretRenewedAt">> {
  const { confidentialLog } = await readConfidentialRecordForView(id);
  const ofHead = Complaint.shape.secretGeneration.safeParse(stored?.secretGeneration).data ?? 0;
  const renewedAt = [
    Complaint.shape.secretRenewedAt.safeParse(stored?.secretRenewedAt).data ?? "",
    ...confidentialLog.map(({ type, at }) => (type === "secret-renewed" ? at : "")),
  ];
  return {
    secretGeneration: Math.max(ofHead, secretGenerationIn(confidentialLog) ?? 0) || undefined,
    secretRenewedAt: renewedAt.sort().at(-1) || undefined,
  };
}

/** Whether a complaint without an identity may have had one. If its texts are erased too, there is nothing to mask. */
async function mayHaveHadDigests(id: string): Promise<boolean> {
  const { confidentialLog, entryCount } = await readConfidentialRecordForView(id);
  const hasEntry = (wanted: ConfidentialEntryType) => confidentialLog.some(({ type }) => type === wanted);
  // An entry that cannot be read may be the one that records the erasure of the identity.
  return !hasEntry("texts-erased") && (hasEntry("identity-erased") || confidentialLog.length < entryCount);
}

/** The names of the fields in which the stored head differs from the rebuilt one; the keys of the indexes included. */
export function headDifferences({ stored = {}, rebuilt }: ComparedHead): string[] {
  const expected = rebuilt ? itemOf(rebuilt) : {};
  const names = [...new Set([...Object.keys(stored), ...Object.keys(expected)])];
  return names
    .filter((name) => JSON.stringify(withSortedKeys(stored[name])) !== JSON.stringify(withSortedKeys(expected[name])))
    .sort();
}

function itemOf(complaint: Complaint): Record<string, unknown> {
  return headWrite({ complaint, condition: undefined }).Put?.Item ?? {};
}

/**
 * Writes the rebuilt head. False if there is none, if somebody changed the complaint since it was read, or if its first event
 * is gone: a final erasure deletes that event last, and no head may stand after it.
 */
export async function repairHead({ stored, rebuilt }: ComparedHead): Promise<boolean> {
  if (!rebuilt) return false;
  const condition = stored ? ifVersionUnchanged(stored) : ifNew;
  const write = withSandboxExpiry(rebuilt, [headWrite({ complaint: rebuilt, condition })]);
  return !(await writeTransaction([...write, firstEventExists(rebuilt.id)]));
}

function firstEventExists(id: string): Writes[number] {
  const Key = { pk: complaintKey(id), sk: eventKey(1) };
  return { ConditionCheck: { TableName: env("COMPLAINTS_TABLE"), Key, ConditionExpression: "attribute_exists(pk)" } };
}

function ifVersionUnchanged({ version, secretGeneration }: Record<string, unknown>) {
  const fields = Object.entries({ version, secretGeneration });
  const read = fields.filter(([, value]) => value !== undefined);
  return {
    ConditionExpression: fields
      .map(([name, value]) => (value === undefined ? `attribute_not_exists(${name})` : `${name} = :${name}`))
      .join(" AND "),
    ...(read.length > 0 && {
      ExpressionAttributeValues: Object.fromEntries(read.map(([name, value]) => [`:${name}`, value])),
    }),
  };
}

/** The same value with the fields of objects in alphabetical order, for a comparison as JSON text. */
function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.sort(([a], [b]) => a.localeCompare(b)).map(([name, field]) => [name, withSortedKeys(field)]),
  );
}
