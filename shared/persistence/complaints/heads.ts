import { accusedFrom, Complaint, Narrative } from "#shared/domain/complaint/complaint.ts";
import type { ConfidentialEntryType } from "#shared/domain/complaint/confidential-log.ts";
import { ComplaintEvent } from "#shared/domain/complaint/event.ts";
import { foldEvents } from "#shared/domain/complaint/event-rules.ts";
import { identityDigest, identityDigestsOf } from "#shared/domain/confidentiality/mask.ts";
import { complaintKey, eventPrefix, headKey, narrativeKey } from "#shared/runtime/keys.ts";
import { unknownFieldsIn } from "../readable.ts";
import { readMaskKey } from "../secrets.ts";
import { readPartition } from "../table.ts";
import { ifNew, withSandboxExpiry, writeTransaction } from "../transaction.ts";
import { headWrite } from "./complaints.ts";
import { readConfidentialRecordForView } from "./confidential-log.ts";
import { readAnyIdentity } from "./identities.ts";

/**
 * The item of a head as it is stored, and the complaint as its events make it; each undefined where there is none. Without
 * all events, or with `marksLost`, no complaint is made.
 */
export type ComparedHead = {
  stored: Record<string, unknown> | undefined;
  rebuilt: Complaint | undefined;
  /** The number of the first event that is not there though a later one or the head is: nothing can be folded then. */
  firstMissingVersion: number | undefined;
  /** Whether the identity was erased and the head no longer has its marks: later texts would not be masked. */
  marksLost?: true;
};

/** Fields that no event carries (`StateOutsideEvents`) are made again from the identity and the narrative. */
export async function compareHead(id: string): Promise<ComparedHead> {
  const items = await readPartition(complaintKey(id));
  // One of a newer version counts as missing: a head without what it says would be wrong.
  const events = items
    .filter(({ sk }) => String(sk).startsWith(eventPrefix))
    .flatMap((item) => ComplaintEvent.safeParse(item).data ?? []);
  const stored = items.find(({ sk }) => sk === headKey);
  const missing = findFirstMissingVersion(events, stored?.version);
  if (missing !== undefined) return { stored, rebuilt: undefined, firstMissingVersion: missing };
  const identityMarks = await identityDigestsFor(id, stored);
  if (!identityMarks) return { stored, rebuilt: undefined, firstMissingVersion: missing, marksLost: true };
  const narrative = Narrative.optional().parse(items.find(({ sk }) => sk === narrativeKey));
  const stateOutsideEvents = { id, identityMarks, accused: narrative?.employee && accusedFrom(narrative.employee) };
  const folded = foldEvents(events, stateOutsideEvents);
  // The state machine's own; where it cannot be read, the next sweep puts another execution in charge.
  const inCharge = folded?.nextRungAt && Complaint.shape.inCharge.safeParse(stored?.inCharge).data;
  const newer = unknownFieldsIn(Complaint, stored);
  return { stored, rebuilt: folded && { ...folded, inCharge, ...(newer && { newer }) }, firstMissingVersion: missing };
}

/** Events are numbered without a gap, up to the version of the head. */
function findFirstMissingVersion(events: ComplaintEvent[], version: unknown): number | undefined {
  const gap = events.findIndex((event, n) => event.version !== n + 1);
  if (gap >= 0) return gap + 1;
  return Number.isInteger(version) && Number(version) > events.length ? events.length + 1 : undefined;
}

/**
 * The marks of the stored head, and those that the identity gives beyond them: another version or another key may have
 * made others. Undefined where the marks are lost.
 */
async function identityDigestsFor(id: string, stored: ComparedHead["stored"]): Promise<string[] | undefined> {
  const before = Complaint.shape.identityMarks.safeParse(stored?.identityMarks).data ?? [];
  const identity = await readAnyIdentity(id);
  if (!identity) return before.length === 0 && (await mayHaveHadMarks(id)) ? undefined : before;
  const maskKey = await readMaskKey();
  const made = identityDigestsOf(identity, (token) => identityDigest(maskKey, token));
  return [...new Set([...before, ...made])];
}

/** Whether a complaint without an identity had one. Once its texts are erased too, nothing is left to mask. */
async function mayHaveHadMarks(id: string): Promise<boolean> {
  const { confidentialLog, entryCount } = await readConfidentialRecordForView(id);
  const isNoted = (wanted: ConfidentialEntryType) => confidentialLog.some(({ type }) => type === wanted);
  // An entry that cannot be read may be the one about the identity.
  return !isNoted("texts-erased") && (isNoted("identity-erased") || confidentialLog.length < entryCount);
}

/** The fields in which a head differs from its events, the keys of the indexes it stands in among them. */
export function headDifferences({ stored = {}, rebuilt }: ComparedHead): string[] {
  const wanted = rebuilt ? itemOf(rebuilt) : {};
  const names = [...new Set([...Object.keys(stored), ...Object.keys(wanted)])];
  return names
    .filter((name) => JSON.stringify(withSortedKeys(stored[name])) !== JSON.stringify(withSortedKeys(wanted[name])))
    .sort();
}

function itemOf(complaint: Complaint): Record<string, unknown> {
  return headWrite({ complaint, condition: undefined }).Put?.Item ?? {};
}

/** Writes the folded head over the stored or missing one; false where it cannot be folded or a move came in between. */
export async function repairHead({ stored, rebuilt }: ComparedHead): Promise<boolean> {
  if (!rebuilt) return false;
  const condition = stored ? ifVersionUnchanged(stored) : ifNew;
  return !(await writeTransaction(withSandboxExpiry(rebuilt, [headWrite({ complaint: rebuilt, condition })])));
}

function ifVersionUnchanged({ version }: Record<string, unknown>) {
  if (version === undefined) return { ConditionExpression: "attribute_not_exists(version)" };
  return { ConditionExpression: "version = :read", ExpressionAttributeValues: { ":read": version } };
}

/** Objects with their fields in one order, so that they can be compared as text. */
function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.sort(([a], [b]) => a.localeCompare(b)).map(([name, field]) => [name, withSortedKeys(field)]),
  );
}
