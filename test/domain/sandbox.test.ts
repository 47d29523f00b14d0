import { expect, test } from "vitest";
import { mustConcern } from "#shared/domain/complaint/access.ts";
import { happen } from "#shared/domain/complaint/change.ts";
import { notFilable } from "#shared/domain/complaint/filing.ts";
import { directoryFor, sandboxAgency } from "#shared/domain/complaint/sandbox.ts";
import { dueOf } from "#shared/domain/escalation/escalation.ts";
import { rolesTold } from "#shared/domain/telling/notification.ts";
import { aComplaint, aFiling, morning, theCallCentre, theInspector } from "../support/a-complaint.ts";

const directory = {
  counties: [{ id: "qazvin" }],
  agencies: [{ id: "social-security", countyIds: ["qazvin"], offices: [] }],
  categories: [{ id: "postponed-without-reason" }, { id: "disrespect" }],
  causes: [],
};
const trying = { ...theCallCentre, sandbox: true as const };
const ladder = [{ holder: "agency-head" as const }];
const tried = aComplaint({ agencyId: sandboxAgency, level: 9 });

test.each([
  ["a program on trial, to the sandbox", trying, sandboxAgency, undefined],
  ["a program on trial, to an agency", trying, "social-security", "unknown-agency"],
  ["a front end, to the sandbox", theCallCentre, sandboxAgency, "unknown-agency"],
  ["a front end, to an agency", theCallCentre, "social-security", undefined],
])("filed by %s", (_, by, agencyId, code) => {
  const refusal = notFilable(aFiling({ agencyId }), { by, directory: directoryFor(by, directory), now: morning });
  expect(refusal?.code).toBe(code);
});

test("no program on trial reports a retaliation", () => {
  const filing = aFiling({ agencyId: sandboxAgency, retaliationFor: { id: "QZ-7K3M-9XPT-Q", secret: "4T7N-QW2D" } });
  const given = { by: trying, directory: directoryFor(trying, directory), now: morning };
  expect(notFilable(filing, given)).toMatchObject({ code: "not-allowed" });
});

test("it concerns no inspector and no overseer", () => {
  const overseer = { caller: "overseer" as const, clientId: "governor", fromLevel: 1 };
  for (const reader of [theInspector, overseer]) {
    expect(() => mustConcern(tried, reader)).toThrow(expect.objectContaining({ code: "not-found" }));
    expect(() => mustConcern(aComplaint({ level: 9 }), reader)).not.toThrow();
  }
});

test.each(["filed", "acknowledged", "answered", "disputed"] as const)("%s, it never becomes due", (status) => {
  const confirmBy = status === "answered" ? morning : undefined;
  expect(dueOf({ ...tried, status, confirmBy, level: 0 }, ladder)).toBeUndefined();
  expect(dueOf(aComplaint({ status, confirmBy, level: 0 }), ladder)).toBeDefined();
});

test("nobody is mailed of it", () => {
  const says = [{ type: "expired" as const }];
  const mailed = (agencyId: string) => {
    const { events } = happen(aComplaint({ agencyId, isMailed: true }), { now: morning, by: { by: "clock" }, says });
    return events.flatMap(rolesTold);
  };
  expect(mailed("social-security")).toEqual(["citizen"]);
  expect(mailed(sandboxAgency)).toEqual([]);
});
