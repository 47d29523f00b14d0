import { expect, test } from "vitest";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { headWrite } from "#shared/complaints/complaints.store.ts";
import type { Filter } from "#shared/complaints/filter.ts";
import { listOfAgency, pageOfList } from "#shared/complaints/lists.store.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { aComplaint, agencyPrincipal } from "../support/a-complaint.ts";
import { pagesOfList } from "../support/pages-of-lists.ts";
import { withRealTables } from "../support/real-tables.ts";

withRealTables();

const idOf = (n: number) => `QZ-${String(n).padStart(4, "0")}-0000-0`;
const write = (fields: Partial<Complaint>) =>
  writeTransaction([headWrite({ complaint: aComplaint(fields), condition: undefined })]);

const now = "2026-11-25T00:00:00.000Z";
type Query = { agencyId: string; limit?: number; now?: string; filter?: Filter };

const pages = async ({ agencyId, ...query }: Query) =>
  (await pagesOfList((list) => listOfAgency({ ...agencyPrincipal, agencyId }, list), { now, ...query })).pages;

test("an agency's complaints come soonest due first, page after page, once each", async () => {
  const minutes = [40, 10, 30, 20, 50];
  for (const [n, minute] of minutes.entries())
    await write({ id: idOf(n), agencyId: "gas", acknowledgeBy: `2026-11-24T09:${minute}:00.000Z` });
  await write({ id: idOf(9), agencyId: "courts" });
  expect(await pages({ agencyId: "gas", limit: 2 })).toEqual([[idOf(1), idOf(3)], [idOf(2), idOf(0)], [idOf(4)]]);
});

test("many due at the same instant are all listed", async () => {
  for (let n = 100; n < 110; n++) await write({ id: idOf(n), agencyId: "water-and-wastewater" });
  const listed = (await pages({ agencyId: "water-and-wastewater", limit: 3 })).flat();
  expect(listed.sort()).toEqual(Array.from({ length: 10 }, (_, n) => idOf(100 + n)));
});

test("a filter finds its few among the many, and the last page says so", async () => {
  for (let n = 200; n < 212; n++)
    await write({
      acknowledgeBy: `2026-11-24T09:${n - 190}:00.000Z`,
      answerBy: n % 4 === 1 ? `2026-11-25T09:${n - 190}:00.000Z` : `2026-11-24T09:${n - 190}:00.000Z`,
      id: idOf(n),
      agencyId: "post",
      status: n % 2 ? "acknowledged" : "answered",
      confirmBy: "2026-11-24T09:00:00.000Z",
    });
  // A citizen who has not confirmed in time is not late.
  expect(await pages({ agencyId: "post", limit: 2, filter: { late: true } })).toEqual([
    [idOf(203), idOf(207)],
    [idOf(211)],
  ]);
  expect((await pages({ agencyId: "post", filter: { late: false } })).flat()).toHaveLength(9);
  expect((await pages({ agencyId: "post", filter: { status: "acknowledged" } })).flat()).toHaveLength(6);
});

test("what is closed is listed only when asked for, the latest closing first", async () => {
  for (const n of [300, 301, 302])
    await write({
      id: idOf(n),
      agencyId: "environment",
      status: "closed",
      closure: n === 301 ? "expired" : "accepted",
      closedAt: `2026-11-2${n - 300}T08:00:00.000Z`,
    });
  expect(await pages({ agencyId: "environment" })).toEqual([[]]);
  const closed = { agencyId: "environment", filter: { status: "closed" } } as const;
  expect(await pages(closed)).toEqual([[idOf(302), idOf(301), idOf(300)]]);
  expect(await pages({ ...closed, limit: 2 })).toEqual([[idOf(302), idOf(301)], [idOf(300)]]);
  expect(await pages({ agencyId: "environment", filter: { closure: "expired" } })).toEqual([[idOf(301)]]);
});

test.each<[string, Filter, string[]]>([
  ["the office", { officeId: "telecom-1" }, ["0"]],
  ["the county", { countyId: "takestan" }, ["1"]],
  ["the category", { category: "disrespect" }, ["2"]],
  ["the cause", { cause: "capacity" }, ["3"]],
  ["the officer's name, in any spelling", { officer: "مريم  کریمی" }, ["4"]],
  ["the officer's personnel id, with digits of any script", { officer: "۷۷ a" }, ["4"]],
  ["the first day of filing in Tehran", { from: "2026-11-25" }, ["5"]],
  ["the last day of filing in Tehran", { to: "2026-11-23" }, ["6"]],
  ["the start of the id", { id: "0400" }, ["0"]],
  ["the start of the id with the province's letters", { id: "QZ0401" }, ["1"]],
])("%s is asked for", async (_, filter, found) => {
  const fields: Partial<Complaint>[] = [
    { officeId: "telecom-1" },
    { countyId: "takestan" },
    { category: "disrespect" },
    { cause: "capacity" },
    { officer: { name: "مریم کریمی", personnelId: "77A" } },
    // Half past eight in the evening in UTC is the next day in Tehran.
    { filedAt: "2026-11-24T20:30:00.000Z" },
    { filedAt: "2026-11-23T20:29:59.999Z" },
  ];
  for (const [n, one] of fields.entries()) await write({ id: idOf(400 + n), agencyId: "telecom", ...one });
  expect(await pages({ agencyId: "telecom", filter })).toEqual([found.map((n) => idOf(400 + Number(n)))]);
});

test("of what was closed long ago, and may be held, officers are not named, and in the end nothing is listed", async () => {
  const officer = { name: "مریم کریمی" };
  const closedAt = "2026-11-25T08:00:00.000Z";
  await write({ id: idOf(500), agencyId: "roads", status: "closed", closedAt, officer });
  const roads = { ...agencyPrincipal, agencyId: "roads" };
  const officerAt = async (now: string, filter: Filter = {}) => {
    const list = listOfAgency(roads, { filter: { status: "closed", ...filter }, now });
    return (await pageOfList(list, 25)).items.map(({ complaint }) => complaint.officer);
  };
  expect(await officerAt("2031-11-24T07:59:59.999Z", { officer: officer.name })).toEqual([officer]);
  expect(await officerAt("2031-11-24T08:00:00.000Z")).toEqual([{ name: "█████" }]);
  expect(await officerAt("2031-11-24T08:00:00.000Z", { officer: officer.name })).toEqual([]);
  expect(await officerAt("2036-11-22T07:59:59.999Z")).toHaveLength(1);
  expect(await officerAt("2036-11-22T08:00:00.000Z")).toEqual([]);
});

test.each([2_000, 20_000])("a made-up position of %i characters is refused as a wrong cursor", async (length) => {
  const from = { inbox: "AGENCY#social-security#open", inboxAt: "9".repeat(length) };
  const listed = pageOfList(listOfAgency(agencyPrincipal, { filter: {}, from, now }), 10);
  await expect(listed).rejects.toMatchObject({ code: "cursor-invalid" });
});
