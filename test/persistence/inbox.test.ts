import { expect, test } from "vitest";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { headWrite } from "#shared/persistence/complaints/complaints.ts";
import { listInbox } from "#shared/persistence/complaints/work-queues.ts";
import type { Position } from "#shared/persistence/table.ts";
import { writeTransaction } from "#shared/persistence/transaction.ts";
import { aComplaint } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";

withRealTables();

const idOf = (n: number) => `QZ-${String(n).padStart(4, "0")}-0000-0`;
const write = (fields: Partial<Complaint>) =>
  writeTransaction([headWrite({ complaint: aComplaint(fields), condition: undefined })]);

const now = "2026-11-25T00:00:00.000Z";
type Query = Omit<Parameters<typeof listInbox>[0], "from" | "now"> & { now?: string };

async function pages(query: Query): Promise<string[][]> {
  const all: string[][] = [];
  let from: Position | undefined;
  do {
    const page = await listInbox({ now, ...query, from });
    all.push(page.items.map(({ id }) => id));
    from = page.next;
  } while (from);
  return all;
}

test("an agency's complaints come soonest due first, page after page, once each", async () => {
  const minutes = [40, 10, 30, 20, 50];
  for (const [n, minute] of minutes.entries())
    await write({ id: idOf(n), agencyId: "gas", acknowledgeBy: `2026-11-24T09:${minute}:00.000Z` });
  await write({ id: idOf(9), agencyId: "post" });
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
      answerBy: `2026-11-24T09:${n - 190}:00.000Z`,
      id: idOf(n),
      agencyId: "post",
      level: n % 4 === 0 ? 2 : 0,
      status: n % 2 ? "acknowledged" : "filed",
    });
  expect(await pages({ agencyId: "post", limit: 2, escalated: true })).toEqual([[idOf(200), idOf(204)], [idOf(208)]]);
  expect((await pages({ agencyId: "post", limit: 25, status: "acknowledged" })).flat()).toHaveLength(6);
});

test("what is closed is listed only when asked for", async () => {
  await write({ id: idOf(300), agencyId: "environment", status: "closed" });
  expect(await pages({ agencyId: "environment", limit: 25 })).toEqual([[]]);
  expect(await pages({ agencyId: "environment", limit: 25, status: "closed" })).toEqual([[idOf(300)]]);
});

test("an office's complaints alone are listed where it is named", async () => {
  for (const n of [400, 401, 402])
    await write({ id: idOf(n), agencyId: "telecom", officeId: n === 401 ? "telecom-1" : "telecom-2" });
  expect(await pages({ agencyId: "telecom", limit: 25, officeId: "telecom-1" })).toEqual([[idOf(401)]]);
});

test("of what was closed long ago, and may be held, officers are not named, and in the end nothing is listed", async () => {
  const officer = { name: "مریم کریمی" };
  const closedAt = "2026-11-25T08:00:00.000Z";
  await write({ id: idOf(500), agencyId: "roads", status: "closed", closedAt, officer });
  const closed = { agencyId: "roads", limit: 25, status: "closed" } as const;
  const officerAt = async (now: string) => (await listInbox({ ...closed, now })).items.map(({ officer }) => officer);
  expect(await officerAt("2031-11-24T07:59:59.999Z")).toEqual([officer]);
  expect(await officerAt("2031-11-24T08:00:00.000Z")).toEqual([{ name: "█████" }]);
  expect(await pages({ ...closed, now: "2036-11-22T07:59:59.999Z" })).toEqual([[idOf(500)]]);
  expect(await pages({ ...closed, now: "2036-11-22T08:00:00.000Z" })).toEqual([[]]);
});

test.each([2_000, 20_000])("a made-up position of %i characters is refused as a wrong cursor", async (length) => {
  const from = { inbox: "AGENCY#gas#open", inboxAt: "9".repeat(length) };
  const listed = listInbox({ agencyId: "gas", limit: 10, now, from });
  await expect(listed).rejects.toMatchObject({ code: "cursor-invalid" });
});
