import * as z from "zod";
import { Complaint } from "../complaint/complaint.ts";
import { Actor, ComplaintEvent, Snapshot } from "../complaint/event.ts";
import { PrivateEvent } from "../complaint/private-series.ts";
import { isSandbox } from "../complaint/sandbox.ts";
import { Instant } from "../time/instant.ts";
import { Holder } from "../vocabulary.ts";

/** Who a mail is for: the citizen, the agency's inspection unit, or the holder of a rung of the ladder. */
export const Role = z.enum(["citizen", "inspection-unit", ...Holder.options]);
export type Role = z.infer<typeof Role>;

/** The fields of an event that mails are made of. None holds a text that a person wrote, so no mail can quote one. */
export const Occasion = z.object({
  type: z.enum([...ComplaintEvent.options, ...PrivateEvent.options].map(({ shape }) => shape.type.value)),
  at: Instant,
  by: Actor,
  after: Snapshot,
  /** Whom a late complaint was raised to. */
  holder: Holder.optional(),
});
export type Occasion = z.infer<typeof Occasion>;

/** The fields of the complaint that mails are made of, beside those of the event. */
export const Concerned = Complaint.pick({
  id: true,
  language: true,
  filedAt: true,
  confirmBy: true,
  reviewBy: true,
});
export type Concerned = z.infer<typeof Concerned>;

/**
 * Who is mailed about which event. An agency gets no mail about its own acts, nor where there is nothing for it to do.
 */
const told = {
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
} as const satisfies Record<Occasion["type"], readonly (Role | "holder")[]>;

/** Whom `told` names for an event of one type. */
export type RoleTold<T extends Occasion["type"]> = (typeof told)[T][number];

/** The agency's own people, who are never mailed about a retaliation report. */
const ofTheAgency: readonly Role[] = ["inspection-unit", "agency-head"];
/** The role of whoever wrote a message: they get no mail about it. */
const writers: Partial<Record<Occasion["by"], Role>> = { citizen: "citizen", agency: "inspection-unit" };

/** The roles that hear of an event by mail; nobody does of what happens in the sandbox. */
export function rolesTold({ type, by, holder, after }: Pick<Occasion, "type" | "by" | "holder" | "after">): Role[] {
  if (isSandbox(after)) return [];
  return rolesFor({ type, after })
    .flatMap((role) => (role === "holder" ? (holder ?? []) : role))
    .filter((role) => role !== "citizen" || after.isMailed)
    .filter((role) => !after.retaliation || !ofTheAgency.includes(role))
    .filter((role) => type !== "message-posted" || role !== writers[by]);
}

/** As `told`, but for what is the centre's to review: a retaliation report, which goes straight to it, and a review that is late. */
function rolesFor({ type, after }: Pick<Occasion, "type" | "after">): readonly (Role | "holder")[] {
  if (type === "filed" && after.retaliation) return ["citizen", "inspection-centre"];
  if (type === "escalated" && after.status === "disputed") return ["citizen", "inspection-centre", "holder"];
  return told[type];
}

/** Where a recipient's address is found; `of` says whose it is. */
type AddressSource =
  | { of: "citizen" }
  | { of: "agency"; agencyId: string; desk: "inspectionUnit" | "head" }
  | { of: "county"; countyId: string }
  | { of: "province"; office: "inspectionCentre" | "governorGeneral" | "nationalOrganization" };

const sources: Record<Role, (after: Occasion["after"]) => AddressSource> = {
  citizen: () => ({ of: "citizen" }),
  "inspection-unit": ({ agencyId }) => ({ of: "agency", agencyId, desk: "inspectionUnit" }),
  "agency-head": ({ agencyId }) => ({ of: "agency", agencyId, desk: "head" }),
  "county-governor": ({ countyId }) => ({ of: "county", countyId }),
  "inspection-centre": () => ({ of: "province", office: "inspectionCentre" }),
  "governor-general": () => ({ of: "province", office: "governorGeneral" }),
  "national-organization": () => ({ of: "province", office: "nationalOrganization" }),
};

export type Recipient = { role: Role; language: Concerned["language"]; address: AddressSource };

/** Who is mailed about an event, in which language, where. Agency and county are those right after the event. */
export function recipientsOf(event: Occasion, { language }: Pick<Concerned, "language">): Recipient[] {
  return rolesTold(event).map((role) => ({
    role,
    // Officials are written to in the language of their office.
    language: role === "citizen" ? language : "fa",
    address: sources[role](event.after),
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
  if (source.of === "agency") return own(agencies, source.agencyId)?.[source.desk];
  if (source.of === "county") return own(counties, source.countyId);
  return province[source.office];
}

/** An id may be spelled like something that every object has, such as `constructor`. */
function own<T>(all: Record<string, T>, id: string): T | undefined {
  return Object.hasOwn(all, id) ? all[id] : undefined;
}
