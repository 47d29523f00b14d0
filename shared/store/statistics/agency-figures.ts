import * as z from "zod";
import { filedOf, OwnFigures, ownFigures } from "#shared/domain/statistics/own-figures.ts";
import { monthsOf, type Period } from "#shared/domain/statistics/period.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { ownFiguresKey, partitions, quarterKey } from "#shared/runtime/keys.ts";
import { readItem, readPartition } from "../items.ts";
import { readable } from "../readable.ts";
import { type ClosedMonth, readClosedMonth } from "./closed.ts";
import { put } from "./editions.ts";
import { Packed, unpacked } from "./packed.ts";

const Filed = z.record(z.string(), z.int());
const Stored = z.object({ figures: Packed });

type Writing = { edition: string; agencyIds: readonly string[] };

/** Writes how many complaints of a quarter stand with each agency, and what each may know of its own. */
export async function writeAgencyFigures({ period, tallies }: PublishedPeriod, { edition, agencyIds }: Writing) {
  const sk = quarterKey({ period, edition });
  await put({ pk: partitions.filed, sk, figures: filedOf(tallies) });
  for (const agencyId of agencyIds)
    await put({ pk: ownFiguresKey(agencyId), sk, figures: ownFigures(tallies, agencyId) });
}

/** How many complaints of a quarter stood with an agency; undefined where it is not closed. */
export async function readFiled({ agencyId, quarter }: { agencyId: string; quarter: string }) {
  const period = { kind: "quarter" as const, name: quarter };
  const closed = await readClosedMonth(monthsOf(period).at(-1) ?? "");
  if (!closed?.periods.some(({ kind }) => kind === "quarter")) return undefined;
  const Key = { pk: partitions.filed, sk: quarterKey({ period, edition: closed.edition }) };
  const item = await readItem(Key, { ConsistentRead: false });
  return unpacked(Filed, readable(Stored, item).figures)[agencyId] ?? 0;
}

const quartersIn = (closed: ClosedMonth[]) =>
  closed.flatMap(({ periods, edition }) =>
    periods.filter(({ kind }) => kind === "quarter").map((period) => ({ period, edition })),
  );

/** What an agency may know of its own work in each closed quarter, the earliest first. */
export async function readOwnFigures({ agencyId, closed }: { agencyId: string; closed: ClosedMonth[] }) {
  const items = await readPartition(ownFiguresKey(agencyId));
  return quartersIn(closed).flatMap((quarter): { quarter: Period; figures: OwnFigures }[] => {
    const item = items.find(({ sk }) => sk === quarterKey(quarter));
    return item ? [{ quarter: quarter.period, figures: unpacked(OwnFigures, readable(Stored, item).figures) }] : [];
  });
}
