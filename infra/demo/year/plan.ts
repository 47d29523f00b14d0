import type { Province } from "#shared/province/province.ts";
import type { Act } from "./act.ts";
import { chanceOf } from "./chance.ts";
import { filingOf } from "./filing.ts";
import { hoursOf } from "./hours.ts";
import { lifeOf } from "./life.ts";
import type { Span } from "./span.ts";

type Wanted = { seed: string; complaints: number; span: Span; province: Province };

/**
 * Everything that is done in the year, in the order of time; the same for the same seed. Each complaint has a chance of its
 * own, so that one more changes no other.
 */
export function planOf({ seed, complaints, span, province }: Wanted): Act[] {
  const hours = hoursOf(province);
  const { categories } = province;
  const lives = Array.from({ length: complaints }, (_, number) => {
    const chance = chanceOf(`${seed}/${number}`);
    return lifeOf(filingOf({ chance, span, hours }), { number, chance, hours, categories });
  });
  return lives
    .flat()
    .filter(({ at }) => at < span.until)
    .sort((one, other) => one.at - other.at || one.complaint - other.complaint || one.step - other.step);
}
