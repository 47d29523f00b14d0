import { firstDay, type IranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import type { Place } from "#shared/domain/statistics/table.ts";
import type { Counted } from "#shared/domain/statistics/tallies.ts";
import type { Join, World } from "./world.ts";

/** The same world in which agencies join others: everything of theirs stands with those in whatever is computed later. */
export function withJoins(world: World, joins: readonly Join[]): World {
  const agencies = world.agencies.map((agency) => {
    const join = joins.find(({ agency: id }) => id === agency.id);
    // Before the day on which its month is closed, and after the day of the month before.
    return join ? { ...agency, retiredFrom: firstDay(monthsLater(join.since, 1)), successorId: join.into } : agency;
  });
  return { ...world, name: `${world.name}, agencies join`, joins, agencies };
}

/** Of the agencies that serve the same counties every second one joins the larger one before it, in another month each. */
export function joinsOf({ months, values, onlyCounties }: World): Join[] {
  const beside = [...Map.groupBy(values.agency, (agency) => onlyCounties[agency] ?? "several").values()];
  const pairs = beside.flatMap((all) => all.flatMap((agency, n) => (n % 2 === 1 ? [[agency, all[n - 1] ?? ""]] : [])));
  return pairs.flatMap(([agency = "", into = ""], n) => {
    const since = months[1 + (n % (months.length - 1))];
    return since === undefined ? [] : [{ agency, into, since }];
  });
}

/** In whose cells it stands that stood with an agency, in what is computed when a month closes. */
function standsFor(agency: string | undefined, { closing, joins }: { closing: IranianMonth; joins: World["joins"] }) {
  return joins.find((join) => join.agency === agency && join.since <= closing)?.into ?? agency;
}

/** A place, as it is when a month closes. */
export function placeAt(place: Place, at: { closing: IranianMonth; joins: World["joins"] }): Place {
  return place.agency === undefined ? place : { ...place, agency: standsFor(place.agency, at) };
}

/** What a complaint counts as when a month closes. */
export function countedAt(one: Counted, at: { closing: IranianMonth; joins: World["joins"] }): Counted {
  const holders = one.holders.map((held) => ({ ...held, agencyId: standsFor(held.agencyId, at) ?? held.agencyId }));
  return { ...one, place: placeAt(one.place, at), holders };
}
