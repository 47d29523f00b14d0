import { describe, expect, test } from "vitest";
import type { Change } from "#shared/complaints/change.ts";
import { type Complaint, isAnsweredByAgency, Status } from "#shared/complaints/complaint.ts";
import type { ComplaintEvent } from "#shared/complaints/event.ts";
import { agenciesToNotify } from "#shared/complaints/event-rules.ts";
import { complaintMoves, moveRules } from "#shared/complaints/lifecycle.ts";
import {
  accept,
  acknowledge,
  answer,
  decide,
  dispute,
  extend,
  reject,
  transfer,
  withdraw,
} from "#shared/complaints/moves.ts";
import { aComplaint, agencyPrincipal, citizenPrincipal, inspectorPrincipal } from "../../support/a-complaint.ts";

const now = "2026-11-24T07:00:00.000Z";
const officer = { name: "مریم کریمی", personnelId: "1024" };
const confirmBy = "2026-12-04T07:00:00.000Z";

const allowed = (complaint: Complaint, caller: string) =>
  complaintMoves(complaint, { by: { caller }, now }).allowedMoves;

const judged = { finding: "founded" as const, cause: "staff-absent", text: "اصلاح شد", actions: [] };

type Move = Exclude<keyof typeof moveRules, "expire">;
const moves: Record<Move, (complaint: ReturnType<typeof aComplaint>) => Change> = {
  acknowledge: (complaint) => acknowledge(complaint, { by: agencyPrincipal, now, officer }),
  answer: (complaint) => answer(complaint, { by: agencyPrincipal, now, officer, ...judged, confirmBy }),
  accept: (complaint) => accept(complaint, { by: citizenPrincipal, now }),
  withdraw: (complaint) => withdraw(complaint, { by: citizenPrincipal, now }),
  dispute: (complaint) =>
    dispute(complaint, { by: citizenPrincipal, now, reason: "پاسخ درست نیست", reviewBy: confirmBy }),
  extend: (complaint) => extend(complaint, { by: agencyPrincipal, now, reason: "بایگانی", answerBy: confirmBy }),
  transfer: (complaint) =>
    transfer(complaint, {
      by: agencyPrincipal,
      now,
      toAgencyId: "gas",
      reason: "در صلاحیت ما نیست",
      exists: true,
      servesCounty: true,
      operatesFrontEnd: false,
      acknowledgeBy: complaint.acknowledgeBy,
    }),
  decide: (complaint) =>
    decide(complaint, {
      by: inspectorPrincipal,
      now,
      ...judged,
      upholdsAnswer: isAnsweredByAgency(complaint) ? false : undefined,
    }),
  reject: (complaint) =>
    reject(complaint, { by: inspectorPrincipal, now, reason: "out-of-scope", text: "در صلاحیت نیست" }),
};

const table = (Object.keys(moves) as Move[]).flatMap((move) => Status.options.map((status) => [move, status] as const));

describe.each(table)("%s on a complaint that is %s", (move, status) => {
  const complaint = aComplaint({ status, version: 3 });

  test("is allowed just where the table says, and leaves one event with the next number", () => {
    const from: readonly Status[] = moveRules[move].from;
    if (!from.includes(status)) {
      expect(() => moves[move](complaint)).toThrow(
        expect.objectContaining({ code: "wrong-state", values: { status } }),
      );
      return;
    }
    // Of closed complaints, only one that closed in silence may be disputed.
    const { complaint: after, events } = moves[move](
      status === "closed" ? { ...complaint, closure: "expired", closedAt: now } : complaint,
    );
    expect(after).toMatchObject({ status: moveRules[move].to, version: 4 });
    const event = { type: moveRules[move].event, version: 4, at: now, after: { status: moveRules[move].to } };
    expect(events).toMatchObject([event]);
  });
});

test("acknowledging names the officer and moves no deadline", () => {
  const before = aComplaint();
  const { complaint } = moves.acknowledge(before);
  expect(complaint).toEqual({ ...before, lastEventAt: now, status: "acknowledged", version: 2, officer });
});

test.each(moveRules.decide.from)("what is decided while it is %s and late climbs no more", (status) => {
  const late = aComplaint({ status, level: 1, nextLevelAt: "2026-11-24T09:30:00.000Z", escalationExecution: "one" });
  const { complaint } = moves.decide(late);
  expect(complaint).toMatchObject({ status: "closed", nextLevelAt: undefined, escalationExecution: undefined });
});

test("answering starts the confirmation window", () => {
  expect(moves.answer(aComplaint()).complaint.confirmBy).toBe(confirmBy);
});

describe("a dispute of a closed complaint", () => {
  const closedAt = "2026-10-25T07:00:00.001Z";
  const silent = aComplaint({ status: "closed", closure: "expired", closedAt, confirmBy: closedAt });

  test("opens it again if it closed in silence less than 30 days ago", () => {
    const { complaint } = moves.dispute(silent);
    expect(complaint).toMatchObject({ status: "disputed", reviewBy: confirmBy });
    expect(complaint).toMatchObject({ closure: undefined, closedAt: undefined });
    expect(allowed(silent, "citizen")).toEqual(["dispute"]);
  });

  test("happens once: after the decision it is refused", () => {
    const { complaint } = moves.decide(moves.dispute(silent).complaint);
    expect(complaint).toMatchObject({ closure: "decided", closedAt: now });
    expect(() => moves.dispute(complaint)).toThrow(expect.objectContaining({ code: "wrong-state" }));
  });

  test.each([
    ["30 days after closing", { ...silent, closedAt: "2026-10-25T07:00:00.000Z" }, "closed-long-ago"],
    ["accepted", { ...silent, closure: "accepted" as const }, undefined],
    ["decided", { ...silent, closure: "decided" as const }, undefined],
    ["withdrawn", { ...silent, closure: "withdrawn" as const }, undefined],
    ["out of scope", { ...silent, closure: "out-of-scope" as const }, undefined],
  ])("is refused: %s", (_, complaint, reason) => {
    expect(() => moves.dispute(complaint)).toThrow(expect.objectContaining({ code: "wrong-state", reason }));
    expect(allowed(complaint, "citizen")).toEqual([]);
  });
});

test("an accepted answer closes the complaint as accepted", () => {
  const { complaint } = moves.accept(aComplaint({ status: "answered" }));
  expect(complaint).toMatchObject({ closure: "accepted" });
});

test.each([
  ["another agency", () => acknowledge(aComplaint({ agencyId: "gas" }), { by: agencyPrincipal, now, officer })],
  ["another agency, in any state", () => moves.answer(aComplaint({ agencyId: "gas", status: "closed" }))],
  ["another citizen", () => withdraw(aComplaint({ id: "QZ-0000-0000-0" }), { by: citizenPrincipal, now })],
])("for %s the complaint does not exist", (_, attempt) => {
  expect(attempt).toThrow(expect.objectContaining({ code: "not-found" }));
});

test.each([
  ["the same personnel id", { name: "نام دیگر", personnelId: "1024" }, { personnelId: "1024" }],
  ["the same name, spelled otherwise", { name: "علي‌رضا  كريمي" }, { name: "علیرضاکریمی" }],
  ["the same name where only one has a personnel id", { name: "مریم کریمی", personnelId: "7" }, { name: "مریمکریمی" }],
])("an officer with %s as the employee complained of cannot act", (_, who, accused) => {
  const complaint = aComplaint({ accused });
  expect(() => acknowledge(complaint, { by: agencyPrincipal, now, officer: who })).toThrow(
    expect.objectContaining({ code: "conflict-of-interest" }),
  );
});

test("a mistyped personnel id does not make the accused somebody else", () => {
  const complaint = aComplaint({ accused: { name: "مریمکریمی", personnelId: "2048" } });
  expect(() => acknowledge(complaint, { by: agencyPrincipal, now, officer })).toThrow(
    expect.objectContaining({ code: "conflict-of-interest" }),
  );
});

describe("a transfer", () => {
  const acknowledgeBy = "2026-11-24T09:30:00.000Z";
  const sent = (complaint: ReturnType<typeof aComplaint>, toAgencyId = "gas") =>
    transfer(complaint, {
      by: agencyPrincipal,
      now,
      toAgencyId,
      reason: "در صلاحیت ما نیست",
      exists: true,
      servesCounty: true,
      operatesFrontEnd: false,
      acknowledgeBy,
    });

  test("gives the other agency a fresh acknowledge clock, clears officer and office, and leaves the answer's clock alone", () => {
    const before = aComplaint({ status: "acknowledged", officer, officeId: "social-security-qazvin-1", level: 1 });
    const { complaint, events } = sent(before);
    const { answerBy } = before;
    expect(complaint).toMatchObject({ agencyId: "gas", status: "filed", level: 1, transferCount: 1 });
    expect(complaint).toMatchObject({ answerBy, acknowledgeFrom: now, acknowledgeBy });
    expect([complaint.officer, complaint.officeId]).toEqual([undefined, undefined]);
    expect(events).toMatchObject([{ type: "transferred", fromAgencyId: "social-security", toAgencyId: "gas" }]);
    expect(agenciesToNotify(events[0] as ComplaintEvent)).toEqual(["social-security", "gas"]);
  });

  test.each([
    ["to itself, for a fresh clock", aComplaint(), "social-security", "unknown-agency"],
    ["a third time", aComplaint({ transferCount: 2 }), "gas", "transfer-limit"],
    ["of what is answered", aComplaint({ status: "answered" }), "gas", "wrong-state"],
  ])("%s is refused", (_, complaint, to, code) => {
    expect(() => sent(complaint, to)).toThrow(expect.objectContaining({ code }));
  });

  test("to the agency whose own front end filed it would give that agency the citizen's secret", () => {
    for (const by of [agencyPrincipal, inspectorPrincipal])
      expect(() =>
        transfer(aComplaint(), {
          by,
          now,
          toAgencyId: "gas",
          reason: "مربوط به گاز",
          exists: true,
          servesCounty: true,
          operatesFrontEnd: true,
          acknowledgeBy,
        }),
      ).toThrow(expect.objectContaining({ code: "not-allowed" }));
  });

  test("of what stays late with the same deadline goes on climbing where it was", () => {
    const answerBy = "2026-11-24T06:30:00.000Z";
    const late = aComplaint({
      status: "acknowledged",
      answerBy,
      level: 1,
      nextLevelAt: "2026-11-24T09:30:00.000Z",
      escalationExecution: "one",
    });
    const { complaint } = transfer(late, {
      by: agencyPrincipal,
      now,
      toAgencyId: "gas",
      reason: "در صلاحیت ما نیست",
      exists: true,
      servesCounty: true,
      operatesFrontEnd: false,
      acknowledgeBy: answerBy,
    });
    expect(complaint).toMatchObject({ nextLevelAt: late.nextLevelAt, escalationExecution: "one" });
  });
});

describe("an extension", () => {
  const answerBy = "2026-11-27T06:10:00.000Z";
  const extended = (complaint: ReturnType<typeof aComplaint>, at = now) =>
    extend(complaint, { by: agencyPrincipal, now: at, reason: "پرونده در بایگانی است", answerBy });

  test("moves the answer's deadline and says what it was", () => {
    const before = aComplaint({ status: "acknowledged" });
    const { complaint, events } = extended(before);
    expect(complaint).toMatchObject({ answerBy, extended: true, acknowledgeBy: before.acknowledgeBy });
    expect(events).toMatchObject([{ type: "extended", previousAnswerBy: before.answerBy, after: { answerBy } }]);
  });

  test("is given once", () => {
    expect(() => extended(aComplaint({ status: "acknowledged", extended: true }))).toThrow(
      expect.objectContaining({ code: "already-extended" }),
    );
  });

  test("comes too late at the very deadline", () => {
    const complaint = aComplaint({ status: "acknowledged" });
    expect(() => extended(complaint, complaint.answerBy)).toThrow(expect.objectContaining({ code: "wrong-state" }));
  });
});

describe("the moves that the state allows", () => {
  const late = { ...aComplaint({ status: "acknowledged" }), answerBy: now };
  test.each<[string, Complaint, "agency" | "citizen" | "inspector", string[]]>([
    ["of a filed complaint to the agency", aComplaint(), "agency", ["acknowledge", "transfer", "answer"]],
    ["once acknowledged", aComplaint({ status: "acknowledged" }), "agency", ["transfer", "extend", "answer"]],
    ["once extended", aComplaint({ status: "acknowledged", extended: true }), "agency", ["transfer", "answer"]],
    ["once overdue", late, "agency", ["transfer", "answer"]],
    ["after two transfers", aComplaint({ transferCount: 2 }), "agency", ["acknowledge", "answer"]],
    [
      "after two transfers to an inspector",
      aComplaint({ transferCount: 2 }),
      "inspector",
      ["transfer", "decide", "reject"],
    ],
    [
      "of an answered complaint to the citizen",
      aComplaint({ status: "answered" }),
      "citizen",
      ["accept", "dispute", "withdraw"],
    ],
    ["of an answered complaint to the agency", aComplaint({ status: "answered" }), "agency", []],
    ["of a closed complaint", aComplaint({ status: "closed", closedAt: now }), "inspector", []],
  ])("%s", (_, complaint, caller, moves) => {
    expect(allowed(complaint, caller)).toEqual(moves);
  });

  test("and each other move of the caller has its reason", () => {
    const { blockedMoves } = complaintMoves(aComplaint({ status: "acknowledged", transferCount: 2, extended: true }), {
      by: { caller: "agency" },
      now,
    });
    expect(blockedMoves).toEqual([
      { move: "acknowledge", reason: "wrong-state" },
      { move: "transfer", reason: "transfer-limit" },
      { move: "extend", reason: "already-extended" },
    ]);
  });
});
