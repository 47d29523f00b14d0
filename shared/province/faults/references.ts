import type { ProvinceFault } from "./fault.ts";
import { didYouMean } from "./nearest.ts";
import type { Skeleton } from "./skeleton.ts";

type Path = ProvinceFault["path"];
type Reference = { path: Path; value: string | undefined };

/** References to a county, an agency or a peer group that the file does not have. */
export function danglers(province: Skeleton): ProvinceFault[] {
  const { agencies, overseers, frontEnds, officeHours } = province;
  const ofAgencies = agencies.map(({ countyIds }, a) => listed(["agencies", a, "countyIds"], countyIds));
  const ofOverseers = overseers.map(({ countyIds }, o) => listed(["overseers", o, "countyIds"], countyIds));
  const ofOverrides = officeHours.overrides.map(({ countyId }, o) => ({
    path: ["officeHours", "overrides", o, "countyId"],
    value: countyId,
  }));
  const counties: Reference[] = [...ofAgencies.flat(), ...ofOverseers.flat(), ...ofOverrides];
  const operated = frontEnds.map(({ operatedBy }, f) => ({ path: ["frontEnds", f, "operatedBy"], value: operatedBy }));
  const grouped = agencies.map(({ peerGroup }, a) => ({ path: ["agencies", a, "peerGroup"], value: peerGroup }));
  return [
    ...counties.flatMap(missingFrom("county", province.counties)),
    ...operated.flatMap(missingFrom("agency", agencies)),
    ...grouped.flatMap(missingFrom("peer group", province.peerGroups)),
    ...agencies.flatMap(strayOffices),
  ];
}

function missingFrom(what: string, there: { id: string }[]) {
  const ids = there.map(({ id }) => id);
  return ({ path, value }: Reference): ProvinceFault[] => {
    if (!value || ids.includes(value)) return [];
    return [{ path, message: `there is no ${what} "${value}": add it, or name another${didYouMean(value, ids)}` }];
  };
}

function strayOffices({ countyIds, offices }: Skeleton["agencies"][number], a: number): ProvinceFault[] {
  return offices.flatMap(({ countyId, retiredFrom }, o) => {
    // An agency may leave a county once its office there retires, which stays where it was.
    if (retiredFrom || !countyId || countyIds.length === 0 || countyIds.includes(countyId)) return [];
    const message = `"${countyId}" is not one of the agency's counties: name one, or add it to its countyIds`;
    return [{ path: ["agencies", a, "offices", o, "countyId"], message }];
  });
}

function listed(path: Path, values: string[]): Reference[] {
  return values.map((value, n) => ({ path: [...path, n], value }));
}
