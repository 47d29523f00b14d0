import { fingerprint } from "#shared/domain/digest.ts";
import { closesAt, monthsToCount } from "#shared/domain/statistics/closing.ts";
import { type IranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { withPeers } from "#shared/domain/statistics/peers.ts";
import { monthsOf } from "#shared/domain/statistics/period.ts";
import { publish } from "#shared/domain/statistics/publication.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { countedProvince, directory, figureValues, servingAgencies } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { writeAgencyFigures } from "#shared/store/statistics/agency-figures.ts";
import { close, readClosed } from "#shared/store/statistics/closed.ts";
import { readPublished, writePeriod } from "#shared/store/statistics/editions.ts";
import { readCounted } from "#shared/store/statistics/segments.ts";
import type { Closing } from "./next-closing.ts";

/** Publishes what closes with a month that was counted: writes it all under one edition, and names that last. */
export async function publishMonth({ month, since }: Closing, now: string): Promise<void> {
  const published = since ? await computed({ month, since }) : [];
  const edition = fingerprint(JSON.stringify(published));
  for (const one of published) {
    await writePeriod(one, edition);
    if (one.period.kind === "quarter") await writeAgencyFigures(one, { edition, agencyIds: figureValues.agency });
  }
  const periods = published.map(({ period }) => period);
  const isFirst = await close({ month, since, periods, edition, asOf: closesAt(month), closedAt: now });
  log.info("month closed", { month, edition, periods: periods.length, isFirst });
}

async function computed({ month, since }: { month: IranianMonth; since: IranianMonth }): Promise<PublishedPeriod[]> {
  const months = monthsToCount({ month, since });
  const cohorts = new Map<IranianMonth, Awaited<ReturnType<typeof readCounted>>>();
  for (const one of months) cohorts.set(one, await readCounted({ closing: month, month: one }));
  const earlier = await readEarlier(months, monthsLater(month, -1));
  const { categories, counties } = directory;
  const published = publish({
    closing: month,
    cohorts,
    earlier,
    values: figureValues,
    agencies: servingAgencies,
    retirable: { category: categories, county: counties },
  });
  return published.map((one) => withPeers(one, groupOf));
}

const groupOf = (agencyId: string) => countedProvince.agencies.find(({ id }) => id === agencyId)?.peerGroup;

/** What was published on earlier days of these months, the last one being closed now, and of the month before it in any case. */
async function readEarlier(months: IranianMonth[], before: IranianMonth): Promise<PublishedPeriod[]> {
  const known = [before, ...months];
  const [first = before] = known.toSorted();
  const closed = await readClosed({ from: first, to: before });
  const within = closed.flatMap(({ periods, edition }) =>
    periods
      .filter((period) => monthsOf(period).every((one) => known.includes(one)))
      .map((period) => ({ period, edition })),
  );
  const earlier: PublishedPeriod[] = [];
  for (const one of within) earlier.push(await readPublished(one));
  return earlier;
}
