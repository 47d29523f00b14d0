import { fingerprint } from "#shared/domain/digest.ts";
import { servingAt } from "#shared/domain/statistics/address.ts";
import { closesAt, monthsToCount } from "#shared/domain/statistics/closing.ts";
import { type Counts, sumOfCounts } from "#shared/domain/statistics/counts.ts";
import type { IranianMonth } from "#shared/domain/statistics/iranian-month.ts";
import { monthsOf, periodsClosingWith } from "#shared/domain/statistics/period.ts";
import { publish } from "#shared/domain/statistics/publication.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { countedProvince, figureIds, servingAgencies } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { readStatisticsKey } from "#shared/store/secrets.ts";
import { close } from "#shared/store/statistics/closed.ts";
import { writePeriod } from "#shared/store/statistics/editions.ts";
import { readCounted } from "#shared/store/statistics/segments.ts";
import type { Closing } from "./next-closing.ts";

/** Publishes the periods that close with a counted month: writes them all under one edition, and names that last. */
export async function publishMonth({ month, since }: Closing, now: string): Promise<void> {
  const published = since ? await publishedWith({ month, since }) : [];
  const edition = fingerprint(JSON.stringify(published));
  for (const one of published) await writePeriod(one, edition);
  const periods = published.map(({ period }) => period);
  const isFirst = await close({ month, since, periods, edition, asOf: closesAt(month), closedAt: now });
  log.info("month closed", { month, edition, periods: periods.length, isFirst });
}

type Since = { month: IranianMonth; since: IranianMonth };

async function publishedWith({ month, since }: Since): Promise<PublishedPeriod[]> {
  const publishing = {
    key: await readStatisticsKey(),
    ids: figureIds,
    serving: servingAt(servingAgencies, closesAt(month)),
    peerGroupOf: (agencyId: string) => countedProvince.agencies.find(({ id }) => id === agencyId)?.peerGroup,
  };
  const counted = new Map<IranianMonth, Counts>();
  for (const one of monthsToCount({ month, since }))
    counted.set(one, await readCounted({ closing: month, month: one }));
  return periodsClosingWith(month, since).map((period) => {
    const counts = sumOfCounts(monthsOf(period).map((one) => counted.get(one) ?? notCounted(one)));
    return publish({ period, counts }, publishing);
  });
}

function notCounted(month: IranianMonth): never {
  throw new Error(`the month ${month} was not counted`);
}
