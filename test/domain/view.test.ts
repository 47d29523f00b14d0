import { describe, expect, test } from "vitest";
import { acknowledge, answer } from "#shared/domain/complaint/agency-move.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { readIdentity } from "#shared/domain/complaint/remark.ts";
import { agencyView, citizenView, deskItem, inspectorView, overseerView } from "#shared/domain/telling/view.ts";
import { aComplaint, aNewComplaint, theAgency, theInspector } from "../support/a-complaint.ts";

const now = "2026-11-24T07:00:00.000Z";
const officer = { name: "مریم کریمی", personnelId: "1024" };
const said = { finding: "founded" as const, text: "عذر می‌خواهیم", actions: [{ text: "یک باجهٔ دیگر باز شد" }] };
const identity = { name: "زهرا محمدی", phone: "+989122002580" };
const description = "زهرا محمدی در صف ماند";

function aStory(fields: Record<string, unknown> = {}) {
  const filed = aNewComplaint({ employee: { desk: "3" }, description, ...fields });
  const taken = acknowledge(filed.complaint, { by: theAgency, now, officer });
  const confirmBy = "2026-12-04T08:00:00.000Z";
  const done = answer(taken.complaint, { by: theAgency, now: "2026-11-24T08:00:00.000Z", officer, ...said, confirmBy });
  return {
    complaint: done.complaint,
    narrative: filed.narrative,
    events: [filed.event, ...taken.events, ...done.events],
  };
}
const named = { citizen: { name: "زهرا محمدی" } };
const shared = { citizen: { name: "زهرا محمدی", shareWithAgency: true } };

/** The same story of a complaint that differs in some fields. */
function storyOf(fields: Partial<Complaint>) {
  const story = aStory();
  return { ...story, complaint: { ...story.complaint, ...fields } };
}

describe("the citizen", () => {
  test("sees every event, and the officer without a personnel id", () => {
    const { history, answer } = citizenView(aStory());
    expect(history.map(({ version, type }) => [version, type])).toEqual([
      [1, "filed"],
      [2, "acknowledged"],
      [3, "answered"],
    ]);
    expect(history[1]).toMatchObject({ officer: { name: "مریم کریمی" } });
    expect(JSON.stringify(history)).not.toContain("1024");
    expect(history[0]).not.toHaveProperty("origin");
    expect(answer).toEqual({ ...said, at: "2026-11-24T08:00:00.000Z" });
  });

  test("reads what was written as it was written", () => {
    expect(citizenView(aStory(named)).description).toBe(description);
  });

  test("sees who read who they are, and when", () => {
    const story = aStory(named);
    const { events } = readIdentity(story.complaint, { by: theInspector, now: "2026-11-24T09:00:00.000Z" });
    expect(citizenView(story).identityReads).toEqual([]);
    expect(citizenView({ ...story, events: [...story.events, ...events] }).identityReads).toEqual([
      { at: "2026-11-24T09:00:00.000Z", inspector: "inspector-1" },
    ]);
  });

  test("sees which uploads were refused, and why", () => {
    const refusedUploads = [{ attachmentId: "0".repeat(32), fileName: "نوبت.pdf", reason: "wrong-size" as const }];
    expect(citizenView({ ...aStory(), refusedUploads }).refusedUploads).toEqual(refusedUploads);
    expect(citizenView(aStory()).refusedUploads).toBeUndefined();
  });
});

test("nobody sees which client acted", () => {
  const story = aStory();
  const views = [citizenView(story), agencyView(story), inspectorView(story), overseerView(story)];
  expect(JSON.stringify(views)).not.toMatch(/call-centre|agency-social/);
});

describe("the agency", () => {
  test("does not see who complains unless it is shared", () => {
    const hidden = agencyView({ ...aStory(named), identity });
    const told = agencyView({ ...aStory(shared), identity });
    expect(hidden.citizen).toBeUndefined();
    expect(JSON.stringify(hidden)).not.toMatch(/زهرا|محمدی/);
    expect(told.citizen).toEqual(identity);
    expect(told.description).toBe(description);
  });

  test("sees the employee complained of, without the citizen's number in it", () => {
    const employee = { name: "محمدی", desk: "باجهٔ زهرا" };
    const shownTo = (citizen: Record<string, unknown>) => agencyView(aStory({ ...citizen, employee })).employee;
    expect(shownTo(named)).toEqual({ name: "محمدی", desk: "باجهٔ █████" });
    expect(shownTo(shared)).toEqual(employee);
    expect(agencyView(aStory(named)).employee).toEqual({ desk: "3" });
  });

  test("sees when it must acknowledge and answer, and who handles it", () => {
    const { acknowledgeBy, answerBy } = aComplaint();
    expect(agencyView(aStory())).toMatchObject({ acknowledgeBy, answerBy, officer });
  });
});

describe("an inspector", () => {
  const visits = [{ visitId: "v1", orderedAt: now }];

  test("sees everything but who complains", () => {
    const story = { ...storyOf({ visits, transfers: 2 }), identity };
    const view = inspectorView(story);
    expect(view).toMatchObject({ description, visits, transfers: 2, employee: { desk: "3" }, officer });
    expect(view).not.toHaveProperty("identity");
    expect(view).not.toHaveProperty("citizen");
  });

  test("reads what was written as it was written", () => {
    expect(inspectorView(aStory(named)).description).toBe(description);
  });
});

describe("an overseer", () => {
  test("reads nothing of who complains, though the agency may know it", () => {
    for (const citizen of [named, shared]) {
      const view = overseerView(aStory(citizen));
      expect(view.description).toBe("█████ █████ در صف ماند");
      expect(JSON.stringify(view)).not.toMatch(/زهرا|محمدی/);
    }
  });

  test("sees what the office answered, and neither employee nor officer's number", () => {
    const view = overseerView(aStory());
    expect(view).toMatchObject({ answer: said, level: 0 });
    expect(view).not.toHaveProperty("employee");
    expect(JSON.stringify(view)).not.toContain("1024");
  });
});

const reviewBy = "2026-11-26T06:10:00.000Z";
const { acknowledgeBy, answerBy } = aComplaint();

test.each([
  ["a complaint", {}, { acknowledgeBy, answerBy }],
  ["a retaliation report", { retaliationFor: "QZ-0000-0000-0", reviewBy }, { reviewBy }],
])("everybody sees what %s owes, and no more", (_, fields, owed) => {
  const story = storyOf(fields);
  const views = [citizenView(story), inspectorView(story), overseerView(story), deskItem(story.complaint)];
  for (const { acknowledgeBy, answerBy, reviewBy } of views)
    expect(JSON.parse(JSON.stringify({ acknowledgeBy, answerBy, reviewBy }))).toEqual(owed);
});

test("a desk shows the visit that is planned, if there is one", () => {
  const visit = { visitId: "v1", orderedAt: now, plannedAt: now };
  expect(deskItem(aComplaint({ officeId: "social-security-qazvin-1" }), visit)).toMatchObject({
    id: "QZ-7K3M-9XPT-Q",
    officeId: "social-security-qazvin-1",
    visit,
  });
  expect(deskItem(aComplaint()).visit).toBeUndefined();
});
