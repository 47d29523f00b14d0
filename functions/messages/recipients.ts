import { type MailRole, type MailSubject, type MailTrigger, rolesToMail } from "#shared/complaints/event-rules.ts";
import { ownValue } from "#shared/own-value.ts";
import type { Contacts, OfficialPhones } from "#shared/province/clients.ts";

/** Where to find a recipient's address. `of` is the kind of its owner. */
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

/** The recipients of the mails about an event. Agency and county are those of the complaint right after the event. */
export function recipientsOf(event: MailTrigger, { language }: Pick<MailSubject, "language">): Recipient[] {
  return rolesToMail(event).map((role) => ({
    role,
    // Officials get Persian mails.
    language: role === "citizen" ? language : "fa",
    address: addressSources[role](event.after),
  }));
}

/** An official's mobile number; undefined if the province file has none. */
export function officialPhone(
  source: Exclude<AddressSource, { of: "citizen" }>,
  { agencyHeads, counties, province }: OfficialPhones,
): string | undefined {
  if (source.of === "agency") return source.unit === "head" ? ownValue(agencyHeads, source.agencyId) : undefined;
  return source.of === "county" ? ownValue(counties, source.countyId) : province[source.office];
}

/** An official's address. Undefined if the province file no longer has the agency or county. */
export function officialAddress(
  source: Exclude<AddressSource, { of: "citizen" }>,
  { agencies, counties, province }: Contacts,
): string | undefined {
  if (source.of === "agency") return ownValue(agencies, source.agencyId)?.[source.unit];
  if (source.of === "county") return ownValue(counties, source.countyId);
  return province[source.office];
}
