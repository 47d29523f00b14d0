import { describe, expect, test } from "vitest";
import { accusedFrom, currentDeadline, Employee, isAccused, type Status } from "#shared/complaints/complaint.ts";
import { Officer } from "#shared/people/people.ts";
import { aComplaint } from "../../support/a-complaint.ts";

describe("what is owed", () => {
  const [acknowledgeBy, answerBy, confirmBy, reviewBy] = ["24", "25", "26", "27"].map(
    (day) => `2026-11-${day}T08:00:00.000Z`,
  );

  test.each<[Status, string | undefined]>([
    ["filed", acknowledgeBy],
    ["acknowledged", answerBy],
    ["answered", confirmBy],
    ["disputed", reviewBy],
    ["closed", confirmBy],
  ])("while it is %s is due at %s", (status, due) => {
    expect(currentDeadline(aComplaint({ status, acknowledgeBy, answerBy, confirmBy, reviewBy }))).toBe(due);
  });

  test.each<Status>(["answered", "disputed", "closed"])(
    "while it is %s and nothing was set is the answer",
    (status) => {
      expect(currentDeadline(aComplaint({ status, answerBy }))).toBe(answerBy);
    },
  );
});

describe("a personnel id", () => {
  test.each([
    ["۱۰۲۴", "1024"],
    ["qz-14 ۰۵", "QZ-1405"],
    [" a 1 b 2 ", "A1B2"],
  ])("%j is compared as %s", (personnelId, compared) => {
    expect(Officer.parse({ name: "مریم کریمی", personnelId }).personnelId).toBe(compared);
    expect(Employee.parse({ personnelId }).personnelId).toBe(compared);
  });
});

describe("an employee complained of", () => {
  test("is somebody: a name, a number or a desk", () => {
    for (const somebody of [{ name: "رضا" }, { personnelId: "7" }, { counter: "3" }])
      expect(Employee.safeParse(somebody).success).toBe(true);
    expect(Employee.safeParse({}).error?.issues).toMatchObject([{ params: { rule: "person-missing" } }]);
  });

  test.each([
    ["a name", { name: "علي‌رضا  كريمي" }, { name: "علیرضاکریمی", personnelId: undefined }],
    ["a number", { personnelId: "7" }, { name: undefined, personnelId: "7" }],
    ["a desk alone", { counter: "3" }, { name: undefined, personnelId: undefined }],
  ])("of whom %s is known is compared by it", (_, employee, accused) => {
    expect(accusedFrom(employee)).toEqual(accused);
  });
});

describe("whether an officer is the employee complained of", () => {
  const officer = { name: "مریم کریمی", personnelId: "1024" };

  test.each([
    ["the same number", { personnelId: "1024" }, true],
    ["the same name", { name: "مریمکریمی" }, true],
    ["the same number under another name", { name: "رضا", personnelId: "1024" }, true],
    ["the same name with another number", { name: "مریمکریمی", personnelId: "7" }, true],
    ["another number", { personnelId: "7" }, false],
    ["another name", { name: "رضا" }, false],
    ["another name and another number", { name: "رضا", personnelId: "7" }, false],
    ["nothing but a desk", {}, false],
    ["nobody", undefined, false],
  ])("%s: %j", (_, accused, same) => {
    expect(isAccused(aComplaint({ accused }), officer)).toBe(same);
  });

  test("is not said by numbers that neither has", () => {
    expect(isAccused(aComplaint({ accused: { name: "رضا" } }), { name: "مریم کریمی" })).toBe(false);
  });
});
