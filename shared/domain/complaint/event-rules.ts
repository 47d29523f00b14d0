import * as z from "zod";
import { maskCharacters } from "../confidentiality/mask.ts";
import { Instant } from "../time/calendar.ts";
import { Authority } from "../vocabulary.ts";
import { Complaint, type Narrative } from "./complaint.ts";
import { ConfidentialEntry, type ConfidentialEntryOf, type ConfidentialEntryType } from "./confidential-log.ts";
import { isSandbox } from "./directory.ts";
import { Actor, ComplaintEvent, type EventOf, type EventType, Snapshot } from "./event.ts";
import type { Principal } from "./principal.ts";

type EventEffect<T extends EventType> = (event: EventOf<T>, before: Complaint) => Partial<Complaint>;

/** What each event changes beyond its snapshot `after`, which `fieldsAfterEvent` applies for all of them. */
const effects: { [T in EventType]: EventEffect<T> } = {
  filed: () => ({}),
  acknowledged: ({ officer }) => ({ officer }),
  answered: ({ officer }) => ({ officer }),
  transferred: ({ at }, { transfers }) => ({
    transfers: transfers + 1,
    acknowledgeFrom: at,
    officer: undefined,
    officeId: undefined,
  }),
  extended: () => ({ extended: true }),
  accepted: ({ at }) => ({ closure: "confirmed", closedAt: at }),
  disputed: () => ({}),
  withdrawn: ({ at }) => ({ closure: "withdrawn", closedAt: at }),
  expired: ({ at }) => ({ closure: "unconfirmed", closedAt: at }),
  decided: ({ at, person }) => ({ closure: "decided", closedAt: at, decidedBy: person }),
  rejected: ({ at, person, reason }) => ({ closure: reason, closedAt: at, decidedBy: person }),
  escalated: () => ({}),
  "message-posted": countMessage,
  "statement-added": countMessage,
  "attachment-added": () => ({}),
  "visit-reported": () => ({}),
  "deadlines-moved": () => ({}),
};

function countMessage({ by }: ComplaintEvent, { said }: Complaint): Partial<Complaint> {
  if (by !== "citizen" && by !== "agency" && by !== "inspector") return {};
  return { said: { ...said, [by]: (said?.[by] ?? 0) + 1 } };
}

/** The complaint after an event: the one place where state follows from events, for moves and for rebuilding alike. */
export function evolve(before: Complaint, event: ComplaintEvent): Complaint {
  const effect: (event: never, before: Complaint) => Partial<Complaint> = effects[event.type];
  return { ...before, ...fieldsAfterEvent(event, before), ...effect(event as never, before) };
}

type HeadOnlyDeadlines = Pick<Complaint, "inCharge" | "confirmBy" | "reviewBy">;

function fieldsAfterEvent({ version, at, after }: ComplaintEvent, before: HeadOnlyDeadlines) {
  const { retaliation: _, confirmBy = before.confirmBy, reviewBy = before.reviewBy, nextRungAt, ...standing } = after;
  // Without a next rung no execution is in charge any more.
  const inCharge = nextRungAt && before.inCharge;
  return { ...standing, version, movedAt: at, confirmBy, reviewBy, nextRungAt, inCharge };
}

/**
 * Fields that no event carries, so that no consumer of events learns who complains or of whom. No event carries
 * `inCharge` either: it belongs to the state machine, and a rebuilt complaint goes without.
 */
export const StateOutsideEvents = Complaint.pick({ id: true, identityMarks: true, accused: true });
export type StateOutsideEvents = Pick<Complaint, keyof typeof StateOutsideEvents.shape>;

/** A complaint after its first event. */
export function headAfterFiling(filed: EventOf<"filed">, stateOutsideEvents: StateOutsideEvents): Complaint {
  const { at, client = "", channel, origin } = filed;
  const filing = { ...origin, channel, filedBy: client, filedAt: at, acknowledgeFrom: at };
  return { ...stateOutsideEvents, ...filing, transfers: 0, ...fieldsAfterEvent(filed, {}) };
}

/** Rebuilds a complaint from all its events, in order; undefined where the first is not its filing. */
export function foldEvents([filed, ...later]: ComplaintEvent[], untold: StateOutsideEvents): Complaint | undefined {
  return filed?.type === "filed" ? later.reduce(evolve, headAfterFiling(filed, untold)) : undefined;
}

/** What stands in the place of a name that is kept no longer; it reads like what was masked. */
const officerWithoutDetails = { name: maskCharacters };

type ErasedFields<E> = (event: E) => Partial<E>;
const erasesNothing = () => ({});

const erasedJudgement = ({ actions }: Pick<EventOf<"decided">, "actions">) => ({
  text: maskCharacters,
  actions: actions.map((action) => ({ ...action, text: maskCharacters })),
});

/** What of each event a person wrote, or names one, in the form in which it is left. */
const erasedEventFields: { [T in EventType]: ErasedFields<EventOf<T>> } = {
  filed: erasesNothing,
  acknowledged: () => ({ officer: officerWithoutDetails }),
  answered: (event) => ({ officer: officerWithoutDetails, ...erasedJudgement(event) }),
  accepted: erasesNothing,
  transferred: () => ({ reason: maskCharacters }),
  extended: () => ({ reason: maskCharacters }),
  disputed: () => ({ reason: maskCharacters }),
  withdrawn: ({ reason }) => ({ reason: reason && maskCharacters }),
  expired: erasesNothing,
  escalated: erasesNothing,
  decided: erasedJudgement,
  rejected: () => ({ text: maskCharacters }),
  "message-posted": ({ officer }) => ({ text: maskCharacters, officer: officer && officerWithoutDetails }),
  "attachment-added": erasesNothing,
  "visit-reported": () => ({ text: maskCharacters, location: undefined }),
  "statement-added": () => ({ text: maskCharacters, employee: officerWithoutDetails }),
  // An admin's words about a day, not about a case.
  "deadlines-moved": erasesNothing,
};

/** What is left of an event once texts are kept no longer: who did what when, and what was found. */
export function eventWithoutTexts(event: ComplaintEvent): ComplaintEvent {
  const fields: (event: never) => Partial<ComplaintEvent> = erasedEventFields[event.type];
  return { ...event, ...fields(event as never), masked: undefined } as ComplaintEvent;
}

const erasedEntryFields: { [T in ConfidentialEntryType]: ErasedFields<ConfidentialEntryOf<T>> } = {
  "visit-ordered": erasesNothing,
  "identity-read": erasesNothing,
  "consent-given": erasesNothing,
  "consent-taken-back": erasesNothing,
  "identity-erased": erasesNothing,
  "texts-erased": erasesNothing,
  "opinion-given": () => ({ comment: undefined }),
  "calls-allowed": erasesNothing,
  "calls-ended": erasesNothing,
  "phone-read": erasesNothing,
  called: () => ({ comment: undefined }),
  "dispute-carried": erasesNothing,
  "hold-set": () => ({ reason: maskCharacters }),
  "hold-lifted": () => ({ reason: maskCharacters }),
};

/** The same of a note of the private series: an opinion stays, without its comment. */
export function entryWithoutTexts(entry: ConfidentialEntry): ConfidentialEntry {
  const fields: (note: never) => Partial<ConfidentialEntry> = erasedEntryFields[entry.type];
  return { ...entry, ...fields(entry as never) } as ConfidentialEntry;
}

/** The head, and what was written at filing, without a name; without texts nothing is left to mask. */
export function headWithoutTexts(complaint: Complaint): Complaint {
  return { ...complaint, officer: officerWithoutTexts(complaint.officer), accused: undefined, identityMarks: [] };
}

export const officerWithoutTexts = (officer: Complaint["officer"]) => officer && officerWithoutDetails;

export function narrativeWithoutTexts({ occurredAt }: Narrative): Narrative {
  return { description: maskCharacters, occurredAt, employee: undefined, masked: undefined };
}

/** Who is told of events: by views, feeds, queues and mail. */
export type Viewer = Exclude<Principal["caller"], "admin">;

const allViewers: readonly Viewer[] = ["citizen", "agency", "inspector", "overseer", "front-end"];
const citizenAndInspector: readonly Viewer[] = ["citizen", "inspector"];

/**
 * Who is told of which event. The citizen's history shows `internal` in place of an event that is not told, so that its
 * numbers have no gap; everybody else's leaves it out.
 */
export const audience: Record<EventType | ConfidentialEntryType, readonly Viewer[]> = {
  filed: allViewers,
  acknowledged: allViewers,
  transferred: allViewers,
  extended: allViewers,
  answered: allViewers,
  accepted: allViewers,
  disputed: allViewers,
  decided: allViewers,
  rejected: allViewers,
  withdrawn: allViewers,
  expired: allViewers,
  escalated: allViewers,
  "deadlines-moved": allViewers,
  "message-posted": allViewers,
  "attachment-added": allViewers,
  "visit-reported": allViewers,
  // It is for the inspector who judges the employee, and must not become a way to reach the citizen who complained.
  "statement-added": ["agency", "inspector"],
  // The private series. An office that knew of a visit would be tidy on the day; no front end is told of it either,
  // since an agency may run it.
  "visit-ordered": citizenAndInspector,
  "identity-read": citizenAndInspector,
  "consent-given": citizenAndInspector,
  "consent-taken-back": citizenAndInspector,
  "identity-erased": citizenAndInspector,
  "texts-erased": citizenAndInspector,
  // Inspectors read no more of it than what calls for one of them (`historyFor`).
  "opinion-given": citizenAndInspector,
  "calls-allowed": citizenAndInspector,
  "calls-ended": citizenAndInspector,
  "phone-read": citizenAndInspector,
  called: citizenAndInspector,
  "dispute-carried": citizenAndInspector,
  // An agency learns nothing of a lawsuit.
  "hold-set": citizenAndInspector,
  "hold-lifted": citizenAndInspector,
};

export function isVisibleTo(viewer: Viewer, { type }: { type: EventType | ConfidentialEntryType }): boolean {
  return audience[type].includes(viewer);
}

/** The agencies that hear of an event: the one that holds the complaint, and the one that gave it away. */
export function agenciesToNotify(event: ComplaintEvent | ConfidentialEntry): string[] {
  const { agencyId, retaliation } = event.after;
  if (retaliation || !isVisibleTo("agency", event)) return [];
  return event.type === "transferred" ? [event.fromAgencyId, agencyId] : [agencyId];
}

/** Who a mail is for: the citizen, the agency's inspection unit, or the holder of a rung of the ladder. */
export const MailRole = z.enum(["citizen", "inspection-unit", ...Authority.options]);
export type MailRole = z.infer<typeof MailRole>;

/** The fields of an event that mails are made of. None holds a text that a person wrote, so no mail can quote one. */
export const MailTrigger = z.object({
  type: z.enum([...ComplaintEvent.options, ...ConfidentialEntry.options].map(({ shape }) => shape.type.value)),
  at: Instant,
  by: Actor,
  after: Snapshot,
  /** Whom a late complaint was raised to. */
  holder: Authority.optional(),
});
export type MailTrigger = z.infer<typeof MailTrigger>;

/** The fields of the complaint that mails are made of, beside those of the event. */
export const MailSubject = Complaint.pick({
  id: true,
  language: true,
  filedAt: true,
  confirmBy: true,
  reviewBy: true,
});
export type MailSubject = z.infer<typeof MailSubject>;

/**
 * Who is mailed about which event. An agency gets no mail about its own acts, nor where there is nothing for it to do.
 */
const rolesByEvent = {
  filed: ["citizen", "inspection-unit"],
  acknowledged: ["citizen"],
  answered: ["citizen"],
  extended: ["citizen"],
  // Anybody with the secret can accept, dispute and withdraw: a citizen who did none of it must hear of it.
  accepted: ["citizen"],
  // To the agency that receives the complaint; the one that gave it away knows.
  transferred: ["citizen", "inspection-unit"],
  // The centre decides a dispute; the agency has had its say.
  disputed: ["citizen", "inspection-centre"],
  decided: ["citizen", "inspection-unit"],
  rejected: ["citizen", "inspection-unit"],
  // So that the agency stops working on it.
  withdrawn: ["citizen", "inspection-unit"],
  expired: ["citizen"],
  // Whoever is late must hear who has been told; the citizen must hear that the complaint is not forgotten.
  escalated: ["citizen", "inspection-unit", "holder"],
  // The centre is mailed as holder of the rung that orders visits. An agency that knew would tidy the office for the
  // day.
  "visit-ordered": [],
  // Whoever has the secret can do these; after an erasure there is no address to write to.
  "consent-given": ["citizen"],
  "consent-taken-back": ["citizen"],
  "identity-erased": [],
  "texts-erased": [],
  "visit-reported": ["citizen", "inspection-unit"],
  "message-posted": ["citizen", "inspection-unit"],
  // Nobody has to do anything about it.
  "attachment-added": [],
  "statement-added": [],
  "identity-read": ["citizen"],
  "opinion-given": [],
  // No mail tells that somebody may be called, or was: whoever reads along would know.
  "calls-allowed": [],
  "calls-ended": [],
  "hold-set": [],
  "hold-lifted": [],
  "phone-read": [],
  called: [],
  // The dispute itself is mailed like any other.
  "dispute-carried": [],
  // To the agency too: longer hours make a deadline earlier.
  "deadlines-moved": ["citizen", "inspection-unit"],
} as const satisfies Record<MailTrigger["type"], readonly (MailRole | "holder")[]>;

/** Whom `told` names for an event of one type. */
export type MailedRole<T extends MailTrigger["type"]> = (typeof rolesByEvent)[T][number];

/** The agency's own people, who are never mailed about a retaliation report. */
const agencyRoles: readonly MailRole[] = ["inspection-unit", "agency-head"];
/** The role of whoever wrote a message: they get no mail about it. */
const roleByAuthor: Partial<Record<MailTrigger["by"], MailRole>> = { citizen: "citizen", agency: "inspection-unit" };

/** The roles that hear of an event by mail; nobody does of what happens in the sandbox. */
export function rolesToMail({
  type,
  by,
  holder,
  after,
}: Pick<MailTrigger, "type" | "by" | "holder" | "after">): MailRole[] {
  if (isSandbox(after)) return [];
  return rolesOfEvent({ type, after })
    .flatMap((role) => (role === "holder" ? (holder ?? []) : role))
    .filter((role) => role !== "citizen" || after.isMailed)
    .filter((role) => !after.retaliation || !agencyRoles.includes(role))
    .filter((role) => type !== "message-posted" || role !== roleByAuthor[by]);
}

/** As `told`, but for what is the centre's to review: a retaliation report, which goes straight to it, and a review that is late. */
function rolesOfEvent({ type, after }: Pick<MailTrigger, "type" | "after">): readonly (MailRole | "holder")[] {
  if (type === "filed" && after.retaliation) return ["citizen", "inspection-centre"];
  if (type === "escalated" && after.status === "disputed") return ["citizen", "inspection-centre", "holder"];
  return rolesByEvent[type];
}

/** Where a recipient's address is found; `of` says whose it is. */
type AddressSource =
  | { of: "citizen" }
  | { of: "agency"; agencyId: string; unit: "inspectionUnit" | "head" }
  | { of: "county"; countyId: string }
  | { of: "province"; office: "inspectionCentre" | "governorGeneral" | "nationalOrganization" };

const addressSources: Record<MailRole, (after: MailTrigger["after"]) => AddressSource> = {
  citizen: () => ({ of: "citizen" }),
  "inspection-unit": ({ agencyId }) => ({ of: "agency", agencyId, unit: "inspectionUnit" }),
  "agency-head": ({ agencyId }) => ({ of: "agency", agencyId, unit: "head" }),
  "county-governor": ({ countyId }) => ({ of: "county", countyId }),
  "inspection-centre": () => ({ of: "province", office: "inspectionCentre" }),
  "governor-general": () => ({ of: "province", office: "governorGeneral" }),
  "national-organization": () => ({ of: "province", office: "nationalOrganization" }),
};

export type Recipient = { role: MailRole; language: MailSubject["language"]; address: AddressSource };

/** Who is mailed about an event, in which language, where. Agency and county are those right after the event. */
export function recipientsOf(event: MailTrigger, { language }: Pick<MailSubject, "language">): Recipient[] {
  return rolesToMail(event).map((role) => ({
    role,
    // Officials are written to in the language of their office.
    language: role === "citizen" ? language : "fa",
    address: addressSources[role](event.after),
  }));
}

/** The addresses of a province's officials; those of agencies and counties by id. */
export type Contacts = {
  agencies: Record<string, { inspectionUnit: string; head: string }>;
  counties: Record<string, string>;
  province: { inspectionCentre: string; governorGeneral: string; nationalOrganization: string };
};

/** An official's address; undefined where the province has no such agency or county any more. */
export function officialAddress(
  source: Exclude<AddressSource, { of: "citizen" }>,
  { agencies, counties, province }: Contacts,
): string | undefined {
  if (source.of === "agency") return ownValue(agencies, source.agencyId)?.[source.unit];
  if (source.of === "county") return ownValue(counties, source.countyId);
  return province[source.office];
}

/** An id may be spelled like something that every object has, such as `constructor`. */
function ownValue<T>(all: Record<string, T>, id: string): T | undefined {
  return Object.hasOwn(all, id) ? all[id] : undefined;
}
