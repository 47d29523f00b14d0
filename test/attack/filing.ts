import type { Measure } from "#shared/domain/statistics/partition.ts";
import type { Place } from "#shared/domain/statistics/table.ts";
import { mulberry32 } from "../../infra/demo/year/chance.ts";
import type { Filed, World } from "./world.ts";

/** The same world with an attacker who files: so many about each agency in every quarter's last month, and withdraws them. */
export function withFiler(world: World, { each, seed }: { each: number; seed: number }): World {
  const chance = mulberry32(seed);
  const places = world.values.agency.flatMap((agency) => {
    const at = [...world.expected.keys()].filter((one) => one.startsWith(`${agency}/`));
    const [, category, county] = at[Math.floor(chance() * at.length)]?.split("/") ?? [];
    return [{ agency, category, county }];
  });
  const own = (place: Place): Filed => {
    const measures: Measure[] = [
      "outcome:apart",
      "level:0",
      "extended:not-extended",
      "passed-on:kept",
      "closure:withdrawn",
    ];
    const holders = [{ agencyId: place.agency ?? "", passedOn: false }];
    const one = { recordKey: Math.floor(chance() * 256), place, measures, holders };
    return { early: one, late: one, isOwn: true };
  };
  const filed = [...world.filed].map(([month, all], n): [string, Filed[]] => {
    const more = n % 3 === 2 ? places.flatMap((place) => Array.from({ length: each }, () => own(place))) : [];
    return [month, [...all, ...more]];
  });
  return { ...world, filed: new Map(filed) };
}
