import { expect, test } from "vitest";
import { askedPeriods } from "#functions/api/any-caller/statistics-query.ts";
import { idNames, rowOf, StatisticsRow } from "#functions/api/any-caller/statistics-row.ts";
import type { Material, SiteFile, ToldTable } from "#functions/page/material.ts";
import { siteFiles } from "#functions/page/site.ts";
import { Figures } from "#shared/domain/statistics/figures.ts";
import { OpenNow } from "#shared/domain/statistics/open-now.ts";
import { cellKey, dimensionsOf } from "#shared/domain/statistics/table.ts";
import { definitions } from "../../infra/documents/statistics/definitions.ts";
import { aMaterial, aPublishedWorld } from "../page/a-material.ts";

/*
 * Whoever has all that the site publishes learns no more than from the statistics: from their documents alone anybody can
 * make the same site, to the byte. So nothing in it, no order, no rounding, no length of a bar, follows from anything else.
 */

const assets = { style: "/style.css", fonts: [], definitions };
const published = aPublishedWorld({ months: 16, perMonth: 260 });

/** What the documents do not tell must not show: here every cell keeps a secret of its own. */
const material = withSecrets(aMaterial(published));

function withSecrets(told: Material): Material {
  const tables = told.tables.map((one, n) => ({
    ...one,
    cells: one.cells.map(({ cell, figures }, m) => ({ cell: { ...cell, secret: `${n}-${m}` }, figures })),
  }));
  const past = told.open?.past.map((one, n) => ({ ...one, province: { ...one.province, secret: `past-${n}` } })) ?? [];
  return { ...told, tables, open: told.open && { ...told.open, past } };
}

/** A table as `GET /v1/statistics` answers it, read by a stranger. */
function fromDocument({ period, table, cells }: ToldTable): ToldTable {
  expect(
    askedPeriods({ period: period.kind, table, from: period.name, to: period.name }, [
      { month: "1405-08", periods: material.closed },
    ]),
  ).toEqual([expect.objectContaining(period)]);
  const sent = JSON.stringify({ items: cells.map((cell) => rowOf(cell, { period, table })) });
  const rows = StatisticsRow.array().parse(JSON.parse(sent).items);
  return { period, table, cells: rows.map((row) => cellOf(row, table)) };
}

function cellOf(row: StatisticsRow, table: ToldTable["table"]): ToldTable["cells"][number] {
  const place = Object.fromEntries(dimensionsOf[table].map((dimension) => [dimension, row[idNames[dimension]]]));
  const cell = cellKey(table, place) ?? expect.unreachable();
  return { cell: { cell, all: row.count, parts: row.parts }, figures: Figures.parse(row) };
}

/** As `GET /v1/statistics/now` answers it, and answered it in each month before. */
function openFromDocument({ open }: Material): Material["open"] {
  if (!open) return undefined;
  const { province, agencies } = OpenNow.parse(JSON.parse(JSON.stringify(open.count)));
  const past = open.past.map((one) => ({
    date: one.date,
    province: OpenNow.shape.province.parse(JSON.parse(JSON.stringify(one.province))),
  }));
  return { date: open.date, countedAt: open.countedAt, count: { province, agencies }, past };
}

/** What a drawing or a picture follows from stands for its bytes, which take long to draw. */
const saidBy = (files: SiteFile[]) =>
  new Map(files.map(({ path, body, madeOf }) => [path, typeof body === "function" ? madeOf : body]));

const rebuilt = () => ({ ...material, tables: material.tables.map(fromDocument), open: openFromDocument(material) });

test("from the documents of the statistics anybody can make the same site: it tells nothing else", () => {
  const [real, guessed] = [saidBy(siteFiles(material, assets)), saidBy(siteFiles(rebuilt(), assets))];
  expect(real.size).toBeGreaterThan(100);
  for (const kind of ["/embed/", "/share/", "/agencies/", "/feed.atom"])
    expect([...real.keys()].filter((path) => path.includes(kind)).length).toBeGreaterThan(0);
  const different = [...real].filter(([path, said]) => said === undefined || guessed.get(path) !== said);
  expect(different.map(([path]) => path)).toEqual([]);
});

test("what is drawn of them is the same to the byte too", async () => {
  const [one, other] = [siteFiles(material, assets), siteFiles(rebuilt(), assets)];
  const drawn = async (files: SiteFile[], path: string) => {
    const body = files.find((file) => file.path === path)?.body;
    return Buffer.from(typeof body === "function" ? await body() : expect.unreachable());
  };
  for (const path of ["/embed/fa/glance.svg", "/embed/en/months.svg", "/share/fa/province.png"])
    expect((await drawn(one, path)).equals(await drawn(other, path))).toBe(true);
});

test("an order of what is listed tells nothing that the statistics do not", () => {
  const shuffled = material.tables.map((told) => {
    // Agencies of four quarters are told in an order, by the evidence that stands beside them.
    const isTold = told.table === "agency" && told.period.kind === "four-quarters";
    return isTold ? told : { ...told, cells: told.cells.toSorted(byKeyBackwards) };
  });
  const [real, guessed] = [material, { ...material, tables: shuffled }].map((one) => saidBy(siteFiles(one, assets)));
  expect([...(real ?? [])].filter(([path, said]) => guessed?.get(path) !== said).map(([path]) => path)).toEqual([]);
});

const byKeyBackwards = ({ cell: one }: ToldTable["cells"][number], { cell: other }: ToldTable["cells"][number]) =>
  other.cell.localeCompare(one.cell);
