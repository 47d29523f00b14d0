import { createEntry } from "../complaint/change.ts";
import type { Complaint, Narrative } from "../complaint/complaint.ts";
import { holdOf } from "../complaint/confidential-commands.ts";
import type { ConfidentialEntry, NewEntry } from "../complaint/confidential-log.ts";
import type { ComplaintEvent } from "../complaint/event.ts";
import {
  eventWithoutTexts,
  headWithoutTexts,
  isVisibleTo,
  narrativeWithoutTexts,
  officerWithoutTexts,
  type Viewer,
} from "../complaint/event-rules.ts";
import { Fault } from "../fault.ts";
import type { Instant } from "../time/calendar.ts";
import { addMilliseconds, type Duration, milliseconds } from "../time/duration.ts";

/** How long what is kept of a complaint is kept after it was closed, by kind; each as long as the one before, at least. */
export type Retention = { identity: Duration; texts: Duration; events: Duration };
/** Who complained; what anybody wrote or sent of it; that it ever was. In this order: each waits for the one before. */
export const dataKinds = ["identity", "texts", "events"] as const;
export type DataKind = (typeof dataKinds)[number];

type ConfidentialLog = readonly ConfidentialEntry[];
/** When it is asked, and how long the province keeps what. */
export type RetentionQuestion = { now: string; retention: Retention };
type ErasureQuery = RetentionQuestion & { kind: DataKind; confidentialLog: ConfidentialLog };

/**
 * Whether what is kept of a kind is to be forgotten now. Not while the case is open or not long enough closed, while an
 * admin holds it, or before what is to be forgotten earlier.
 */
export function isErasureDue(complaint: Complaint, { kind, now, confidentialLog, retention }: ErasureQuery): boolean {
  const earlier = previousDataKind(kind);
  if (holdOf(confidentialLog).held || isErased(complaint, { kind, confidentialLog })) return false;
  if (earlier && !isErased(complaint, { kind: earlier, confidentialLog })) return false;
  return isRetentionOver(complaint, { kind, now, retention });
}

/** Whether a case was closed so long ago that a kind is kept no longer, were there no hold. */
export function isRetentionOver(
  { closedAt }: Pick<Complaint, "closedAt">,
  { kind, now, retention }: RetentionQuestion & { kind: DataKind },
): boolean {
  return closedAt !== undefined && closedAt <= retentionCutoff({ kind, now, retention });
}

/** What was closed by then is kept no longer, of a kind. */
export function retentionCutoff({ kind, now, retention }: RetentionQuestion & { kind: DataKind }): Instant {
  return addMilliseconds(now, -milliseconds(retention[kind]));
}

/** What is forgotten before a kind; nothing before the first. */
export const previousDataKind = (kind: DataKind): DataKind | undefined => dataKinds[dataKinds.indexOf(kind) - 1];

/** Whether nothing of a kind is left to forget of a complaint, whatever may come. */
export function isErased(
  complaint: Complaint,
  { kind, confidentialLog }: { kind: DataKind; confidentialLog: ConfidentialLog },
): boolean {
  return complaint.closedAt !== undefined && erasureChecks[kind](complaint, confidentialLog);
}

/** Whether it is kept who complains, as far as the complaint itself tells. */
export function isIdentityKept({ identityMarks }: Complaint, confidentialLog: ConfidentialLog): boolean {
  return identityMarks.length > 0 && !hasEntryOfType(confidentialLog, "identity-erased");
}

const erasureChecks: Record<DataKind, (complaint: Complaint, confidentialLog: ConfidentialLog) => boolean> = {
  identity: (complaint, confidentialLog) => !isIdentityKept(complaint, confidentialLog),
  texts: (_, confidentialLog) => hasEntryOfType(confidentialLog, "texts-erased"),
  // With them goes all that could say so.
  events: () => false,
};

const hasEntryOfType = (confidentialLog: ConfidentialLog, wanted: ConfidentialEntry["type"]) =>
  confidentialLog.some(({ type }) => type === wanted);

/** What is noted of it; of the complaint's end nothing is left to note it in. */
export function erasureEntry(
  complaint: Complaint,
  { kind, now }: { kind: Exclude<DataKind, "events">; now: string },
): NewEntry {
  const type = kind === "identity" ? "identity-erased" : "texts-erased";
  return createEntry(complaint, { now, by: { by: "clock" }, payload: { type } });
}

/** Every agency that a copy of the identity was ever kept for. */
export function agenciesEverGivenConsent(confidentialLog: ConfidentialLog): string[] {
  return [...new Set(confidentialLog.flatMap((one) => (one.type === "consent-given" ? [one.agencyId] : [])))];
}

/** Who reads it, when, and how long the province keeps what. */
type VisibilityQuery = RetentionQuestion & { viewer: Viewer };

/**
 * Whether a kind is shown as forgotten: to whoever is told of no hold, from the instant at which it is due. Else a held case
 * would be known by what is still there. What is not held is shown so too before the clock comes to forget it, up to a
 * month later: the two must not differ, and an agency's function may not read which is held.
 */
export function appearsErased(
  complaint: Pick<Complaint, "closedAt">,
  { viewer, ...asked }: VisibilityQuery & { kind: DataKind },
): boolean {
  return !isVisibleTo(viewer, { type: "hold-set" }) && isRetentionOver(complaint, asked);
}

/** Refuses a complaint of which this reader is to find nothing any more, or nothing of a kind. */
export function assertNotErasedFor(
  complaint: Complaint,
  { kind = "events", ...reading }: VisibilityQuery & { kind?: DataKind },
): void {
  if (appearsErased(complaint, { kind, ...reading })) throw new Fault("not-found");
}

/** As much of a story as is forgotten. */
type ComplaintTexts = { complaint: Complaint; narrative: Narrative; events: ComplaintEvent[]; uploads: unknown[] };

/** The story as the reader would find it, were nothing held; throws `not-found` where nothing of it would be left. */
export function visibleComplaintRecord<S extends ComplaintTexts>(complaintRecord: S, reading: VisibilityQuery): S {
  const { complaint, narrative, events } = complaintRecord;
  assertNotErasedFor(complaint, reading);
  if (!appearsErased(complaint, { kind: "texts", ...reading })) return complaintRecord;
  return {
    ...complaintRecord,
    complaint: headWithoutTexts(complaint),
    narrative: narrativeWithoutTexts(narrative),
    events: events.map(eventWithoutTexts),
    uploads: [],
  };
}

/** Who is named as handling it, as a list shows it. */
export function visibleOfficer(
  { officer, closedAt }: Pick<Complaint, "officer" | "closedAt">,
  reading: VisibilityQuery,
): Complaint["officer"] {
  return appearsErased({ closedAt }, { kind: "texts", ...reading }) ? officerWithoutTexts(officer) : officer;
}
