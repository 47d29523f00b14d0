import { expect, test } from "vitest";
import { asyncapi } from "#infra/programs/documents/descriptions/asyncapi.ts";
import { openapi } from "#infra/programs/documents/openapi/openapi.ts";
import { breakingChanges, contractFacts, lastRelease } from "#infra/programs/documents/releases/breaking-changes.ts";

const today = contractFacts({ openapi, asyncapi });
const again = () => structuredClone(today);

test("nothing that callers of the last release build on is broken", () => {
  expect(breakingChanges({ before: lastRelease() ?? today, after: today })).toEqual([]);
});

const sent = "PostAgencyComplaintAnswerRequest";

test.each<[string, (facts: typeof today) => unknown]>([
  ["GET /v1/catalog is gone", ({ routes }) => delete routes["GET /v1/catalog"]],
  ["GET /v1/catalog no longer is called getCatalog", ({ routes }) => routes["GET /v1/catalog"]?.shift()],
  ["events of type ir.foad.complaint.filed.v1 are gone", ({ events }) => events.shift()],
  ["CitizenView.status is gone from answers", ({ answers }) => delete answers["CitizenView.status"]],
  [
    "CitizenView.status was Status, is string",
    ({ answers }) => Object.assign(answers, { "CitizenView.status": "string always" }),
  ],
  [
    "CitizenView.status may be missing from answers",
    ({ answers }) => Object.assign(answers, { "CitizenView.status": "Status" }),
  ],
  [`${sent}.text is no longer taken`, ({ requests }) => delete requests[`${sent}.text`]],
  [
    `${sent}.actions is required now`,
    ({ requests }) => Object.assign(requests[`${sent}.actions`] ?? {}, { needed: true }),
  ],
  [
    `${sent}.text was string, is integer`,
    ({ requests }) => Object.assign(requests[`${sent}.text`] ?? {}, { kind: "integer" }),
  ],
  [
    `${sent}.text maxLength is 10, was 4000`,
    ({ requests }) => Object.assign(requests[`${sent}.text`]?.limits ?? {}, { maxLength: 10 }),
  ],
  [
    `${sent}.text takes certain values alone now`,
    ({ requests }) => Object.assign(requests[`${sent}.text`] ?? {}, { values: ["a"] }),
  ],
  ["Finding no longer takes founded", ({ requests }) => requests.Finding?.values?.shift()],
  [
    `${sent}.mood is new and required`,
    ({ requests }) => Object.assign(requests, { [`${sent}.mood`]: { kind: "string", needed: true } }),
  ],
  [
    "GET /v1/agency/complaints mood is new and required",
    ({ requests }) => Object.assign(requests, { "GET /v1/agency/complaints mood": { kind: "string", needed: true } }),
  ],
  [
    "GET /v1/catalog mood is new and required",
    ({ requests }) => Object.assign(requests, { "GET /v1/catalog mood": { kind: "string", needed: true } }),
  ],
  [
    "GET /v1/catalog takes RequiredIdempotencyKey now",
    ({ routes }) => routes["GET /v1/catalog"]?.push("takes RequiredIdempotencyKey"),
  ],
  [
    "StatisticsRow.breakdowns{}{} is gone from answers",
    ({ answers }) => delete answers["StatisticsRow.breakdowns{}{}"],
  ],
])("refused: %s", (sentence, change) => {
  const after = again();
  change(after);
  expect(breakingChanges({ before: today, after })).toEqual([sentence]);
});

test("what policy allows is no breaking change", () => {
  const after = again();
  after.routes["GET /v1/moods"] = ["is called getMoods"];
  after.events.push("ir.foad.complaint.praised.v1");
  after.answers["CitizenView.mood"] = "string";
  after.answers.HistoryEntry += " or HistoryPraised";
  after.requests[`${sent}.mood`] = { kind: "string" };
  after.requests["GET /v1/moods day"] = { kind: "date", needed: true };
  after.requests.Finding?.values?.push("praised");
  Object.assign(after.requests[`${sent}.text`]?.limits ?? {}, { maxLength: 9_000 });
  expect(breakingChanges({ before: today, after })).toEqual([]);
});
