import { describe, expect, test } from "vitest";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { escalate, executionNameFor, nextDueAt } from "#shared/complaints/escalation.ts";
import { expire } from "#shared/complaints/lifecycle.ts";
import { acknowledge, answer } from "#shared/complaints/moves.ts";
import type { EscalationLevels } from "#shared/province/terms.ts";
import { aCalendar, visitTerms } from "../../support/a-calendar.ts";
import { aComplaint, agencyPrincipal } from "../../support/a-complaint.ts";

const escalationLevels: EscalationLevels = [
  { authority: "agency-head" },
  { authority: "county-governor", after: { clock: "office-hours", duration: "PT3H" } },
  { authority: "inspection-centre", after: { clock: "office-hours", duration: "PT5H" }, ordersVisit: true },
  { authority: "governor-general", after: { clock: "elapsed", duration: "PT48H" } },
  { authority: "national-organization", after: { clock: "elapsed", duration: "P7D" } },
];
const calendar = aCalendar();
const { policy: visitPolicy } = visitTerms;
const officer = { name: "مریم کریمی" };

/** Raises whatever is due at that instant, as an execution that wakes exactly then would. */
function raisedAt(complaint: Complaint, now: string, due = nextDueAt(complaint, escalationLevels) ?? now) {
  return escalate(complaint, {
    due,
    now,
    escalationLevels,
    calendar,
    execution: "an execution",
    visitId: "a visit",
    visitPolicy,
  });
}

/** Every level that an untouched complaint climbs: its level and the instant it was due. */
function climb(from: Complaint): [number, string][] {
  const levels: [number, string][] = [];
  for (let complaint = from; ; ) {
    const due = nextDueAt(complaint, escalationLevels);
    const raised = due && raisedAt(complaint, due);
    if (!raised) return levels;
    complaint = raised.complaint;
    levels.push([complaint.level, due]);
  }
}

describe("an untouched complaint", () => {
  // Wednesday 25 November 2026, due at 11:00 in Qazvin; open 08–13, Thursday and Friday closed.
  const late = aComplaint({ acknowledgeBy: "2026-11-25T07:30:00.000Z", answerBy: "2026-11-27T04:30:00.000Z" });

  test("climbs each level once, each from the instant the one before was due", () => {
    expect(climb(late)).toEqual([
      [1, "2026-11-25T07:30:00.000Z"],
      [2, "2026-11-28T05:30:00.000Z"],
      [3, "2026-11-29T05:30:00.000Z"],
      [4, "2026-12-01T05:30:00.000Z"],
      [5, "2026-12-08T05:30:00.000Z"],
    ]);
  });

  test("is raised from the instant it was due, however late that was noticed", () => {
    const noticed = raisedAt(late, "2026-11-25T09:29:00.000Z");
    expect(noticed?.complaint.nextLevelAt).toBe("2026-11-28T05:30:00.000Z");
    expect(noticed?.events).toMatchObject([
      { type: "escalated", level: 1, step: "acknowledge", dueAt: late.acknowledgeBy },
    ]);
  });

  test("is not raised before its time, and a move at that very instant is late", () => {
    expect(raisedAt(late, "2026-11-25T07:29:59.999Z")).toBeUndefined();
    expect(raisedAt(late, "2026-11-25T07:30:00.000Z")?.complaint.level).toBe(1);
  });

  test("is not raised twice for one level", () => {
    const once = raisedAt(late, "2026-11-25T07:30:00.000Z");
    expect(once && raisedAt(once.complaint, "2026-11-25T08:00:00.000Z", late.acknowledgeBy)).toBeUndefined();
  });

  test("gets a visit at the third level, noted in the same write and no event of its own", () => {
    const third = raisedAt(
      { ...late, level: 2, version: 3, nextLevelAt: "2026-11-29T05:30:00.000Z" },
      "2026-11-29T05:30:00.000Z",
    );
    expect(third?.events.map(({ type, version }) => [version, type])).toEqual([[4, "escalated"]]);
    expect(third?.complaint.version).toBe(4);
    const [event] = third?.events ?? [];
    expect(third?.entries).toEqual([
      {
        type: "visit-ordered",
        visitId: "a visit",
        reportBy: "2026-11-30T08:30:00.000Z",
        by: "system",
        at: "2026-11-29T05:30:00.000Z",
        after: event?.after,
      },
    ]);
    expect(event?.after).toMatchObject({ level: 3, nextLevelAt: third?.complaint.nextLevelAt });
  });

  test("is raised by time, and the execution that raised it waits for the next level", () => {
    const raised = raisedAt(late, "2026-11-25T07:30:00.000Z");
    expect(raised?.events).toMatchObject([{ by: "system", authority: "agency-head" }]);
    expect(raised?.complaint).toMatchObject({ escalationExecution: "an execution" });
    expect(raised?.entries).toEqual([]);
  });

  test("is waited for by no execution once it is at the top", () => {
    const due = "2026-12-08T05:30:00.000Z";
    const top = raisedAt({ ...late, level: 4, nextLevelAt: due, escalationExecution: "one" }, due);
    expect(top?.complaint).toMatchObject({ level: 5, nextLevelAt: undefined, escalationExecution: undefined });
  });

  test("at the top stays where it is, and time has nothing more to do with it", () => {
    expect(nextDueAt({ ...late, level: 5 }, escalationLevels)).toBeUndefined();
  });
});

describe("a complaint that was late", () => {
  const now = "2026-11-25T08:00:00.000Z";
  const raised = raisedAt(
    aComplaint({ acknowledgeBy: "2026-11-25T07:30:00.000Z", answerBy: "2026-11-27T04:30:00.000Z" }),
    now,
  );
  const late = raised?.complaint ?? aComplaint();

  test("waits for the next breach once it is acknowledged, keeps its level, and goes on from the next level", () => {
    const { complaint } = acknowledge(late, { by: agencyPrincipal, now, officer });
    expect(complaint.level).toBe(1);
    expect(nextDueAt(complaint, escalationLevels)).toBe("2026-11-27T04:30:00.000Z");
    expect(raisedAt(complaint, "2026-11-27T04:30:00.000Z")?.complaint.level).toBe(2);
  });

  test("climbs on as if nobody had acted, where the answer is late too when it is acknowledged", () => {
    const both = { acknowledgeBy: "2026-11-25T07:30:00.000Z", answerBy: "2026-11-25T08:30:00.000Z" };
    const untouched = raisedAt(aComplaint(both), both.acknowledgeBy)?.complaint ?? late;
    for (const at of [both.answerBy, "2026-11-25T09:10:00.000Z"]) {
      const { complaint } = acknowledge(untouched, { by: agencyPrincipal, now: at, officer });
      expect(climb(complaint)).toEqual(climb(untouched));
    }
    expect(climb(untouched).map(([, due]) => due)).toEqual(
      climb(untouched)
        .map(([, due]) => due)
        .toSorted(),
    );
  });

  test("is never raised by an execution that still waits for the old level", () => {
    const { complaint } = acknowledge(late, { by: agencyPrincipal, now, officer });
    expect(raisedAt(complaint, "2026-11-28T05:30:00.000Z", late.nextLevelAt)).toBeUndefined();
  });

  test("stops climbing once it is answered", () => {
    const confirmBy = "2026-12-05T08:00:00.000Z";
    const { complaint } = answer(late, {
      by: agencyPrincipal,
      now,
      officer,
      finding: "founded",
      cause: "capacity",
      text: "درست شد",
      actions: [],
      confirmBy,
    });
    expect(nextDueAt(complaint, escalationLevels)).toBe(confirmBy);
    expect(raisedAt(complaint, confirmBy)).toBeUndefined();
  });
});

test("a late review goes above the centre, and the levels it skips are never raised", () => {
  const disputed = aComplaint({ status: "disputed", reviewBy: "2026-11-25T07:30:00.000Z" });
  expect(climb(disputed)).toEqual([
    [4, "2026-11-25T07:30:00.000Z"],
    [5, "2026-12-02T07:30:00.000Z"],
  ]);
  expect(climb({ ...disputed, level: 4 })).toEqual([[5, "2026-11-25T07:30:00.000Z"]]);
});

describe("an answer nobody spoke to", () => {
  const answered = aComplaint({ status: "answered", confirmBy: "2026-12-05T08:00:00.000Z" });

  test("is closed as expired when the window has passed, and not a moment before", () => {
    expect(expire(answered, { now: "2026-12-05T07:59:59.999Z" })).toBeUndefined();
    expect(expire(answered, { now: "2026-12-05T08:00:00.000Z" })?.complaint).toMatchObject({
      status: "closed",
      closure: "expired",
    });
  });

  test("is waited for also if it has climbed all escalation levels before", () => {
    expect(nextDueAt({ ...answered, level: 5 }, escalationLevels)).toBe("2026-12-05T08:00:00.000Z");
  });

  test("is waited for no more once the complaint is closed", () => {
    expect(nextDueAt({ ...answered, status: "closed" }, escalationLevels)).toBeUndefined();
  });

  test("is left alone once the citizen spoke", () => {
    expect(expire({ ...answered, status: "closed" }, { now: "2026-12-06T08:00:00.000Z" })).toBeUndefined();
  });
});

describe("the execution that a due complaint needs", () => {
  const dueAt = "2026-11-25T07:30:00.000Z";
  const due = { id: "QZ-7K3M-9XPT-Q", level: 0, dueAt };

  test.each([
    [
      "is the same for sweeps that follow each other",
      undefined,
      "2026-11-25T07:34:59.999Z",
      "QZ-7K3M-9XPT-Q-0-20261125073000000-0",
    ],
    ["is another after five minutes", undefined, "2026-11-25T07:35:00.000Z", "QZ-7K3M-9XPT-Q-0-20261125073000000-1"],
    ["is none while one is in charge", "one", "2026-11-25T07:34:59.999Z", undefined],
    [
      "is a new one where the one in charge is five minutes late",
      "one",
      "2026-11-25T07:35:00.000Z",
      "QZ-7K3M-9XPT-Q-0-20261125073000000-1",
    ],
  ])("%s", (_, escalationExecution, now, name) => {
    expect(executionNameFor({ ...due, escalationExecution }, now)).toBe(name);
  });

  test("has a name that Step Functions takes", () => {
    expect(executionNameFor(due, "2030-11-25T07:30:00.000Z")).toMatch(/^[0-9A-Za-z_-]{1,80}$/);
  });
});
