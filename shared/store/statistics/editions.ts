import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Period } from "#shared/domain/statistics/period.ts";
import { monthsOf } from "#shared/domain/statistics/period.ts";
import { PublishedCell, type PublishedPeriod, tablesOf } from "#shared/domain/statistics/published.ts";
import type { Table } from "#shared/domain/statistics/table.ts";
import { env } from "#shared/runtime/env.ts";
import { editionPrefix, partitions, periodKey, portionKey, publishedKey } from "#shared/runtime/keys.ts";
import { readItem, readPartition } from "../items.ts";
import { readable } from "../readable.ts";
import { table as complaints } from "../table.ts";
import { readClosedMonth } from "./closed.ts";
import { pack, packed, portionsOf } from "./packed.ts";

const Cells = z.object({ figures: packed(z.array(PublishedCell)) });

/** `edition`: as the closed month names it. */
type Edited = { period: Period; edition: string };

/** Writes a period's figures. They are read only once a closed month names their edition. */
export async function writePeriod({ period, tables }: PublishedPeriod, edition: string): Promise<void> {
  for (const table of tablesOf(period.kind))
    for (const [number, figures] of portionsOf(tables[table] ?? []).entries())
      await put({ pk: publishedKey({ period }), sk: portionKey({ edition, table, number }), figures });
  const counts = Object.fromEntries((tables.agency ?? []).map(({ cell, count }) => [cell, count]));
  if (period.kind === "quarter")
    await put({ pk: partitions.agencyCounts, sk: periodKey({ period, edition }), figures: counts });
}

async function put({ figures, ...keys }: { pk: string; sk: string; figures: unknown }): Promise<void> {
  const Item = { ...keys, figures: pack(figures) };
  await complaints.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

/** One table of a closed period, as it is published. */
export async function readTable({ period, edition, table }: Edited & { table: Table }): Promise<PublishedCell[]> {
  const items = await readPartition(publishedKey({ period }), editionPrefix(edition, table));
  return items.flatMap((item) => readable(Cells, item).figures);
}

const AgencyCounts = z.object({ figures: packed(z.record(z.string(), z.int())) });

/** The published count of an agency's complaints of a quarter; undefined where the quarter is not closed. */
export async function readAgencyCount({ agencyId, quarter }: { agencyId: string; quarter: string }) {
  const period = { kind: "quarter" as const, name: quarter };
  const closed = await readClosedMonth(monthsOf(period).at(-1) ?? "");
  if (!closed?.periods.some(({ kind }) => kind === "quarter")) return undefined;
  const Key = { pk: partitions.agencyCounts, sk: periodKey({ period, edition: closed.edition }) };
  const item = await readItem(Key, { ConsistentRead: false });
  return readable(AgencyCounts, item).figures[agencyId] ?? 0;
}
