import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Period } from "#shared/domain/statistics/period.ts";
import {
  PublishedCell,
  type PublishedPeriod,
  type PublishedTables,
  tablesOf,
} from "#shared/domain/statistics/published.ts";
import type { Table } from "#shared/domain/statistics/table.ts";
import { noTallies, Tallies, together } from "#shared/domain/statistics/tallies.ts";
import { env } from "#shared/runtime/env.ts";
import { editionPrefix, portionKey, shownKey, talliesKey } from "#shared/runtime/keys.ts";
import { readPartition } from "../items.ts";
import { readable } from "../readable.ts";
import { table as complaints } from "../table.ts";
import { Packed, pack, portionsOf, unpacked } from "./packed.ts";

const Figures = z.object({ figures: Packed });

/** `edition`: as the closed month names it. */
type Edited = { period: Period; edition: string };

/** Writes a period's figures. Nobody believes them until the month is closed that names their edition. */
export async function writePeriod({ period, tallies, tables }: PublishedPeriod, edition: string): Promise<void> {
  for (const [number, figures] of talliesInPortions(tallies).entries())
    await put({ pk: talliesKey({ period }), sk: portionKey({ edition, number }), figures });
  for (const table of tablesOf(period))
    for (const [number, figures] of portionsOf(tables[table] ?? []).entries())
      await put({ pk: shownKey({ period }), sk: portionKey({ edition, table, number }), figures });
}

/** Puts figures, packed. */
export async function put({ figures, ...keys }: { pk: string; sk: string; figures: unknown }): Promise<void> {
  const Item = { ...keys, figures: pack(figures) };
  await complaints.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

/** Tallies that add up to these, each small enough for an item. */
export function talliesInPortions({ tables, retaliations }: Tallies): Tallies[] {
  const cells = Object.entries(tables).flatMap(([table, cells]) =>
    Object.entries(cells).map(([cell, measures]) => [table, cell, measures] as const),
  );
  return portionsOf(cells).map((portion, number) => {
    const part: Tallies = { ...noTallies(), ...(number === 0 && { retaliations }) };
    for (const [table, cell, measures] of portion) {
      const begun = part.tables[table as Table] ?? {};
      begun[cell] = measures;
      part.tables[table as Table] = begun;
    }
    return part;
  });
}

/** One table of a closed period, as it is published. */
export async function readShown({ period, edition, table }: Edited & { table: Table }): Promise<PublishedCell[]> {
  const portions = await readPortions({ pk: shownKey({ period }), prefix: editionPrefix(edition, table) });
  return portions.flatMap((bytes) => unpacked(z.array(PublishedCell), bytes));
}

/** All that was counted and published of a closed period. */
export async function readPublished({ period, edition }: Edited): Promise<PublishedPeriod> {
  const portions = await readPortions({ pk: talliesKey({ period }), prefix: editionPrefix(edition) });
  const tables: PublishedTables = {};
  for (const table of tablesOf(period)) tables[table] = await readShown({ period, edition, table });
  return { period, tallies: together(portions.map((bytes) => unpacked(Tallies, bytes))), tables };
}

async function readPortions({ pk, prefix }: { pk: string; prefix: string }): Promise<Uint8Array[]> {
  const items = await readPartition(pk, prefix);
  return items.map((item) => readable(Figures, item).figures);
}
