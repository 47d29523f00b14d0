import type { Place, Table } from "./table.ts";

/** The county of each agency that serves no other one: whatever is the agency's is there. */
export type OnlyCounties = Readonly<Record<string, string>>;

export function onlyCountiesOf(agencies: readonly { id: string; countyIds: readonly string[] }[]): OnlyCounties {
  const ofOne = agencies.filter(({ countyIds }) => countyIds.length === 1);
  return Object.fromEntries(ofOne.flatMap(({ id, countyIds }) => countyIds.map((countyId) => [id, countyId])));
}

/** A place with the county that its agency alone says. */
export function withOnlyCounty(place: Place, onlyCounties: OnlyCounties): Place {
  const county = onlyCounties[place.agency ?? ""];
  return county === undefined ? place : { county, ...place };
}

/** Whether a cell says more than another one: an agency's in its only county is the agency's own once more. */
export function saysMore(table: Table, place: Place, onlyCounties: OnlyCounties): boolean {
  return table !== "agency-county" || onlyCounties[place.agency ?? ""] === undefined;
}
