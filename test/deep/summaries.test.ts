import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { mostRead } from "#shared/storage/table.ts";
import type { Call } from "../support/api-caller.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

/** A Saturday morning. */
const cloud = withLocalCloud("qazvin", Date.parse("2026-12-05T04:40:00.000Z"));
const hour = 60 * 60_000;
const agency = "gas";

const Counts = z.object({ open: z.int(), dueSoon: z.int(), late: z.int(), answered: z.int(), disputed: z.int() });
const Summary = Counts.extend({
  levels: z.array(Counts.extend({ level: z.int() })),
  weeks: z
    .array(
      z.object({
        firstDay: z.string(),
        lastDay: z.string(),
        agencies: z.array(z.object({ id: z.string(), filed: z.int(), answeredInTime: z.int() })),
      }),
    )
    .optional(),
  visits: z.object({ open: z.int(), late: z.int() }).optional(),
});
const Row = z.object({
  id: z.string(),
  level: z.int(),
  status: z.string(),
  lateSince: z.string().optional(),
  agencyId: z.string().optional(),
});
const Page = z.object({ items: z.array(Row), nextCursor: z.string().optional() });

async function bodyOf(call: Call) {
  const answer = await cloud.call(call);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body;
}
const summaryOf = async (as: string, who: string) => Summary.parse(await bodyOf({ as, path: `/v1/${who}/summary` }));

/** The rows of every page of the caller's list. */
async function listed(as: string, who: string, filter = ""): Promise<z.infer<typeof Row>[]> {
  const rows: z.infer<typeof Row>[] = [];
  let cursor = "";
  do {
    const path = `/v1/${who}/complaints?limit=2${filter}${cursor && `&cursor=${cursor}`}`;
    const page = Page.parse(await bodyOf({ as, path }));
    rows.push(...page.items);
    cursor = page.nextCursor ?? "";
  } while (cursor);
  return rows;
}

/** The same numbers, counted from every page of the caller's list. */
async function countedFromList(as: string, who: string) {
  const [rows, dueSoon] = await Promise.all([listed(as, who), listed(as, who, "&dueSoon=true")]);
  const isSoon = new Set(dueSoon.map(({ id }) => id));
  const numbers = (some: typeof rows) => ({
    open: some.length,
    dueSoon: some.filter(({ id }) => isSoon.has(id)).length,
    late: some.filter(({ lateSince }) => lateSince).length,
    answered: some.filter(({ status }) => status === "answered").length,
    disputed: some.filter(({ status }) => status === "disputed").length,
  });
  const levels = [...new Set(rows.map(({ level }) => level))].sort((a, b) => a - b);
  return {
    ...numbers(rows),
    levels: levels.map((level) => ({ level, ...numbers(rows.filter((row) => row.level === level)) })),
  };
}

const post = (as: string, path: string, body: object): Call => ({
  as,
  method: "POST",
  path,
  body,
  headers: { "idempotency-key": crypto.randomUUID() },
});
const answer = (id: string) =>
  bodyOf(
    post(`officer-${agency}`, `/v1/agency/complaints/${id}/answer`, {
      finding: "founded",
      cause: "none",
      text: "انجام شد.",
    }),
  );

const callers = [
  [`agency-${agency}`, "agency"],
  ["governor-qazvin", "overseer"],
  ["governor-takestan", "overseer"],
  ["inspector-1", "inspector"],
] as const;

beforeAll(async () => {
  const filed = await Promise.all(
    Array.from({ length: 9 }, (_, n) =>
      cloud.file({ agencyId: agency, countyId: n < 6 ? "qazvin" : "takestan", officeId: undefined }),
    ),
  );
  for (const { id } of filed.slice(0, 4)) await answer(id);
  const [disputed] = filed;
  await bodyOf({
    secret: disputed?.secret ?? "",
    method: "POST",
    path: `/v1/complaints/${disputed?.id}/dispute`,
    body: { reason: "نشد." },
  });
  await cloud.file({ agencyId: "post" });
});

describe.each([0, 30, 40])("%i hours later", (hours) => {
  beforeAll(async () => {
    // At once, the answers of half a minute ago are still kept.
    if (hours > 0) await cloud.clock.advance(hours * hour);
  });
  test.each(callers)("the numbers of %s are those of its own list", async (as, who) => {
    expect(await summaryOf(as, who)).toMatchObject(await countedFromList(as, who));
  });
});

test("an agency's numbers hold at once what has just come", async () => {
  const before = await summaryOf("agency-post", "agency");
  await cloud.file({ agencyId: "post", countyId: "qazvin", officeId: undefined });
  expect((await summaryOf("agency-post", "agency")).open).toBe(before.open + 1);
});

test("inspectors also read how many visits are open and late; nobody else does", async () => {
  const { items } = z
    .object({ items: z.array(z.object({ reportBy: z.string() })) })
    .parse(await bodyOf({ as: "inspector-1", path: "/v1/inspector/visits?limit=100" }));
  const late = items.filter(({ reportBy }) => Date.parse(reportBy) <= cloud.clock.now()).length;
  expect((await summaryOf("inspector-2", "inspector")).visits).toEqual({ open: items.length, late });
  for (const [as, who] of callers.slice(0, 3))
    expect(JSON.stringify(await bodyOf({ as, path: `/v1/${who}/summary` }))).not.toContain("visit");
});

test("a closed week is counted seven days later, agency by agency, from five complaints on, in the overseer's counties alone", async () => {
  const before = (await summaryOf("governor-qazvin", "overseer")).weeks;
  await cloud.clock.advance(11 * 24 * hour + 2 * hour);
  await cloud.quiet();
  const weeks = async (as: string) =>
    (await summaryOf(as, "overseer")).weeks?.find(({ firstDay }) => firstDay === "2026-12-05");
  expect(await weeks("governor-qazvin")).toEqual({
    firstDay: "2026-12-05",
    lastDay: "2026-12-11",
    agencies: [{ id: agency, filed: 6, answeredInTime: 4 }],
  });
  expect(before?.map(({ firstDay }) => firstDay)).not.toContain("2026-12-05");
  expect((await weeks("governor-takestan"))?.agencies).toEqual([]);
  expect((await weeks("governor-general"))?.agencies).toEqual([{ id: agency, filed: 9, answeredInTime: 4 }]);
});

test("a page examines fewer than two thousand complaints", () => {
  expect(mostRead).toBeLessThan(2_000);
});
