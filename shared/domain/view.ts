import * as z from "zod";
import { audience } from "./access.ts";
import { Identity } from "./citizen.ts";
import { Complaint, Employee, Finding, Instant, type Narrative, PromisedAction } from "./complaint.ts";
import { Actor, type ComplaintEvent } from "./event.ts";

/** One entry of a history: who did what when, and what it says. `internal` stands for what is not the reader's. */
const HistoryEntry = z.looseObject({ version: z.int(), type: z.string(), at: Instant, by: Actor.optional() });
type HistoryEntry = z.infer<typeof HistoryEntry>;

const Answer = z.object({ finding: Finding, text: z.string(), actions: z.array(PromisedAction), at: Instant });

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

const Told = { description: z.string(), answer: Answer.optional(), history: z.array(HistoryEntry) };

/** What the citizen sees of the complaint. */
export const CitizenView = Standing.extend(Told).meta({ id: "CitizenView" });
export type CitizenView = z.infer<typeof CitizenView>;

const Worked = Complaint.pick({ officeId: true, language: true, officer: true });

/** What the agency sees: what it needs to work, and the citizen only if shared. */
export const AgencyView = Standing.extend({
  ...Told,
  ...Worked.shape,
  occurredAt: Instant.optional(),
  employee: Employee.optional(),
  citizen: Identity.optional(),
}).meta({ id: "AgencyView" });
export type AgencyView = z.infer<typeof AgencyView>;

/** A line of an agency's list. */
export const InboxItem = Standing.extend(Worked.shape).omit({ agencyId: true }).meta({ id: "InboxItem" });
export type InboxItem = z.infer<typeof InboxItem>;

/** A complaint with everything that was written of it. */
export type Story = { complaint: Complaint; narrative: Narrative; events: ComplaintEvent[] };

export function citizenView({ complaint, narrative, events }: Story): CitizenView {
  return {
    ...Standing.parse(complaint),
    description: narrative.description,
    answer: answerIn(events),
    history: events.map(citizenEntry),
  };
}

export function agencyView({
  complaint,
  narrative,
  events,
  identity,
}: Story & { identity?: Identity | undefined }): AgencyView {
  return {
    ...Standing.parse(complaint),
    ...Worked.parse(complaint),
    description: narrative.masked?.description ?? narrative.description,
    occurredAt: narrative.occurredAt,
    employee: narrative.masked?.employee ?? narrative.employee,
    citizen: complaint.identityShared ? identity : undefined,
    answer: answerIn(events),
    history: events
      .filter(({ type }) => audience[type].includes("agency"))
      .map((event) => ({ ...entry(event), ...event.masked })),
  };
}

function answerIn(events: ComplaintEvent[]): z.infer<typeof Answer> | undefined {
  return Answer.optional().parse(events.findLast(({ type }) => type === "answered"));
}

/** The event without what only the centre and the machinery read. */
function entry({
  client: _client,
  person: _person,
  after: _after,
  masked: _masked,
  ...told
}: ComplaintEvent): HistoryEntry {
  return told;
}

function citizenEntry(event: ComplaintEvent): HistoryEntry {
  const { version, at, type } = event;
  if (!audience[type].includes("citizen")) return { version, type: "internal", at };
  // A citizen is told who, not the number that person carries.
  return "officer" in event ? { ...entry(event), officer: { name: event.officer.name } } : entry(event);
}
