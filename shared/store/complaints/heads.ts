import { identityMark, identityMarksOf } from "#shared/domain/citizen/mask.ts";
import { accusedOf, Complaint, Narrative } from "#shared/domain/complaint/complaint.ts";
import { ComplaintEvent } from "#shared/domain/complaint/event.ts";
import { fold } from "#shared/domain/complaint/evolve.ts";
import type { PrivateType } from "#shared/domain/complaint/private-series.ts";
import { complaintKey, eventPrefix, headKey, textKey } from "#shared/runtime/keys.ts";
import { readPartition } from "../items.ts";
import { newerFields } from "../readable.ts";
import { readMaskKey } from "../secrets.ts";
import { ifNew, writeTogether } from "../transaction.ts";
import { putHead } from "./complaints.ts";
import { lapsing } from "./expiry.ts";
import { readAnyIdentity } from "./identities.ts";
import { readConfidenceToShow } from "./private-series.ts";

/**
 * The item of a head as it is stored, and the complaint as its events make it; each undefined where there is none. Without
 * all events, or with `marksLost`, no complaint is made.
 */
export type ComparedHead = {
  stored: Record<string, unknown> | undefined;
  folded: Complaint | undefined;
  /** The number of the first event that is not there though a later one or the head is: nothing can be folded then. */
  missing: number | undefined;
  /** Whether the identity was erased and the head no longer has its marks: later texts would not be masked. */
  marksLost?: true;
};

/** Fields that no event carries (`Untold`) are made again from the identity and the narrative. */
export async function compareHead(id: string): Promise<ComparedHead> {
  const items = await readPartition(complaintKey(id));
  // One of a newer version counts as missing: a head without what it says would be wrong.
  const events = items
    .filter(({ sk }) => String(sk).startsWith(eventPrefix))
    .flatMap((item) => ComplaintEvent.safeParse(item).data ?? []);
  const stored = items.find(({ sk }) => sk === headKey);
  const missing = firstMissing(events, stored?.version);
  if (missing !== undefined) return { stored, folded: undefined, missing };
  const identityMarks = await marksOf(id, stored);
  if (!identityMarks) return { stored, folded: undefined, missing, marksLost: true };
  const narrative = Narrative.optional().parse(items.find(({ sk }) => sk === textKey));
  const untold = { id, identityMarks, accused: narrative?.employee && accusedOf(narrative.employee) };
  const folded = fold(events, untold);
  // The state machine's own; where it cannot be read, the next sweep puts another execution in charge.
  const inCharge = folded?.nextRungAt && Complaint.shape.inCharge.safeParse(stored?.inCharge).data;
  const newer = newerFields(Complaint, stored);
  return { stored, folded: folded && { ...folded, inCharge, ...(newer && { newer }) }, missing };
}

/** Events are numbered without a gap, up to the version of the head. */
function firstMissing(events: ComplaintEvent[], version: unknown): number | undefined {
  const gap = events.findIndex((event, n) => event.version !== n + 1);
  if (gap >= 0) return gap + 1;
  return Number.isInteger(version) && Number(version) > events.length ? events.length + 1 : undefined;
}

/**
 * The marks of the stored head, and those that the identity gives beyond them: another version or another key may have
 * made others. Undefined where the marks are lost.
 */
async function marksOf(id: string, stored: ComparedHead["stored"]): Promise<string[] | undefined> {
  const before = Complaint.shape.identityMarks.safeParse(stored?.identityMarks).data ?? [];
  const identity = await readAnyIdentity(id);
  if (!identity) return before.length === 0 && (await mayHaveHadMarks(id)) ? undefined : before;
  const maskKey = await readMaskKey();
  const made = identityMarksOf(identity, (token) => identityMark(maskKey, token));
  return [...new Set([...before, ...made])];
}

/** Whether a complaint without an identity had one. Once its texts are erased too, nothing is left to mask. */
async function mayHaveHadMarks(id: string): Promise<boolean> {
  const { series, noted } = await readConfidenceToShow(id);
  const isNoted = (wanted: PrivateType) => series.some(({ type }) => type === wanted);
  // An entry that cannot be read may be the one about the identity.
  return !isNoted("texts-erased") && (isNoted("identity-erased") || series.length < noted);
}

/** The fields in which a head differs from its events, the keys of the indexes it stands in among them. */
export function differencesOf({ stored = {}, folded }: ComparedHead): string[] {
  const wanted = folded ? itemOf(folded) : {};
  const names = [...new Set([...Object.keys(stored), ...Object.keys(wanted)])];
  return names.filter((name) => JSON.stringify(sorted(stored[name])) !== JSON.stringify(sorted(wanted[name]))).sort();
}

function itemOf(complaint: Complaint): Record<string, unknown> {
  return putHead({ complaint, condition: undefined }).Put?.Item ?? {};
}

/** Writes the folded head over the stored or missing one; false where it cannot be folded or a move came in between. */
export async function mendHead({ stored, folded }: ComparedHead): Promise<boolean> {
  if (!folded) return false;
  const condition = stored ? unmovedSince(stored) : ifNew;
  return !(await writeTogether(lapsing(folded, [putHead({ complaint: folded, condition })])));
}

function unmovedSince({ version }: Record<string, unknown>) {
  if (version === undefined) return { ConditionExpression: "attribute_not_exists(version)" };
  return { ConditionExpression: "version = :read", ExpressionAttributeValues: { ":read": version } };
}

/** Objects with their fields in one order, so that they can be compared as text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.sort(([a], [b]) => a.localeCompare(b)).map(([name, field]) => [name, sorted(field)]),
  );
}
