import type { Contacts } from "#shared/domain/telling/notification.ts";
import type { Province } from "./province.ts";

export function contactsOf(province: Province): Contacts {
  const { agencies, counties, inspectionCentre, governorGeneral, nationalOrganization } = province;
  return {
    agencies: Object.fromEntries(
      agencies.map(({ id, inspectionUnit, head }) => [id, { inspectionUnit: inspectionUnit.email, head: head.email }]),
    ),
    counties: Object.fromEntries(counties.map(({ id, governor }) => [id, governor.email])),
    province: {
      inspectionCentre: inspectionCentre.email,
      governorGeneral: governorGeneral.email,
      nationalOrganization: nationalOrganization.email,
    },
  };
}

export function officialAddressesOf({ agencies, counties, province }: Contacts): string[] {
  const ofAgencies = Object.values(agencies).flatMap(({ inspectionUnit, head }) => [inspectionUnit, head]);
  return [...ofAgencies, ...Object.values(counties), ...Object.values(province)];
}
