import * as z from "zod";
import { type Attachment, isAttachmentExpired, UploadStatus, uploadStatus } from "../attachments/attachment.ts";
import { type Reader, seesUnmaskedTexts } from "../complaint/access.ts";
import { areCallsAllowed } from "../complaint/call-backs.ts";
import { Complaint, type Narrative, storedShapes, Visit } from "../complaint/complaint.ts";
import { isIdentityShared } from "../complaint/confidential-commands.ts";
import { Claim, type ConfidentialEntry, StoredOpinion } from "../complaint/confidential-log.ts";
import type { ComplaintEvent, UnknownEvent } from "../complaint/event.ts";
import { ComplaintId } from "../complaint/identifier.ts";
import { Identity } from "../confidentiality/identity.ts";
import {
  appearsErased,
  type RetentionQuestion,
  visibleComplaintRecord,
  visibleOfficer,
} from "../retention/forgetting.ts";
import { Instant } from "../time/calendar.ts";
import { HistoryEntry, HistorySummary, historyFor, historySummary } from "./history.ts";

const ComplaintState = Complaint.pick({
  id: true,
  status: true,
  version: true,
  agencyId: true,
  countyId: true,
  category: true,
  filedAt: true,
  acknowledgeBy: true,
  answerBy: true,
  confirmBy: true,
  reviewBy: true,
  level: true,
  closure: true,
});

const VisitView = Visit.omit({ newer: true });

/** The same for any complaint: a retaliation report owes neither acknowledgement nor answer. */
const AnyComplaintState = ComplaintState.partial({ acknowledgeBy: true, answerBy: true });

const Content = { description: z.string(), ...HistorySummary.shape, history: z.array(HistoryEntry) };

/** What the citizen sees of the complaint. */
export const CitizenView = AnyComplaintState.extend({
  ...Content,
  /** Whether the agency that holds the complaint may know who complains. */
  identityShared: z.boolean(),
  /** Whether the citizen may be called and asked. */
  mayBeCalled: z.boolean(),
  identityReads: z.array(z.object({ at: Instant, inspector: z.string() })),
  uploads: z.array(UploadStatus),
  /** The last one that was given. */
  opinion: StoredOpinion.extend({ at: Instant }).optional(),
}).meta({ id: "CitizenView" });
export type CitizenView = z.infer<typeof CitizenView>;

const WorkFields = Complaint.pick({ officeId: true, language: true, officer: true });
const IncidentFields = { occurredAt: Instant.optional(), employee: storedShapes.employee.optional() };

/** What the agency sees: what it needs to work, and who complains only if the citizen shares it. */
export const AgencyView = ComplaintState.extend({
  ...Content,
  ...WorkFields.shape,
  ...IncidentFields,
  citizen: Identity.optional(),
}).meta({ id: "AgencyView" });
export type AgencyView = z.infer<typeof AgencyView>;

/** What an inspector sees: everything but who complains. */
export const InspectorView = AnyComplaintState.extend({
  ...Content,
  ...WorkFields.shape,
  ...IncidentFields,
  channel: Complaint.shape.channel,
  transfers: z.int(),
  visits: z.array(VisitView),
  /** Which colleague works on it; absent where nobody says so. */
  claim: Claim.optional(),
  retaliationFor: ComplaintId.optional(),
}).meta({ id: "InspectorView" });
export type InspectorView = z.infer<typeof InspectorView>;

/** What an overseer sees of a complaint that has climbed to its rung. */
export const OverseerView = AnyComplaintState.extend({ ...Content, officeId: Complaint.shape.officeId }).meta({
  id: "OverseerView",
});
export type OverseerView = z.infer<typeof OverseerView>;

/** A line of an agency's list. */
export const InboxItem = ComplaintState.extend(WorkFields.shape).omit({ agencyId: true }).meta({ id: "InboxItem" });
export type InboxItem = z.infer<typeof InboxItem>;

/** A line of an inspector's or overseer's list. */
export const WorkQueueItem = AnyComplaintState.extend({
  officeId: Complaint.shape.officeId,
  visit: VisitView.optional(),
  pressedAt: Instant.optional(),
  claim: Claim.optional(),
}).meta({
  id: "DeskItem",
});
export type WorkQueueItem = z.infer<typeof WorkQueueItem>;

/** A complaint with everything that was written about it. */
export type ComplaintRecord = {
  complaint: Complaint;
  narrative: Narrative;
  events: ComplaintEvent[];
  /** What else happened, which only a newer version of this code can tell. */
  newer?: UnknownEvent[];
  /** Every file that the citizen announced. */
  uploads: Attachment[];
};

/** What stands beside the story and an agency cannot notice: the private confidentialLog, ordered visits, and who works on it. */
export type ConfidentialRecord = { confidentialLog: ConfidentialEntry[]; visits: Visit[]; claim?: Claim | undefined };

export function citizenView(
  complaintRecord: ComplaintRecord,
  { confidentialLog, ...keeping }: Pick<ConfidentialRecord, "confidentialLog"> & RetentionQuestion,
): CitizenView {
  const content = visibleContent({ ...complaintRecord, confidentialLog }, { viewer: "citizen" });
  const reads = content.history.filter(({ type }) => type === "identity-read");
  // What an agency is shown of nobody any more is not shared, though a hold may keep it.
  const isOver = appearsErased(complaintRecord.complaint, { kind: "identity", viewer: "agency", ...keeping });
  const identityShared = isIdentityShared(complaintRecord.complaint, confidentialLog) && !isOver;
  const uploads = complaintRecord.uploads
    .filter((upload) => !isAttachmentExpired(upload, keeping.now))
    .map(uploadStatus);
  const opinion = content.history.findLast(({ type }) => type === "opinion-given");
  return CitizenView.parse({
    ...content,
    identityShared,
    mayBeCalled: areCallsAllowed(confidentialLog),
    identityReads: reads,
    uploads,
    opinion,
  });
}

/** `identity`: who complains, where consent to the agency stands. Throws `not-found` where the time of all of it is over. */
export function agencyView(
  { identity: shared, ...whole }: ComplaintRecord & { identity?: Identity | undefined },
  keeping: RetentionQuestion,
): AgencyView {
  const reading = { viewer: "agency", ...keeping } as const;
  const complaintRecord = visibleComplaintRecord(whole, reading);
  const { complaint, narrative } = complaintRecord;
  const identity = appearsErased(complaint, { kind: "identity", ...reading }) ? undefined : shared;
  const employee = identity ? narrative.employee : (narrative.masked?.employee ?? narrative.employee);
  const content = visibleContent(complaintRecord, { viewer: "agency", readsIdentity: identity !== undefined });
  return AgencyView.parse({ ...complaint, ...narrative, ...content, employee, citizen: identity });
}

export function inspectorView(
  complaintRecord: ComplaintRecord,
  { confidentialLog, visits, claim }: ConfidentialRecord,
): InspectorView {
  const { complaint, narrative } = complaintRecord;
  return InspectorView.parse({
    ...complaint,
    ...narrative,
    ...visibleContent({ ...complaintRecord, confidentialLog }, { viewer: "inspector" }),
    visits,
    claim,
  });
}

/** Throws `not-found` where the time of all of it is over. */
export function overseerView(whole: ComplaintRecord, keeping: RetentionQuestion): OverseerView {
  const complaintRecord = visibleComplaintRecord(whole, { viewer: "overseer", ...keeping });
  return OverseerView.parse({
    ...complaintRecord.complaint,
    ...visibleContent(complaintRecord, { viewer: "overseer" }),
  });
}

/** `head`: as much of it as the list is made of. */
export function inboxItem(head: InboxItem & Pick<Complaint, "closedAt">, keeping: RetentionQuestion): InboxItem {
  return InboxItem.parse({ ...head, officer: visibleOfficer(head, { viewer: "agency", ...keeping }) });
}

export function workQueueItem(
  complaint: Complaint,
  reason: Pick<WorkQueueItem, "visit" | "pressedAt"> = {},
): WorkQueueItem {
  return WorkQueueItem.parse({ ...complaint, ...agencyDeadlines(complaint), ...reason });
}

type ViewReader = { viewer: Reader["caller"]; readsIdentity?: boolean };

function visibleContent(
  { complaint, narrative, ...told }: ComplaintRecord & { confidentialLog?: ConfidentialEntry[] },
  { viewer, readsIdentity = seesUnmaskedTexts[viewer] }: ViewReader,
) {
  const history = historyFor(told, { viewer, readsIdentity });
  const description = readsIdentity ? narrative.description : (narrative.masked?.description ?? narrative.description);
  return { ...complaint, ...agencyDeadlines(complaint), ...historySummary(history), description, history };
}

function agencyDeadlines({ retaliationFor, acknowledgeBy, answerBy }: Complaint) {
  return retaliationFor ? { acknowledgeBy: undefined, answerBy: undefined } : { acknowledgeBy, answerBy };
}
