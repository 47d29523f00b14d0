import { expect, test } from "vitest";
import { acknowledge, answer } from "#shared/domain/complaint/agency-move.ts";
import { agencyView, citizenView } from "#shared/domain/telling/view.ts";
import { aNewComplaint, theAgency } from "../support/a-complaint.ts";

const officer = { name: "مریم کریمی", personnelId: "1024" };
const said = { finding: "founded" as const, text: "عذر می‌خواهیم", actions: [{ text: "یک باجهٔ دیگر باز شد" }] };

function aStory(citizen?: Record<string, unknown>) {
  const filed = aNewComplaint({ citizen, employee: { desk: "3" }, description: "زهرا محمدی در صف ماند" });
  const taken = acknowledge(filed.complaint, { by: theAgency, now: "2026-11-24T07:00:00.000Z", officer });
  const confirmBy = "2026-12-04T08:00:00.000Z";
  const done = answer(taken.complaint, { by: theAgency, now: "2026-11-24T08:00:00.000Z", officer, ...said, confirmBy });
  return {
    complaint: done.complaint,
    narrative: filed.narrative,
    events: [filed.event, ...taken.events, ...done.events],
  };
}

test("the citizen sees every event, and the officer without a personnel id", () => {
  const { history, answer } = citizenView(aStory());
  expect(history.map(({ version, type }) => [version, type])).toEqual([
    [1, "filed"],
    [2, "acknowledged"],
    [3, "answered"],
  ]);
  expect(history[1]).toMatchObject({ officer: { name: "مریم کریمی" } });
  expect(JSON.stringify(history)).not.toContain("1024");
  expect(answer).toEqual({ ...said, at: "2026-11-24T08:00:00.000Z" });
});

test("nobody sees which client acted", () => {
  const story = aStory();
  expect(JSON.stringify([citizenView(story), agencyView(story)])).not.toMatch(/call-centre|agency-social/);
});

test("the agency does not see who complains unless it is shared", () => {
  const identity = { name: "زهرا محمدی", phone: "+989122002580" };
  const hidden = agencyView({ ...aStory({ name: "زهرا محمدی" }), identity });
  const shared = agencyView({ ...aStory({ name: "زهرا محمدی", shareWithAgency: true }), identity });
  expect(hidden.citizen).toBeUndefined();
  expect(JSON.stringify(hidden)).not.toMatch(/زهرا|محمدی/);
  expect(shared.citizen).toEqual(identity);
});
