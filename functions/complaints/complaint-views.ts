import * as z from "zod";
import { type Reader, seesUnmaskedTexts } from "#shared/complaints/access.ts";
import { areCallsAllowed, hasCallDigits } from "#shared/complaints/call-consent.ts";
import {
  Complaint,
  lateDisputeBy,
  lateSince,
  nextStep,
  Step,
  storedShapes,
  Visit,
} from "#shared/complaints/complaint.ts";
import type { ComplaintRecord, ConfidentialRecord, NarrativeText } from "#shared/complaints/complaint-record.ts";
import { isIdentityShared } from "#shared/complaints/confidential-commands.ts";
import { Claim, type ConfidentialEntry, StoredOpinion } from "#shared/complaints/confidential-log.ts";
import type { Viewer } from "#shared/complaints/event-rules.ts";
import {
  appearsErased,
  type RetentionQuestion,
  visibleComplaintRecord,
  visibleOfficer,
} from "#shared/complaints/forgetting.ts";
import { complaintMoves, complaintMovesShape } from "#shared/complaints/lifecycle.ts";
import { isSmsAllowed } from "#shared/complaints/sms-consent.ts";
import { isAttachmentExpired, UploadStatus, uploadStatus } from "#shared/files/attachment.ts";
import { ComplaintId, type IdPrefixes, PhoneId, phoneIdOf } from "#shared/identifier.ts";
import { Identity } from "#shared/identities/identity.ts";
import { maskCharacters } from "#shared/identities/mask.ts";
import { ownValue } from "#shared/own-value.ts";
import { PeopleNames } from "#shared/people/people.ts";
import { excerptLength } from "#shared/policy-numbers.ts";
import { Instant } from "#shared/time/calendar.ts";
import { type ListedNames, Name } from "#shared/vocabulary.ts";
import { CitizenNotice } from "../notices/citizen-notice.ts";
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
  issueId: true,
});

export const VisitView = Visit.omit({ newer: true });

/** The state of any complaint. A retaliation report has no deadlines for acknowledgement and answer. */
const AnyComplaintState = ComplaintState.partial({ acknowledgeBy: true, answerBy: true });

const Content = { description: z.string(), ...HistorySummary.shape, history: z.array(HistoryEntry) };

/** The complaint as the citizen sees it. */
export const CitizenView = AnyComplaintState.extend({
  /** The id for a keypad. */
  phoneId: PhoneId,
  ...Content,
  ...complaintMovesShape,
  /** Whether the agency that holds the complaint may see the citizen's identity. */
  identityShared: z.boolean(),
  /** Until when the citizen may dispute the answer although the case closed in silence. */
  disputeBy: Instant.optional(),
  /** Whether the citizen may be called and asked for an opinion. */
  mayBeCalled: z.boolean(),
  /** Whether the citizen has chosen digits that open what a call is about. */
  hasCallDigits: z.boolean(),
  /** Whether the citizen agrees to get messages (SMS). */
  notifyBySms: z.boolean(),
  identityReads: z.array(z.object({ at: Instant, inspector: z.string() })),
  uploads: z.array(UploadStatus),
  /** The last opinion that the citizen gave. */
  /** Notices to employees that inspectors opened on this complaint. One that is `asked` waits for the citizen. */
  notices: z.array(CitizenNotice).optional(),
  opinion: StoredOpinion.extend({ at: Instant }).optional(),
}).meta({ id: "CitizenView" });
export type CitizenView = z.infer<typeof CitizenView>;

const WorkFields = Complaint.pick({ officeId: true, language: true, officer: true });
const IncidentFields = { occurredAt: Instant.optional(), employee: storedShapes.employee.optional() };

/** The complaint as the agency sees it. `citizen`: only if the citizen shares the identity with the agency. */
export const AgencyView = ComplaintState.extend({
  ...Content,
  ...complaintMovesShape,
  ...WorkFields.shape,
  ...IncidentFields,
  citizen: Identity.optional(),
}).meta({ id: "AgencyView" });
export type AgencyView = z.infer<typeof AgencyView>;

/** The complaint as an inspector sees it: everything except the citizen's identity. */
export const InspectorView = AnyComplaintState.extend({
  ...Content,
  ...complaintMovesShape,
  ...WorkFields.shape,
  ...IncidentFields,
  channel: Complaint.shape.channel,
  transferCount: z.int(),
  visits: z.array(VisitView),
  /** The inspector who works on the complaint; absent if none has claimed it. */
  claim: Claim.optional(),
  /** The names of the people who acted: the history and the claim have the `sub` of each. */
  people: PeopleNames.optional(),
  retaliationFor: ComplaintId.optional(),
}).meta({ id: "InspectorView" });
export type InspectorView = z.infer<typeof InspectorView>;

/** The complaint as an overseer sees it, once it has reached the overseer's escalation level. */
export const OverseerView = AnyComplaintState.extend({ ...Content, officeId: Complaint.shape.officeId }).meta({
  id: "OverseerView",
});
export type OverseerView = z.infer<typeof OverseerView>;

/** The fields of a row in a list, besides the complaint's state. */
const RowFields = {
  /** The names of the agency, county, office and category. A name is absent if the province file no longer has the id. */
  names: z.object({ agency: Name, county: Name, office: Name, category: Name }).partial().optional(),
  /** The first characters of the citizen's text, with the identity masked. */
  excerpt: z.string().optional(),
  /** The next step and its deadline; absent in a closed complaint. */
  next: z.object({ step: Step, by: Instant }).optional(),
  /** Since when the agency or the inspectors are late with the next step. */
  lateSince: Instant.optional(),
  /** How many messages the citizen has written since an agency last acted on the complaint. */
  newMessages: z.int(),
  /** Since when a message of the agency waits for the citizen's reply. */
  awaitingReplySince: Instant.optional(),
};

/** One complaint in the list of an agency. */
export const InboxItem = ComplaintState.extend({ ...WorkFields.shape, ...RowFields })
  .omit({ agencyId: true })
  .meta({ id: "InboxItem" });
export type InboxItem = z.infer<typeof InboxItem>;

/** One complaint in a list of an inspector or overseer. */
export const WorkQueueItem = AnyComplaintState.extend({
  ...RowFields,
  officeId: Complaint.shape.officeId,
  pressuredSince: Instant.optional(),
  /** Since when a promise of the agency is overdue, or the citizen says that it was not kept. */
  promisesSince: Instant.optional(),
  claim: Claim.optional(),
}).meta({
  id: "WorkQueueItem",
});
export type WorkQueueItem = z.infer<typeof WorkQueueItem>;

export function citizenView(
  complaintRecord: ComplaintRecord,
  {
    confidentialLog,
    idPrefixes,
    employeeNotices,
    ...retention
  }: Pick<ConfidentialRecord, "confidentialLog"> &
    RetentionQuestion & { idPrefixes: IdPrefixes; employeeNotices?: CitizenNotice[] | undefined },
): CitizenView {
  const content = visibleContent({ ...complaintRecord, confidentialLog }, { viewer: "citizen" });
  const identityReads = content.history.filter(({ type }) => type === "identity-read");
  // After its time no agency sees the identity, even if a hold still keeps it. Then it counts as not shared.
  const isErasedForAgency = appearsErased(complaintRecord.complaint, {
    kind: "identity",
    viewer: "agency",
    ...retention,
  });
  const identityShared = isIdentityShared(complaintRecord.complaint, confidentialLog) && !isErasedForAgency;
  const uploads = complaintRecord.uploads
    .filter((upload) => !isAttachmentExpired(upload, retention.now))
    .map(uploadStatus);
  const opinion = content.history.findLast(({ type }) => type === "opinion-given");
  return CitizenView.parse({
    ...content,
    phoneId: phoneIdOf(complaintRecord.complaint.id, idPrefixes),
    ...complaintMoves(complaintRecord.complaint, { by: { caller: "citizen" }, now: retention.now }),
    disputeBy: lateDisputeBy(complaintRecord.complaint),
    identityShared,
    mayBeCalled: areCallsAllowed(confidentialLog),
    hasCallDigits: hasCallDigits(confidentialLog),
    notifyBySms: isSmsAllowed(confidentialLog),
    identityReads,
    uploads,
    opinion,
    notices: employeeNotices,
  });
}

/**
 * `identity`: the citizen's identity, where the citizen shares it. `readsOnly`: as of the caller, who then has no moves. Throws
 * `not-found` after the complaint's retention time.
 */
export function agencyView(
  { identity: sharedIdentity, ...storedRecord }: ComplaintRecord & { identity?: Identity | undefined },
  { readsOnly, ...retention }: RetentionQuestion & { readsOnly?: true | undefined },
): AgencyView {
  const question = { viewer: "agency", ...retention } as const;
  const complaintRecord = visibleComplaintRecord(storedRecord, question);
  const { complaint, narrative } = complaintRecord;
  const identity = appearsErased(complaint, { kind: "identity", ...question }) ? undefined : sharedIdentity;
  const employee = identity ? narrative.employee : (narrative.maskedTexts?.employee ?? narrative.employee);
  const content = visibleContent(complaintRecord, { viewer: "agency", readsIdentity: identity !== undefined });
  const caller = readsOnly ? "head" : "agency";
  const moves = complaintMoves(complaint, { by: { caller }, now: retention.now });
  return AgencyView.parse({ ...complaint, ...narrative, ...content, ...moves, employee, citizen: identity });
}

export function inspectorView(
  complaintRecord: ComplaintRecord,
  { confidentialLog, visits, claim, now }: ConfidentialRecord & { now: string },
): InspectorView {
  const { complaint, narrative } = complaintRecord;
  return InspectorView.parse({
    ...complaint,
    ...narrative,
    ...visibleContent({ ...complaintRecord, confidentialLog }, { viewer: "inspector" }),
    ...complaintMoves(complaint, { by: { caller: "inspector" }, now }),
    visits,
    claim,
  });
}

/** The `sub` of each person who acted, as far as the view tells. */
export function peopleIn({ history, claim, visits }: Pick<InspectorView, "history" | "claim" | "visits">): string[] {
  const ofHistory = history.flatMap(({ person, inspector }) => [person, inspector]);
  const ofVisits = visits.map(({ inspector }) => inspector);
  return [...ofHistory, ...ofVisits, claim?.inspector].filter((sub) => typeof sub === "string");
}

/** Throws `not-found` after the complaint's retention time. */
export function overseerView(storedRecord: ComplaintRecord, retention: RetentionQuestion): OverseerView {
  const complaintRecord = visibleComplaintRecord(storedRecord, { viewer: "overseer", ...retention });
  return OverseerView.parse({
    ...complaintRecord.complaint,
    ...visibleContent(complaintRecord, { viewer: "overseer" }),
  });
}

/** The texts and names for a row, and the question for whom the row is. `narrative`: undefined if it was erased. */
export type RowSource = RetentionQuestion & {
  viewer: Viewer;
  details?: { narrative: NarrativeText | undefined; names: ListedNames };
};

export function inboxItem(complaint: Complaint, source: RowSource): InboxItem {
  return InboxItem.parse({ ...complaint, ...rowFields(complaint, source), officer: visibleOfficer(complaint, source) });
}

/** `reason`: since when somebody pressured the citizen or a promise waits, where the complaint is listed for that. */
export function workQueueItem(
  complaint: Complaint,
  { reason, ...source }: RowSource & { reason?: Pick<WorkQueueItem, "pressuredSince" | "promisesSince"> },
): WorkQueueItem {
  return WorkQueueItem.parse({
    ...complaint,
    ...agencyDeadlines(complaint),
    ...rowFields(complaint, source),
    ...reason,
  });
}

function rowFields(complaint: Complaint, { details, ...question }: RowSource) {
  const { newMessages = 0 } = complaint;
  return {
    ...(details && detailFields(complaint, { ...question, details })),
    next: nextStep(complaint),
    lateSince: lateSince(complaint, question.now),
    newMessages,
  };
}

function detailFields(complaint: Complaint, { details, ...question }: Required<RowSource>) {
  const { names, narrative } = details;
  const { agencyId, countyId, officeId, category } = complaint;
  const isErased = appearsErased(complaint, { kind: "texts", ...question });
  return {
    names: {
      agency: ownValue(names.agency, agencyId),
      county: ownValue(names.county, countyId),
      office: officeId === undefined ? undefined : ownValue(names.office, officeId),
      category: ownValue(names.category, category),
    },
    excerpt: excerptOf(isErased ? undefined : narrative),
  };
}

/** Masked first, and cut afterwards: a name that is cut in two would not be recognized. */
function excerptOf(narrative: NarrativeText | undefined): string {
  if (!narrative) return maskCharacters;
  const text = (narrative.maskedTexts?.description ?? narrative.description).replace(/\s+/g, " ");
  const characters = [...text];
  return characters.length > excerptLength ? `${characters.slice(0, excerptLength).join("")}…` : text;
}

function visibleContent(
  { complaint, narrative, ...source }: ComplaintRecord & { confidentialLog?: ConfidentialEntry[] },
  { viewer, readsIdentity = seesUnmaskedTexts[viewer] }: { viewer: Reader["caller"]; readsIdentity?: boolean },
) {
  const history = historyFor(source, { viewer, readsIdentity });
  const summary = historySummary(history);
  // No agency reads a report of retaliation, so nobody can report what its decision promises.
  const promises = complaint.retaliationFor ? [] : summary.promises;
  const description = readsIdentity
    ? narrative.description
    : (narrative.maskedTexts?.description ?? narrative.description);
  return { ...complaint, ...agencyDeadlines(complaint), ...summary, promises, description, history };
}

/** A retaliation report has these deadlines in its head, but no agency owes an acknowledgement or an answer to it. */
function agencyDeadlines({ retaliationFor, acknowledgeBy, answerBy }: Complaint) {
  return retaliationFor ? { acknowledgeBy: undefined, answerBy: undefined } : { acknowledgeBy, answerBy };
}
