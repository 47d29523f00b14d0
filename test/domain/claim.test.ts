import { expect, test } from "vitest";
import { claimOf, standing } from "#shared/domain/complaint/claim.ts";
import { theInspector } from "../support/a-complaint.ts";

test("a claim stands for 24 hours and no longer", () => {
  const claim = claimOf(theInspector, "2026-11-24T07:00:00.000Z");
  expect(claim).toEqual({
    inspector: theInspector.person,
    at: "2026-11-24T07:00:00.000Z",
    until: "2026-11-25T07:00:00.000Z",
  });
  expect(standing(claim, "2026-11-25T06:59:59.999Z")).toBe(claim);
  expect(standing(claim, "2026-11-25T07:00:00.000Z")).toBeUndefined();
  expect(standing(undefined, "2026-11-24T07:00:00.000Z")).toBeUndefined();
});
