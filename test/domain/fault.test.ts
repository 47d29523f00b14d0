import { expect, test } from "vitest";
import { Fault } from "#shared/fault.ts";

test("a refusal is told from a defect by its name, and keeps what led to it", () => {
  const cause = new Error("the table is not there");
  const fault = new Fault("unavailable", { cause });
  expect(fault).toMatchObject({ name: "Fault", message: "unavailable", code: "unavailable", cause });
});

test("a refusal that has nothing more to say names no value and no field", () => {
  const { values, errors, reason } = new Fault("version-outdated");
  expect([values, errors, reason]).toEqual([{}, [], undefined]);
});
