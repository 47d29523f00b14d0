import { describe, expect, test } from "vitest";
import { answerFormOf, contentCodingOf, languageOf } from "#functions/http/request.ts";
import { anApiEvent } from "../support/api-event.ts";

const asking = (headers: Record<string, string>) => ({ ...anApiEvent({ routeKey: "GET /v1/statistics" }), headers });

describe("an answer has the form that the caller prefers", () => {
  test.each([
    ["*/*;q=0.1, text/csv;q=0.5, application/json", "json"],
    ["text/*, */*;q=0.1", "csv"],
    ["text/csv", "csv"],
    ["text/csv;q=0.4, application/json;q=0.5", "json"],
    ["application/*;q=0.4, text/csv;q=0.5", "csv"],
    ["text/html,application/xhtml+xml,*/*;q=0.8", "json"],
    ["text/csv;q=0", "json"],
    ["image/png", "json"],
    ["*/*", "json"],
  ])("%s: %s", (accept, form) => {
    expect(answerFormOf(asking({ accept }), "csv")).toBe(form);
  });

  test("JSON where the caller names none, or the answer has no other", () => {
    expect(answerFormOf(asking({}), "csv")).toBe("json");
    expect(answerFormOf(asking({ accept: "text/csv" }), undefined)).toBe("json");
  });
});

test.each([
  ["en-US,en;q=0.9", "en"],
  ["fa-IR", "fa"],
  ["en;q=0.4,fa;q=0.5", "fa"],
  ["de, en;q=0.3", "en"],
  ["de", "fa"],
  ["en;q=0", "fa"],
  ["*", "fa"],
])("problems in the language that the caller prefers: %s is %s", (tags, language) => {
  expect(languageOf(asking({ "accept-language": tags }))).toBe(language);
});

test.each([
  ["gzip, deflate, br", "br"],
  ["br;q=0, gzip", "gzip"],
  ["gzip;q=0.0", "identity"],
  ["identity", "identity"],
  ["*", "br"],
])("packed as the caller accepts it: %s is %s", (accepted, coding) => {
  expect(contentCodingOf(asking({ "accept-encoding": accepted }))).toBe(coding);
  expect(contentCodingOf(asking({}))).toBe("identity");
});
