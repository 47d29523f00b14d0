import { expect, test } from "vitest";
import { summaryOf } from "#functions/complaints/summary.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { aComplaint } from "../../support/a-complaint.ts";

const now = "2026-11-24T07:00:00.000Z";
const soon = "2026-11-24T09:00:00.000Z";
const names = { agency: {}, county: { qazvin: { fa: "قزوین", en: "Qazvin" } }, office: {}, category: {} };

async function* all(...complaints: Partial<Complaint>[]) {
  for (const complaint of complaints) yield aComplaint(complaint);
}
const counted = (...complaints: Partial<Complaint>[]) =>
  summaryOf(all(...complaints), { now, names, soonUntil: (countyId) => (countyId === "qazvin" ? soon : now) });

test.each<[string, Partial<Complaint>, object]>([
  ["due at the end of the two office hours", { acknowledgeBy: soon }, { dueSoon: 1 }],
  ["due a moment later", { acknowledgeBy: "2026-11-24T09:00:00.001Z" }, {}],
  ["due at once", { acknowledgeBy: now }, { late: 1 }],
  ["late with the answer", { status: "acknowledged", answerBy: now, level: 2 }, { late: 1 }],
  ["disputed and late", { status: "disputed", reviewBy: now }, { late: 1, disputed: 1 }],
  ["in the citizen's hands", { status: "answered", confirmBy: now }, { answered: 1 }],
])("a complaint that is %s", async (_, fields, counts) => {
  expect(await counted(fields)).toMatchObject({ open: 1, dueSoon: 0, late: 0, answered: 0, disputed: 0, ...counts });
});

test("counts go by level, agency, county and category, with the names of those that the province has", async () => {
  const summary = await counted(
    { level: 2, acknowledgeBy: now },
    { level: 10, agencyId: "gas", countyId: "abyek" },
    { level: 0, agencyId: "gas", category: "constructor" },
  );
  const one = { open: 1, dueSoon: 0, late: 0, answered: 0, disputed: 0 };
  expect(JSON.parse(JSON.stringify(summary))).toEqual({
    countedAt: now,
    open: 3,
    dueSoon: 0,
    late: 1,
    answered: 0,
    disputed: 0,
    levels: [
      { level: 0, ...one },
      { level: 2, ...one, late: 1 },
      { level: 10, ...one },
    ],
    agencies: [
      { id: "gas", ...one, open: 2 },
      { id: "social-security", ...one, late: 1 },
    ],
    counties: [
      { id: "abyek", ...one },
      { id: "qazvin", name: names.county.qazvin, ...one, open: 2, late: 1 },
    ],
    categories: [
      { id: "constructor", ...one },
      { id: "postponed-without-reason", ...one, open: 2, late: 1 },
    ],
  });
});
