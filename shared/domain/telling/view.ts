import * as z from "zod";
import { RefusedUpload } from "../attachments/attachment.ts";
import { Identity } from "../citizen/citizen.ts";
import { knowsCitizen, type Reader } from "../complaint/access.ts";
import { Complaint, Employee, type Narrative, Visit } from "../complaint/complaint.ts";
import type { ComplaintEvent } from "../complaint/event.ts";
import { ComplaintId } from "../complaint/identifier.ts";
import { Instant } from "../time/instant.ts";
import { HistoryEntry, historyFor, Outcome, outcomeOf } from "./history.ts";

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

/** The same for any complaint: a retaliation report owes neither acknowledgement nor answer. */
const AnyStanding = Standing.partial({ acknowledgeBy: true, answerBy: true });

const Content = { description: z.string(), ...Outcome.shape, history: z.array(HistoryEntry) };

/** What the citizen sees of the complaint. */
export const CitizenView = AnyStanding.extend({
  ...Content,
  identityReads: z.array(z.object({ at: Instant, inspector: z.string() })),
  refusedUploads: z.array(RefusedUpload).optional(),
}).meta({ id: "CitizenView" });
export type CitizenView = z.infer<typeof CitizenView>;

const WorkFields = Complaint.pick({ officeId: true, language: true, officer: true });
const IncidentFields = { occurredAt: Instant.optional(), employee: Employee.optional() };

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
  visits: z.array(Visit),
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
export const DeskItem = AnyStanding.extend({ officeId: Complaint.shape.officeId, visit: Visit.optional() }).meta({
  id: "DeskItem",
});
export type DeskItem = z.infer<typeof DeskItem>;

/** A complaint with everything that was written about it. */
export type Story = {
  complaint: Complaint;
  narrative: Narrative;
  events: ComplaintEvent[];
  /** Uploads that were refused; absent where there are none. */
  refusedUploads?: RefusedUpload[] | undefined;
};

export function citizenView(story: Story): CitizenView {
  const told = toldTo(story, "citizen");
  const reads = told.history.filter(({ type }) => type === "identity-read");
  return CitizenView.parse({ ...told, identityReads: reads, refusedUploads: story.refusedUploads });
}

export function agencyView({ identity, ...story }: Story & { identity?: Identity | undefined }): AgencyView {
  const { complaint, narrative } = story;
  const named = knowsCitizen("agency", complaint);
  const employee = named ? narrative.employee : (narrative.masked?.employee ?? narrative.employee);
  const told = toldTo(story, "agency");
  return AgencyView.parse({ ...complaint, ...narrative, ...told, employee, citizen: named ? identity : undefined });
}

export function inspectorView(story: Story): InspectorView {
  const { complaint, narrative } = story;
  return InspectorView.parse({ ...complaint, ...narrative, ...toldTo(story, "inspector") });
}

export function overseerView(story: Story): OverseerView {
  return OverseerView.parse({ ...story.complaint, ...toldTo(story, "overseer") });
}

export function deskItem(complaint: Complaint, visit?: Visit): DeskItem {
  return DeskItem.parse({ ...complaint, ...owedOf(complaint), visit });
}

function toldTo({ complaint, narrative, events }: Story, as: Reader["caller"]) {
  const named = knowsCitizen(as, complaint);
  const history = historyFor(events, { as, named });
  const description = named ? narrative.description : (narrative.masked?.description ?? narrative.description);
  return { ...complaint, ...owedOf(complaint), ...outcomeOf(history), description, history };
}

function owedOf({ retaliationFor, acknowledgeBy, answerBy }: Complaint) {
  return retaliationFor ? { acknowledgeBy: undefined, answerBy: undefined } : { acknowledgeBy, answerBy };
}
