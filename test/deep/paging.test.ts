import { expect, test, vi } from "vitest";
import * as z from "zod";
import { headWrite } from "#shared/complaints/complaints.store.ts";
import { aComplaint } from "../support/a-complaint.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { sizeOf } from "../support/trial-size.ts";

const cloud = withLocalCloud();
const many = sizeOf("pages");
const idOf = (n: number) => `QZ-${String(n).padStart(4, "0")}-${String(n % 7).padStart(4, "P")}-0`;
const Page = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().optional() });

/** Complaints as they stand in the table, due within a few minutes of each other, many at the same instant. */
function standing(count: number, fields: Parameters<typeof aComplaint>[0]): Record<string, unknown>[] {
  vi.stubEnv("COMPLAINTS_TABLE", "complaints");
  return Array.from({ length: count }, (_, n) => {
    const answerBy = new Date(Date.now() + 180 * 86_400_000 + (n % 400) * 1_000).toISOString();
    const complaint = aComplaint({ ...fields, id: idOf(n), acknowledgeBy: answerBy, answerBy, reviewBy: answerBy });
    return headWrite({ complaint, condition: undefined }).Put?.Item ?? {};
  });
}

type Walk = { as: string; path: string; between?: (page: number) => Promise<unknown> };

async function walk({ as, path, between }: Walk): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page === 0 || cursor; page++) {
    const { status, body, text } = await cloud.call({
      as,
      path: `${path}limit=100${cursor ? `&cursor=${cursor}` : ""}`,
    });
    expect(status, text).toBe(200);
    const { items, nextCursor } = Page.parse(body);
    ids.push(...items.map(({ id }) => id));
    cursor = nextCursor;
    await between?.(page);
  }
  return ids;
}

test("an agency pages through all its complaints, once each, while others are being written", async () => {
  await cloud.tables.putComplaintItems(standing(many, { agencyId: "gas" }));
  const written: string[] = [];
  const between = async () => {
    const more = await Promise.all([
      cloud.file({ agencyId: "gas" }),
      cloud.file({ agencyId: "gas", category: "disrespect" }),
    ]);
    written.push(...more.map(({ id }) => id));
  };
  const listed = await walk({ as: "agency-gas", path: "/v1/agency/complaints?", between });
  expect(new Set(listed).size).toBe(listed.length);
  const stayed = listed.filter((id) => !written.includes(id));
  expect(stayed.sort()).toEqual(Array.from({ length: many }, (_, n) => idOf(n)).sort());
  expect(written.length).toBeGreaterThan(many / 60);
});

test("inspectors and overseers page through what climbed and what is disputed, the highest first", async () => {
  const third = Math.floor(many / 3);
  const disputed = standing(third, { status: "disputed", agencyId: "post" });
  const high = standing(third * 2, { level: 4, agencyId: "post" }).slice(third);
  const elsewhere = standing(third * 3, { level: 2, agencyId: "post", countyId: "takestan" }).slice(third * 2);
  await cloud.tables.putComplaintItems([...disputed, ...high, ...elsewhere]);
  const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => idOf(from + n)).sort();
  const desk = (queue: string) => walk({ as: "inspector-1", path: `/v1/inspector/complaints?queue=${queue}&` });
  expect((await desk("disputed")).sort()).toEqual(ids(0, third));
  const escalated = await desk("escalated");
  expect([...escalated].sort()).toEqual(ids(third, third * 3));
  expect(escalated.slice(0, third).sort()).toEqual(ids(third, third * 2));
  const overseen = (as: string) => walk({ as, path: "/v1/overseer/complaints?" });
  expect((await overseen("governor-takestan")).sort()).toEqual(ids(third * 2, third * 3));
  expect((await overseen("governor-qazvin")).sort()).toEqual(ids(third, third * 2));
});
