import type { Material } from "#functions/page/material.ts";
import { tablesOfPages } from "#functions/page/model/reading.ts";
import { daysLater } from "#shared/domain/statistics/iranian-month.ts";
import type { Measure } from "#shared/domain/statistics/partition.ts";
import { closesOn, type Period } from "#shared/domain/statistics/period.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { toldTable } from "#shared/domain/statistics/table-figures.ts";
import type { Counted } from "#shared/domain/statistics/tallies.ts";
import { mulberry32 } from "../../infra/demo/year/chance.ts";
import { publishedOf } from "../attack/publishing.ts";
import { aWorld, type World } from "../attack/world.ts";
import { aPageProvince, counties } from "./a-page-province.ts";

/** Some agencies serve otherwise than most: the share of what they are late with, and of what they do well after all. */
const ways: Record<string, { worse?: number; better?: number }> = {
  "agency-2": { worse: 0.6 },
  "agency-5": { better: 0.5 },
  "agency-7": { better: 0.25 },
  "agency-9": { worse: 0.7 },
  "agency-16": { worse: 0.45 },
};
/** From this month on all of them do better. */
const changed = "1404-12";

const published = new Map<string, PublishedPeriod[]>();

type Lived = { agencies?: number; months?: number; perMonth?: number; seed?: number };

/** A year and a half of an invented province, published month after month by the domain's own rules; once for all tests. */
export function aPublishedWorld(lived: Lived = {}): PublishedPeriod[] {
  const name = JSON.stringify(lived);
  const known = published.get(name) ?? publishedOf(worldOf(lived));
  published.set(name, known);
  return known;
}

function worldOf({ agencies = 24, months = 19, perMonth = 320, seed = 7 }: Lived): World {
  const shape = { name: "page", agencies, countiesEach: 6, perMonth, months };
  const world = aWorld(shape, seed);
  const chance = mulberry32(seed);
  const filed: World["filed"] = new Map(
    [...world.filed].map(([month, all]) => [
      month,
      all.map(({ early, late }) => {
        const [luck, voice] = [chance(), chance()];
        return { early: lived(early, { month, luck, voice }), late: lived(late, { month, luck, voice }) };
      }),
    ]),
  );
  return { ...world, filed };
}

type Luck = { month: string; luck: number; voice: number };

function lived(one: Counted, { month, luck, voice }: Luck): Counted {
  const { worse = 0, better = 0 } = ways[one.place.agency ?? ""] ?? {};
  const gain = better + (month >= changed ? 0.22 : 0);
  const outcome = one.measures.find((measure) => measure.startsWith("outcome:"))?.slice(8) ?? "";
  const isWell = outcome === "G" || outcome === "U";
  const after = isWell && luck < worse ? "L" : (outcome === "U" || outcome === "L") && luck < gain ? "G" : outcome;
  const measures = one.measures.map(
    (measure): Measure => (measure.startsWith("outcome:") ? `outcome:${after}` : measure),
  );
  const group = after === "G" ? "acceptors" : after === "U" ? "silent" : "others";
  return { ...one, measures: [...measures, ...saidBy(group, voice)] };
}

/** Three of ten answer when they are called, some are called in vain. */
function saidBy(group: string, voice: number): Measure[] {
  if (voice > 0.42) return [];
  if (voice > 0.3) return [`called-outcome:${voice < 0.34 ? "refused" : "no-contact"}`];
  const said = voice < 0.13 ? "yes" : voice < 0.2 ? "partly" : "no";
  return ["called-outcome:answered", `called-${group}-solved:${said}` as Measure];
}

const hours = {
  date: "2026-11-26",
  counties: counties.map(({ id }, n) => ({
    countyId: id,
    open: n === 5 ? [] : [{ from: n === 3 ? "10:00" : "07:30", to: "13:00" }],
    ...(n === 5 && { reason: { fa: "قطع برق", en: "Power cut" } }),
    ...(n === 3 && { reason: { fa: "یخبندان" } }),
  })),
};

/** What the pages of a published world are made of, as it is read on 5 Azar 1405. */
type Overrides = Partial<Omit<Material, "closed">> & { closed?: readonly Period[] };

export function aMaterial(published: readonly PublishedPeriod[], overrides: Overrides = {}): Material {
  const province = overrides.province ?? aPageProvince();
  const closed: Period[] = overrides.closed ? [...overrides.closed] : published.map(({ period }) => period);
  const cellsOf = ({ period, table }: { period: Period; table: keyof PublishedPeriod["tables"] }) =>
    published.find((one) => one.period.kind === period.kind && one.period.name === period.name)?.tables[table];
  const groupOf = (id: string) => province.agencies.find((agency) => agency.id === id)?.peerGroup;
  const tables = tablesOfPages(closed).map(({ period, table }) => ({
    period,
    table,
    cells: toldTable({ period, table, published: cellsOf, closed, groupOf }),
  }));
  return {
    province,
    now: "2026-11-26T08:30:00.000Z",
    since: "1404-01",
    tables,
    open: {
      date: "2026-11-22",
      countedAt: "2026-11-22T02:30:00.000Z",
      past: Array.from({ length: 24 }, (_, n) => ({
        date: daysLater("2026-11-22", -30 * (24 - n)),
        province: { overdue: 50 + 10 * ((n * 7) % 2), notOverdue: 110 + 10 * ((n * 5) % 3) },
      })),
      count: {
        province: { overdue: 40, notOverdue: 110 },
        agencies: { "agency-2": { overdue: 10, notOverdue: 20 }, "agency-9": { overdue: "<10", notOverdue: "<10" } },
      },
    },
    hours,
    ...overrides,
    closed: closed.map((period) => ({ ...period, publishedOn: closesOn(period) })),
  };
}
