import { publishWaiting, type WaitingNumber } from "#functions/figures/waiting.ts";
import { mulberry32 } from "#infra/programs/demo/year/chance.ts";
import { waitingRoundingBase } from "#shared/policy-numbers.ts";
import { addMonths, monthFrom } from "#shared/time/period.ts";
import { poissonProbability, poissonSample } from "../support/chance.ts";
import { chancePublished, likeliest, type Named, sure } from "./belief.ts";

/** Of so many complaints that wait at an agency the attacker expects `mean`, and filed `own` more himself. */
type Backlog = { mean: number; own: number };
const most = 30;

/**
 * Reads every month how many complaints wait at an agency whose backlog is nearly empty: from the agency's own number and from
 * the province's, with all other agencies' numbers known exactly.
 */
export function namedWaiting(backlogs: readonly Backlog[], { months, key }: { months: number; key: string }): Named {
  const chance = mulberry32(months);
  const all = { numbers: 0, claimed: 0, named: 0 };
  for (let n = 0; n < months; n++) {
    const month = addMonths(monthFrom(1404, 1), n);
    const counts = backlogs.map(({ mean }) => poissonSample(chance, mean));
    const waiting = counts.map((count, a) => ({ overdue: count + (backlogs[a]?.own ?? 0), notYetDue: 0 }));
    const { agencies, province } = publishWaiting(Object.fromEntries(waiting.entries()), { key, month });
    const total = waiting.reduce((sum, { overdue }) => sum + overdue, 0);
    for (const [a, { mean, own }] of backlogs.entries()) {
      const truth = counts[a] ?? 0;
      const numbers = [
        { published: agencies[a]?.overdue ?? 0, own },
        { published: province.overdue, own: total - truth },
      ];
      const { value, chance } = likeliest(beliefOf(mean, numbers));
      const isClaimed = chance >= sure && value >= 1 && value <= 4;
      all.numbers += Number(truth >= 1 && truth <= 4);
      all.claimed += Number(isClaimed);
      all.named += Number(isClaimed && value === truth);
    }
  }
  return all;
}

function beliefOf(mean: number, numbers: readonly { published: WaitingNumber; own: number }[]) {
  const likely = Float64Array.from({ length: most }, (_, n) =>
    numbers.reduce((all, { published, own }) => all * chanceOf(published, n + own), poissonProbability(n, mean)),
  );
  const total = likely.reduce((sum, one) => sum + one, 0);
  return { low: 0, likely: likely.map((one) => one / total) };
}

function chanceOf(published: WaitingNumber, n: number): number {
  const as = (value: number) => chancePublished(value, { n, base: waitingRoundingBase });
  return published === "<20" ? as(0) + as(10) : as(published);
}
