import type { Material } from "#functions/page/material.ts";
import { tablesOfPages } from "#functions/page/model/reading.ts";
import { daysLater } from "#shared/domain/statistics/iranian-month.ts";
import { closesOn, type Period } from "#shared/domain/statistics/period.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { derivedTable } from "#shared/domain/statistics/table-figures.ts";
import { aPageProvince, counties } from "./a-page-province.ts";

const hours = {
  date: "2026-11-26",
  counties: counties.map(({ id }, n) => ({
    countyId: id,
    open: n === 5 ? [] : [{ from: n === 3 ? "10:00" : "07:30", to: "13:00" }],
    ...(n === 5 && { reason: { fa: "قطع برق", en: "Power cut" } }),
    ...(n === 3 && { reason: { fa: "یخبندان" } }),
  })),
};

type Overrides = Partial<Omit<Material, "closed">> & { closed?: readonly Period[] };

/** The material of the pages of a published world, as it is read on 5 Azar 1405. */
export function aMaterial(published: readonly PublishedPeriod[], overrides: Overrides = {}): Material {
  const province = overrides.province ?? aPageProvince();
  const closed: Period[] = overrides.closed ? [...overrides.closed] : published.map(({ period }) => period);
  const cellsOf = ({ period, table }: { period: Period; table: keyof PublishedPeriod["tables"] }) =>
    published.find((one) => one.period.kind === period.kind && one.period.name === period.name)?.tables[table];
  const tables = tablesOfPages(closed).map(({ period, table }) => ({
    period,
    table,
    cells: derivedTable({ period, table, published: cellsOf, closed }),
  }));
  return {
    province,
    now: "2026-11-26T08:30:00.000Z",
    since: "1404-01",
    tables,
    waiting: {
      date: "2026-11-22",
      countedAt: "2026-11-22T02:30:00.000Z",
      past: Array.from({ length: 24 }, (_, n) => ({
        date: daysLater("2026-11-22", -30 * (24 - n)),
        province: { late: 50 + 10 * ((n * 7) % 2), openInTime: 110 + 10 * ((n * 5) % 3) },
      })),
      count: {
        province: { late: 40, openInTime: 110 },
        agencies: { "agency-2": { late: 30, openInTime: 20 }, "agency-9": { late: "<20", openInTime: "<20" } },
      },
    },
    hours,
    ...overrides,
    closed: closed.map((period) => ({ ...period, publishedOn: closesOn(period) })),
  };
}
