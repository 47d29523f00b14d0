import { describe, expect, test } from "vitest";
import {
  type Directory,
  isOperatedBy,
  refuseCause,
  refuseRetired,
  transferTarget,
} from "#shared/province/directory.ts";
import { isRetired, successionChain, successorOf } from "#shared/province/retirement.ts";
import { aFiling, callCentrePrincipal, morning } from "../../support/a-complaint.ts";

const now = morning;
const gone = { retiredFrom: "2026-11-24" };

test.each([
  ["the last moment of the day before", "2026-11-23T20:29:59.999Z", false],
  ["the first moment of the day in Tehran", "2026-11-23T20:30:00.000Z", true],
  ["a year later", "2027-11-24T06:10:00.000Z", true],
])("at %s it is retired: %s %s", (_, at, retired) => {
  expect(isRetired(gone, at)).toBe(retired);
  expect(isRetired({}, at)).toBe(false);
});

describe("what takes the place of something retired", () => {
  const agencies = [
    { id: "a", ...gone, successorId: "b" },
    { id: "b", ...gone, successorId: "c" },
    { id: "c", retiredFrom: "2026-11-25", successorId: "d" },
    { id: "d" },
    { id: "alone", ...gone },
    { id: "before-alone", ...gone, successorId: "alone" },
    { id: "lost", ...gone, successorId: "nowhere" },
    { id: "round", ...gone, successorId: "about" },
    { id: "about", ...gone, successorId: "round" },
  ];

  test.each([
    ["the last of its line that is not retired", "a", "c"],
    ["nothing, where the last one is retired", "before-alone", undefined],
    ["nothing, where none is named", "alone", undefined],
    ["nothing, where the file has no such successor", "lost", undefined],
    ["nothing, where the line leads back", "round", undefined],
  ])("is %s", (_, id, successor) => {
    expect(successorOf(agencies, { id, now })).toBe(successor);
  });

  test("changes with the day", () => {
    expect(successionChain(agencies, { id: "a", now: "2026-11-25T00:00:00.000Z" })).toEqual(["a", "b", "c", "d"]);
    expect(successionChain(agencies, { id: "a", now: "2026-11-23T00:00:00.000Z" })).toEqual(["a"]);
  });
});

const directory: Directory = {
  counties: [{ id: "qazvin" }, { id: "old-county", ...gone, successorId: "new-county" }, { id: "new-county" }],
  agencies: [
    {
      id: "social-security",
      countyIds: ["qazvin", "old-county"],
      offices: [
        { id: "office-1", countyId: "qazvin" },
        { id: "closed-office", countyId: "qazvin", ...gone, successorId: "office-1" },
      ],
    },
    { id: "closed", countyIds: ["qazvin", "old-county"], offices: [], ...gone, successorId: "new" },
    { id: "new", countyIds: ["qazvin", "new-county"], offices: [] },
  ],
  categories: [
    { id: "postponed-without-reason" },
    { id: "old-category", ...gone, successorId: "postponed-without-reason" },
  ],
  causes: [{ id: "none" }, { id: "old-cause", ...gone, successorId: "none" }],
};

const by = callCentrePrincipal;

test.each([
  ["an agency", { agencyId: "closed" }, "agency-retired", { id: "closed", successorId: "new" }],
  ["a county", { countyId: "old-county" }, "county-retired", { id: "old-county", successorId: "new-county" }],
  ["an office", { officeId: "closed-office" }, "office-retired", { id: "closed-office", successorId: "office-1" }],
  [
    "a category",
    { category: "old-category" },
    "category-retired",
    { id: "old-category", successorId: "postponed-without-reason" },
  ],
  [
    "all of them, the agency first",
    { agencyId: "closed", countyId: "old-county", category: "old-category" },
    "agency-retired",
    { id: "closed", successorId: "new" },
  ],
])("a filing that names %s that is retired is told what takes its place", (_, fields, reason, values) => {
  const filing = aFiling(fields);
  expect(refuseRetired(filing, { by, directory, now })).toMatchObject({ code: "retired", reason, values });
  expect(refuseRetired(filing, { by, directory, now: "2026-11-23T00:00:00.000Z" })).toBeUndefined();
});

test("a front end that is retired files nothing, whatever it names", () => {
  expect(refuseRetired(aFiling(), { by: { ...by, ...gone }, directory, now })).toMatchObject({
    reason: "front-end-retired",
    values: { id: "call-centre-128" },
  });
});

test("a retaliation report may be about an agency that is retired, but not come from a front end that is", () => {
  const report = aFiling({ agencyId: "closed", retaliationFor: { id: "QZ-7K3M-9XPT-Q", secret: "4T7N-QW2D" } });
  expect(refuseRetired(report, { by, directory, now })).toBeUndefined();
  expect(refuseRetired(report, { by: { ...by, ...gone }, directory, now })).toMatchObject({ code: "retired" });
});

test("a cause that is retired is named no more from that day on, one that the province never had on no day", () => {
  const refusal = (cause: string, at = now) => refuseCause(directory, { cause, now: at });
  expect(refusal("old-cause")).toMatchObject({
    code: "retired",
    reason: "cause-retired",
    values: { id: "old-cause", successorId: "none" },
  });
  expect(refusal("old-cause", "2026-11-23T00:00:00.000Z")).toBeUndefined();
  expect(refusal("none")).toBeUndefined();
  expect(refusal("weather")).toMatchObject({
    code: "invalid",
    errors: [{ path: "cause", rule: "unknown-cause" }],
  });
});

describe("the agency that a complaint is to be sent on to", () => {
  const given = { operatedBy: undefined, now };

  test.each([
    ["serves its own county", "social-security", "qazvin", true],
    ["does not serve another one", "social-security", "new-county", false],
    ["serves a county that was renamed, though it came later", "new", "old-county", true],
    ["may have what is of a county that nobody knows any more", "new", "abolished", true],
    ["is not there", "nowhere", "qazvin", false],
    ["is not there either where the county is not", "nowhere", "abolished", false],
  ])("%s", (_, toAgencyId, countyId, servesCounty) => {
    expect(transferTarget(directory, { ...given, toAgencyId, countyId })).toMatchObject({ servesCounty });
  });

  test("is refused if it is retired, and what takes its place is told", () => {
    const { retiredFault } = transferTarget(directory, { ...given, toAgencyId: "closed", countyId: "qazvin" });
    expect(retiredFault).toMatchObject({ code: "retired", values: { id: "closed", successorId: "new" } });
  });

  test("runs the front ends of the agency whose place it took", () => {
    const runs = (agencyId: string, operatedBy?: string) => isOperatedBy(directory, { agencyId, operatedBy, now });
    expect([runs("closed", "closed"), runs("new", "closed"), runs("closed", "new"), runs("new")]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
