import { type Offered, successionOf } from "../time/retirement.ts";
import { startOfDay } from "../time/start-of-day.ts";
import type { IranianMonth } from "./iranian-month.ts";
import { closesOn } from "./period.ts";
import type { Place } from "./table.ts";

/** The agencies whose place another one has taken, each with the one in whose cells all that was filed at it stands. */
export type Successors = Readonly<Record<string, string>>;

/** As it is on the day on which what closes with a month is computed. */
export function successorsAt(agencies: readonly Offered[], closing: IranianMonth): Successors {
  const now = startOfDay(closesOn({ kind: "month", name: closing }));
  const lasts = agencies.map(({ id }) => [id, successionOf(agencies, { id, now }).at(-1) ?? id]);
  return Object.fromEntries(lasts.filter(([id, last]) => id !== last));
}

/** Where that stands now which stood at a place before. */
export function placeNow(place: Place, successors: Successors): Place {
  const successor = successors[place.agency ?? ""];
  return successor === undefined ? place : { ...place, agency: successor };
}
