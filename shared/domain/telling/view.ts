import * as z from "zod";
import { type Attachment, isForgotten } from "../attachments/attachment.ts";
import { Identity } from "../citizen/citizen.ts";
import { knowsCitizen, type Reader } from "../complaint/access.ts";
import { mayBeCalled } from "../complaint/call-consent.ts";
import { Claim } from "../complaint/claim.ts";
import { Complaint, type Narrative, stored, Visit } from "../complaint/complaint.ts";
import type { ComplaintEvent, NewerEvent } from "../complaint/event.ts";
import type { Keeping } from "../complaint/forgetting.ts";
import { ComplaintId } from "../complaint/identifier.ts";
import { isShared } from "../complaint/private-act.ts";
import { KeptOpinion, type PrivateEvent } from "../complaint/private-series.ts";
import { Instant } from "../time/instant.ts";
import { HistoryEntry, historyFor, Outcome, outcomeOf } from "./history.ts";
import { isShownAsForgotten, officerAsShown, storyAsShown } from "./untold-hold.ts";
import { UploadTold, uploadOf } from "./uploads.ts";

const Standing = Complaint.pick({
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

const VisitTold = Visit.omit({ newer: true });

/** The same for any complaint: a retaliation report owes neither acknowledgement nor answer. */
const AnyStanding = Standing.partial({ acknowledgeBy: true, answerBy: true });

const Content = { description: z.string(), ...Outcome.shape, history: z.array(HistoryEntry) };

/** What the citizen sees of the complaint. */
export const CitizenView = AnyStanding.extend({
  ...Content,
  /** Whether the agency that holds the complaint may know who complains. */
  identityShared: z.boolean(),
  /** Whether the citizen may be called and asked. */
  mayBeCalled: z.boolean(),
  identityReads: z.array(z.object({ at: Instant, inspector: z.string() })),
  uploads: z.array(UploadTold),
  /** The last one that was given. */
  opinion: KeptOpinion.extend({ at: Instant }).optional(),
}).meta({ id: "CitizenView" });
export type CitizenView = z.infer<typeof CitizenView>;

const WorkFields = Complaint.pick({ officeId: true, language: true, officer: true });
const IncidentFields = { occurredAt: Instant.optional(), employee: stored.employee.optional() };

/** What the agency sees: what it needs to work, and who complains only if the citizen shares it. */
export const AgencyView = Standing.extend({
  ...Content,
  ...WorkFields.shape,
  ...IncidentFields,
  citizen: Identity.optional(),
}).meta({ id: "AgencyView" });
export type AgencyView = z.infer<typeof AgencyView>;

/** What an inspector sees: everything but who complains. */
export const InspectorView = AnyStanding.extend({
  ...Content,
  ...WorkFields.shape,
  ...IncidentFields,
  channel: Complaint.shape.channel,
  transfers: z.int(),
  visits: z.array(VisitTold),
  /** Which colleague works on it; absent where nobody says so. */
  claim: Claim.optional(),
  retaliationFor: ComplaintId.optional(),
}).meta({ id: "InspectorView" });
export type InspectorView = z.infer<typeof InspectorView>;

/** What an overseer sees of a complaint that has climbed to its rung. */
export const OverseerView = AnyStanding.extend({ ...Content, officeId: Complaint.shape.officeId }).meta({
  id: "OverseerView",
});
export type OverseerView = z.infer<typeof OverseerView>;

/** A line of an agency's list. */
export const InboxItem = Standing.extend(WorkFields.shape).omit({ agencyId: true }).meta({ id: "InboxItem" });
export type InboxItem = z.infer<typeof InboxItem>;

/** A line of an inspector's or overseer's list. */
export const DeskItem = AnyStanding.extend({
  officeId: Complaint.shape.officeId,
  visit: VisitTold.optional(),
  pressedAt: Instant.optional(),
  claim: Claim.optional(),
}).meta({
  id: "DeskItem",
});
export type DeskItem = z.infer<typeof DeskItem>;

/** A complaint with everything that was written about it. */
export type Story = {
  complaint: Complaint;
  narrative: Narrative;
  events: ComplaintEvent[];
  /** What else happened, which only a newer version of this code can tell. */
  newer?: NewerEvent[];
  /** Every file that the citizen announced. */
  uploads: Attachment[];
};

/** What stands beside the story and an agency cannot notice: the private series, ordered visits, and who works on it. */
export type Confidence = { series: PrivateEvent[]; visits: Visit[]; claim?: Claim | undefined };

export function citizenView(story: Story, { series, ...keeping }: Pick<Confidence, "series"> & Keeping): CitizenView {
  const told = toldTo({ ...story, series }, { as: "citizen" });
  const reads = told.history.filter(({ type }) => type === "identity-read");
  // What an agency is shown of nobody any more is not shared, though a hold may keep it.
  const isOver = isShownAsForgotten(story.complaint, { kind: "identity", to: "agency", ...keeping });
  const identityShared = isShared(story.complaint, series) && !isOver;
  const uploads = story.uploads.filter((upload) => !isForgotten(upload, keeping.now)).map(uploadOf);
  const opinion = told.history.findLast(({ type }) => type === "opinion-given");
  return CitizenView.parse({
    ...told,
    identityShared,
    mayBeCalled: mayBeCalled(series),
    identityReads: reads,
    uploads,
    opinion,
  });
}

/** `identity`: who complains, where consent to the agency stands. Throws `not-found` where the time of all of it is over. */
export function agencyView(
  { identity: shared, ...whole }: Story & { identity?: Identity | undefined },
  keeping: Keeping,
): AgencyView {
  const reading = { to: "agency", ...keeping } as const;
  const story = storyAsShown(whole, reading);
  const { complaint, narrative } = story;
  const identity = isShownAsForgotten(complaint, { kind: "identity", ...reading }) ? undefined : shared;
  const employee = identity ? narrative.employee : (narrative.masked?.employee ?? narrative.employee);
  const told = toldTo(story, { as: "agency", named: identity !== undefined });
  return AgencyView.parse({ ...complaint, ...narrative, ...told, employee, citizen: identity });
}

export function inspectorView(story: Story, { series, visits, claim }: Confidence): InspectorView {
  const { complaint, narrative } = story;
  return InspectorView.parse({
    ...complaint,
    ...narrative,
    ...toldTo({ ...story, series }, { as: "inspector" }),
    visits,
    claim,
  });
}

/** Throws `not-found` where the time of all of it is over. */
export function overseerView(whole: Story, keeping: Keeping): OverseerView {
  const story = storyAsShown(whole, { to: "overseer", ...keeping });
  return OverseerView.parse({ ...story.complaint, ...toldTo(story, { as: "overseer" }) });
}

/** `head`: as much of it as the list is made of. */
export function inboxItem(head: InboxItem & Pick<Complaint, "closedAt">, keeping: Keeping): InboxItem {
  return InboxItem.parse({ ...head, officer: officerAsShown(head, { to: "agency", ...keeping }) });
}

export function deskItem(complaint: Complaint, reason: Pick<DeskItem, "visit" | "pressedAt"> = {}): DeskItem {
  return DeskItem.parse({ ...complaint, ...owedOf(complaint), ...reason });
}

type Reading = { as: Reader["caller"]; named?: boolean };

function toldTo(
  { complaint, narrative, ...told }: Story & { series?: PrivateEvent[] },
  { as, named = knowsCitizen[as] }: Reading,
) {
  const history = historyFor(told, { as, named });
  const description = named ? narrative.description : (narrative.masked?.description ?? narrative.description);
  return { ...complaint, ...owedOf(complaint), ...outcomeOf(history), description, history };
}

function owedOf({ retaliationFor, acknowledgeBy, answerBy }: Complaint) {
  return retaliationFor ? { acknowledgeBy: undefined, answerBy: undefined } : { acknowledgeBy, answerBy };
}
