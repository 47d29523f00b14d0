import * as z from "zod";
import { Complaint } from "../complaint/complaint.ts";
import { Actor, ComplaintEvent, Snapshot } from "../complaint/event.ts";
import { Instant } from "../time/instant.ts";
import { Holder } from "../vocabulary.ts";

/** Who a mail is for; a rung's holder is told as such. */
export const Role = z.enum(["citizen", "inspection-unit", ...Holder.options]);
export type Role = z.infer<typeof Role>;

/** What a mail tells of an event. Nothing that anybody wrote is among it, so that no mail can say it. */
export const Occasion = z.object({
  type: z.enum(ComplaintEvent.options.map(({ shape }) => shape.type.value)),
  version: z.int(),
  at: Instant,
  by: Actor,
  after: Snapshot,
  /** Whom a late complaint was raised to. */
  holder: Holder.optional(),
});
export type Occasion = z.infer<typeof Occasion>;

/** What a mail tells of the complaint beside the event. */
export const Concerned = Complaint.pick({
  id: true,
  language: true,
  identityShared: true,
  filedAt: true,
  confirmBy: true,
  reviewBy: true,
});
export type Concerned = z.infer<typeof Concerned>;

/** Which event is told to whom. An agency is not written about what it did itself, nor where nothing is left to do. */
const told = {
  filed: ["citizen", "inspection-unit"],
  acknowledged: ["citizen"],
  answered: ["citizen"],
  extended: ["citizen"],
  // Whoever has the secret can accept, dispute and withdraw: a citizen who did not shall hear of it.
  accepted: ["citizen"],
  // The agency that it goes to; the one that gave it away knows.
  transferred: ["citizen", "inspection-unit"],
  // A dispute is the centre's to decide, the agency has had its say.
  disputed: ["citizen", "inspection-centre"],
  decided: ["citizen", "inspection-unit"],
  rejected: ["citizen", "inspection-unit"],
  // So that the agency stops working on it.
  withdrawn: ["citizen", "inspection-unit"],
  expired: ["citizen"],
  // Whoever is late must hear who knows of it now; the citizen, that it is not forgotten.
  escalated: ["citizen", "inspection-unit", "holder"],
  // The centre hears of the rung that orders it. The agency must not, or the office would be tidy on the day.
  "visit-ordered": [],
  "visit-reported": ["citizen", "inspection-unit"],
  "message-posted": ["citizen", "inspection-unit"],
  // Nothing has to be done about it.
  "attachment-added": [],
  "statement-added": [],
  "identity-read": ["citizen"],
  // Hours may also have become longer, and a deadline earlier.
  "deadlines-moved": ["citizen", "inspection-unit"],
} as const satisfies Record<Occasion["type"], readonly (Role | "holder")[]>;

/** Whom the table names for an event of one type. */
export type RoleTold<T extends Occasion["type"]> = (typeof told)[T][number];

/** Who stays in the dark where no agency may learn of the complaint. */
const ofTheAgency: readonly Role[] = ["inspection-unit", "agency-head"];
/** Who wrote a message does not hear of it. */
const writers: Partial<Record<Occasion["by"], Role>> = { citizen: "citizen", agency: "inspection-unit" };

/** The roles that hear of an event by mail. */
export function rolesTold({ type, by, holder, after }: Pick<Occasion, "type" | "by" | "holder" | "after">): Role[] {
  // What nobody owes an answer to goes to whoever reviews it.
  const roles: readonly (Role | "holder")[] =
    after.retaliation && type === "filed" ? ["citizen", "inspection-centre"] : told[type];
  return roles
    .flatMap((role) => (role === "holder" ? (holder ?? []) : role))
    .filter((role) => role !== "citizen" || after.hasEmail)
    .filter((role) => !after.retaliation || !ofTheAgency.includes(role))
    .filter((role) => type !== "message-posted" || role !== writers[by]);
}

/** Where an address is found; `of` also says whose it is. */
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

/** Who is told of an event, in which language, at which address: the agency and county are those it had right after. */
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
  if (source.of === "agency") return agencies[source.agencyId]?.[source.desk];
  if (source.of === "county") return counties[source.countyId];
  return province[source.office];
}
