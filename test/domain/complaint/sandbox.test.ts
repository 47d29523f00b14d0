import { expect, test } from "vitest";
import { assertAccess } from "#shared/complaints/access.ts";
import { applyEvents } from "#shared/complaints/change.ts";
import { nextDueAt } from "#shared/complaints/escalation.ts";
import { rolesToMail } from "#shared/complaints/event-rules.ts";
import { refuseFiling } from "#shared/complaints/filing.ts";
import { directoryFor, sandboxAgency } from "#shared/province/directory.ts";
import { aComplaint, aFiling, callCentrePrincipal, inspectorPrincipal, morning } from "../../support/a-complaint.ts";

const directory = {
  counties: [{ id: "qazvin" }],
  agencies: [{ id: "social-security", countyIds: ["qazvin"], offices: [] }],
  categories: [{ id: "postponed-without-reason" }, { id: "disrespect" }],
  causes: [],
};
const trying = { ...callCentrePrincipal, sandbox: true as const };
const escalationLevels = [{ authority: "agency-head" as const }];
const tried = aComplaint({ agencyId: sandboxAgency, level: 9 });

test.each([
  ["a program on trial, to the sandbox", trying, sandboxAgency, undefined],
  ["a program on trial, to an agency", trying, "social-security", "unknown-agency"],
  ["a front end, to the sandbox", callCentrePrincipal, sandboxAgency, "unknown-agency"],
  ["a front end, to an agency", callCentrePrincipal, "social-security", undefined],
])("filed by %s", (_, by, agencyId, code) => {
  const refusal = refuseFiling(aFiling({ agencyId }), { by, directory: directoryFor(by, directory), now: morning });
  expect(refusal?.code).toBe(code);
});

test("no program on trial reports a retaliation", () => {
  const filing = aFiling({ agencyId: sandboxAgency, retaliationFor: { id: "QZ-7K3M-9XPT-Q", secret: "4T7N-QW2D" } });
  const given = { by: trying, directory: directoryFor(trying, directory), now: morning };
  expect(refuseFiling(filing, given)).toMatchObject({ code: "not-allowed" });
});

test("it concerns no inspector and no overseer", () => {
  const overseer = { caller: "overseer" as const, clientId: "governor", fromLevel: 1, seesRetaliation: true };
  for (const reader of [inspectorPrincipal, overseer]) {
    expect(() => assertAccess(tried, reader)).toThrow(expect.objectContaining({ code: "not-found" }));
    expect(() => assertAccess(aComplaint({ level: 9 }), reader)).not.toThrow();
  }
});

test.each(["filed", "acknowledged", "answered", "disputed"] as const)("%s, it never becomes due", (status) => {
  const confirmBy = status === "answered" ? morning : undefined;
  expect(nextDueAt({ ...tried, status, confirmBy, level: 0 }, escalationLevels)).toBeUndefined();
  expect(nextDueAt(aComplaint({ status, confirmBy, level: 0 }), escalationLevels)).toBeDefined();
});

test("nobody is mailed of it", () => {
  const says = [{ type: "expired" as const }];
  const mailed = (agencyId: string) => {
    const { events } = applyEvents(aComplaint({ agencyId, citizenIsMailed: true }), {
      now: morning,
      by: { by: "system" },
      payloads: says,
    });
    return events.flatMap(rolesToMail);
  };
  expect(mailed("social-security")).toEqual(["citizen"]);
  expect(mailed(sandboxAgency)).toEqual([]);
});
