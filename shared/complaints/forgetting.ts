import { Fault } from "../fault.ts";
import type { Duration } from "../hours/deadline-policy.ts";
import type { Instant } from "../time/calendar.ts";
import { addMilliseconds, milliseconds } from "../time/duration.ts";
import { officerFor } from "./access.ts";
import { createEntry } from "./change.ts";
import type { Complaint, Narrative } from "./complaint.ts";
import { holdOf } from "./confidential-commands.ts";
import type { ConfidentialEntry, NewEntry } from "./confidential-log.ts";
import { eventWithoutTexts, headWithoutTexts, narrativeWithoutTexts, officerWithoutTexts } from "./erased-texts.ts";
import type { ComplaintEvent } from "./event.ts";
import { isVisibleTo, type Viewer } from "./event-rules.ts";

/** How long each kind of data is kept after closing. Each period is at least as long as the period before it. */
type Retention = { identity: Duration; texts: Duration; events: Duration };
/**
 * The kinds of data: the citizen's identity, the texts and files of the case, the case itself. They are erased in this
 * order.
 */
export const dataKinds = ["identity", "texts", "events"] as const;
export type DataKind = (typeof dataKinds)[number];

type ConfidentialLog = readonly ConfidentialEntry[];
/** The present time and the province's retention periods. */
export type RetentionQuestion = { now: string; retention: Retention };
type ErasureQuery = RetentionQuestion & { kind: DataKind; confidentialLog: ConfidentialLog };

/**
 * Whether a kind of data must be erased now: its retention is over, no hold is in force, it is not erased yet, and the
 * previous kind is erased.
 */
export function isErasureDue(complaint: Complaint, { kind, now, confidentialLog, retention }: ErasureQuery): boolean {
  const previous = previousDataKind(kind);
  if (holdOf(confidentialLog).held || isErased(complaint, { kind, confidentialLog })) return false;
  if (previous && !isErased(complaint, { kind: previous, confidentialLog })) return false;
  return isRetentionOver(complaint, { kind, now, retention });
}

/** Whether the retention period of a kind has ended since closing. It does not consider holds. */
export function isRetentionOver(
  { closedAt }: Pick<Complaint, "closedAt">,
  { kind, now, retention }: RetentionQuestion & { kind: DataKind },
): boolean {
  return closedAt !== undefined && closedAt <= retentionCutoff({ kind, now, retention });
}

/** The retention of a kind is over for cases that were closed at this instant or earlier. */
export function retentionCutoff({ kind, now, retention }: RetentionQuestion & { kind: DataKind }): Instant {
  return addMilliseconds(now, -milliseconds(retention[kind]));
}

/** The kind that is erased before this kind. Undefined for the first kind. */
export const previousDataKind = (kind: DataKind): DataKind | undefined => dataKinds[dataKinds.indexOf(kind) - 1];

/** Whether a kind is erased for good: the complaint is closed, so no new data of this kind can come. */
export function isErased(
  complaint: Complaint,
  { kind, confidentialLog }: { kind: DataKind; confidentialLog: ConfidentialLog },
): boolean {
  return complaint.closedAt !== undefined && erasureChecks[kind](complaint, confidentialLog);
}

/** Whether the citizen's identity is stored, as far as the head and the confidential log show. */
export function isIdentityKept({ identityDigests }: Complaint, confidentialLog: ConfidentialLog): boolean {
  return identityDigests.length > 0 && !hasEntryOfType(confidentialLog, "identity-erased");
}

const erasureChecks: Record<DataKind, (complaint: Complaint, confidentialLog: ConfidentialLog) => boolean> = {
  identity: (complaint, confidentialLog) => !isIdentityKept(complaint, confidentialLog),
  texts: (_, confidentialLog) => hasEntryOfType(confidentialLog, "texts-erased"),
  // Erasing the events erases the complaint itself, so an existing complaint has its events.
  events: () => false,
};

const hasEntryOfType = (confidentialLog: ConfidentialLog, wanted: ConfidentialEntry["type"]) =>
  confidentialLog.some(({ type }) => type === wanted);

/**
 * The entry that records an erasure by the system. The citizen's own erasure is `eraseIdentity`. Erasing the events has no entry, because
 * it erases the log too.
 */
export function systemErasureEntry(
  complaint: Complaint,
  { kind, now }: { kind: Exclude<DataKind, "events">; now: string },
): NewEntry {
  const type = kind === "identity" ? "identity-erased" : "texts-erased";
  return createEntry(complaint, { now, by: { by: "system" }, payload: { type } });
}

/** Every agency for which a copy of the identity was ever stored. */
export function agenciesEverGivenConsent(confidentialLog: ConfidentialLog): string[] {
  return [...new Set(confidentialLog.flatMap((one) => (one.type === "consent-given" ? [one.agencyId] : [])))];
}

type VisibilityQuery = RetentionQuestion & { viewer: Viewer };

/**
 * Whether a viewer sees a kind as erased. Viewers that may not see holds see the kind as erased from the end of its
 * retention on. The clock erases up to a month later, and a held case keeps its data. To these viewers both cases must
 * look the same: otherwise they could recognize a held case. The agencies' function cannot read holds.
 */
export function appearsErased(
  complaint: Pick<Complaint, "closedAt">,
  { viewer, ...query }: VisibilityQuery & { kind: DataKind },
): boolean {
  return !isVisibleTo(viewer, { type: "hold-set" }) && isRetentionOver(complaint, query);
}

/** Throws `not-found` if the viewer sees this kind as erased. Without `kind`, the whole complaint. */
export function assertNotErasedFor(
  complaint: Complaint,
  { kind = "events", ...query }: VisibilityQuery & { kind?: DataKind },
): void {
  if (appearsErased(complaint, { kind, ...query })) throw new Fault("not-found");
}

/** The parts of a complaint record that erasing changes. */
type ComplaintTexts = { complaint: Complaint; narrative: Narrative; events: ComplaintEvent[]; uploads: unknown[] };

/**
 * The record without the data that the viewer sees as erased. Throws `not-found` if the viewer sees the whole complaint
 * as erased.
 */
export function visibleComplaintRecord<S extends ComplaintTexts>(complaintRecord: S, query: VisibilityQuery): S {
  const { complaint, narrative, events } = complaintRecord;
  assertNotErasedFor(complaint, query);
  if (!appearsErased(complaint, { kind: "texts", ...query })) return complaintRecord;
  return {
    ...complaintRecord,
    complaint: headWithoutTexts(complaint),
    narrative: narrativeWithoutTexts(narrative),
    events: events.map(eventWithoutTexts),
    uploads: [],
  };
}

/** The officer as this viewer may know him, in a list and by its filter. */
export function visibleOfficer(
  { officer, closedAt }: Pick<Complaint, "officer" | "closedAt">,
  query: VisibilityQuery,
): Complaint["officer"] {
  if (appearsErased({ closedAt }, { kind: "texts", ...query })) return officerWithoutTexts(officer);
  return officer && officerFor(officer, query.viewer);
}
