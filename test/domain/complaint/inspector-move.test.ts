import { describe, expect, test } from "vitest";
import { acknowledge, decide, reject, transfer, withdraw } from "#shared/complaints/moves.ts";
import { aComplaint, agencyPrincipal, citizenPrincipal, inspectorPrincipal } from "../../support/a-complaint.ts";

const now = "2026-11-24T07:00:00.000Z";
const judged = { finding: "founded" as const, cause: "conduct", text: "دیده شد", actions: [] };
const decision = { by: inspectorPrincipal, now, ...judged };
const rejection = { by: inspectorPrincipal, now, reason: "not-a-complaint", text: "پرسش است" } as const;

test("a decision ends the case as decided, a rejection by its reason, and both keep who judged", () => {
  const ended = { status: "closed", closedAt: now, decidedBy: "inspector-1" };
  expect(decide(aComplaint(), decision).complaint).toMatchObject({ ...ended, closure: "decided" });
  expect(reject(aComplaint(), rejection).complaint).toMatchObject({ ...ended, closure: "not-a-complaint" });
  const outside = { ...rejection, reason: "out-of-scope" } as const;
  expect(reject(aComplaint(), outside).complaint).toMatchObject({ ...ended, closure: "out-of-scope" });
});

test.each([true, false])("a decision on what the agency answered says whether that is upheld: %s", (upholdsAnswer) => {
  for (const status of ["answered", "disputed"] as const) {
    const { events } = decide(aComplaint({ status, answerFinding: "founded" }), { ...decision, upholdsAnswer });
    expect(events).toMatchObject([{ type: "decided", cause: "conduct", upholdsAnswer }]);
  }
});

test("an inspector sends on what agencies have sent on twice", () => {
  const given = {
    now,
    toAgencyId: "gas",
    reason: "مربوط به گاز",
    exists: true,
    servesCounty: true,
    operatesFrontEnd: false,
  };
  const acknowledgeBy = now;
  const twice = aComplaint({ transferCount: 2 });
  expect(() => transfer(twice, { ...given, by: agencyPrincipal, acknowledgeBy })).toThrow(
    expect.objectContaining({ code: "transfer-limit" }),
  );
  expect(transfer(twice, { ...given, by: inspectorPrincipal, acknowledgeBy }).complaint).toMatchObject({
    agencyId: "gas",
    transferCount: 3,
  });
});

describe("a retaliation report", () => {
  const report = aComplaint({ status: "disputed", retaliationFor: "QZ-0000-0000-0", reviewBy: now });

  test("takes a decision, a rejection and its withdrawal", () => {
    expect(decide(report, decision).complaint.status).toBe("closed");
    expect(reject(report, rejection).complaint.status).toBe("closed");
    expect(withdraw(report, { by: citizenPrincipal, now }).complaint.status).toBe("closed");
  });

  test("was never answered, so its decision upholds nothing", () => {
    expect(() => decide(report, { ...decision, upholdsAnswer: true })).toThrow(
      expect.objectContaining({ code: "invalid", errors: [{ path: "upholdsAnswer", rule: "no-answer-to-judge" }] }),
    );
  });

  test("is not judged by whoever judged the complaint it is for", () => {
    const earlierInspector = inspectorPrincipal.person;
    expect(() => decide(report, { ...decision, earlierInspector })).toThrow(
      expect.objectContaining({ code: "conflict-of-interest" }),
    );
    expect(() => reject(report, { ...rejection, earlierInspector })).toThrow(
      expect.objectContaining({ code: "conflict-of-interest" }),
    );
    expect(decide(report, { ...decision, earlierInspector: "inspector-2" }).events).toHaveLength(1);
  });

  test("does not exist for the agency", () => {
    expect(() => acknowledge(report, { by: agencyPrincipal, now, officer: { name: "مریم" } })).toThrow(
      expect.objectContaining({ code: "not-found" }),
    );
  });
});
