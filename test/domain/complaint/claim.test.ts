import { expect, test } from "vitest";
import { currentClaim, newClaim } from "#shared/complaints/confidential-log.ts";
import { inspectorPrincipal } from "../../support/a-complaint.ts";

test("a claim stands for 24 hours and no longer", () => {
  const claim = newClaim(inspectorPrincipal, "2026-11-24T07:00:00.000Z");
  expect(claim).toEqual({
    inspector: inspectorPrincipal.person,
    at: "2026-11-24T07:00:00.000Z",
    until: "2026-11-25T07:00:00.000Z",
  });
  expect(currentClaim(claim, "2026-11-25T06:59:59.999Z")).toBe(claim);
  expect(currentClaim(claim, "2026-11-25T07:00:00.000Z")).toBeUndefined();
  expect(currentClaim(undefined, "2026-11-24T07:00:00.000Z")).toBeUndefined();
});
