import { describe, expect, test } from "vitest";
import { RedriveRequest, redriveDueAt, selectForRedrive } from "#functions/deliveries/redrive.ts";

const now = "2026-11-24T10:00:00.000Z";
const agencies = [{ id: "gas" }, { id: "power" }];
const ordered = (wish: Record<string, unknown>) => selectForRedrive(RedriveRequest.parse(wish), { now, agencies });

test("nothing named is all that is undelivered", () => {
  expect(ordered({})).toEqual({});
});

test("an event named twice is sent once", () => {
  expect(ordered({ eventIds: ["a", "b", "a"] })).toEqual({ eventIds: ["a", "b"] });
});

describe("a period", () => {
  test.each([
    ["without an end ends now", { since: "2026-11-24T09:00:00Z" }, now],
    [
      "that would reach into the future ends now",
      { since: "2026-11-24T09:00:00Z", until: "2026-12-01T00:00:00Z" },
      now,
    ],
    [
      "ends where it is said to",
      { since: "2026-11-24T09:00:00Z", until: "2026-11-24T09:30:00Z" },
      "2026-11-24T09:30:00.000Z",
    ],
    ["may begin 30 days back to the instant", { since: "2026-10-25T10:00:00Z" }, now],
  ])("%s", (_, wish, until) => {
    expect(ordered({ ...wish, agencyId: "gas" })).toMatchObject({ until, agencyId: "gas" });
  });

  test.each([
    ["a millisecond more than 30 days back", { since: "2026-10-25T09:59:59.999Z" }, "since", "too-long-ago"],
    ["that begins now", { since: now }, "since", "empty-period"],
    [
      "that ends as it begins",
      { since: "2026-11-24T09:00:00Z", until: "2026-11-24T09:00:00Z" },
      "until",
      "empty-period",
    ],
  ])("%s is refused", (_, wish, path, rule) => {
    expect(() => ordered(wish)).toThrow(expect.objectContaining({ code: "invalid", errors: [{ path, rule }] }));
  });

  test("of an agency nobody knows is refused", () => {
    const wish = { since: "2026-11-24T09:00:00Z", agencyId: "water" };
    const refusal = { code: "unknown-agency", values: { agencyId: "water" } };
    expect(() => ordered(wish)).toThrow(expect.objectContaining(refusal));
  });
});

describe("a wish", () => {
  const since = "2026-11-24T09:00:00Z";

  test.each([
    ["for nothing named", {}],
    ["for some events", { eventIds: ["a"] }],
    ["for a period", { since }],
    ["for a period with an end, of one agency", { since, until: now, agencyId: "gas" }],
  ])("%s is taken", (_, wish) => {
    expect(RedriveRequest.safeParse(wish).success).toBe(true);
  });

  test.each([
    ["for events and a period at once", { eventIds: ["a"], since }, "events-or-period"],
    ["for an end without a beginning", { until: now }, "since-missing"],
    ["for an agency without a beginning", { agencyId: "gas" }, "since-missing"],
    ["for events of an agency", { eventIds: ["a"], agencyId: "gas" }, "since-missing"],
  ])("%s is refused", (_, wish, rule) => {
    expect(RedriveRequest.safeParse(wish).error?.issues).toMatchObject([{ path: ["since"], params: { rule } }]);
  });
});

test.each([
  ["that has just ended is begun when its last events must stand in the feeds", now, "2026-11-24T10:00:30.000Z"],
  ["that ended before is begun at once", "2026-11-24T09:59:30.000Z", now],
  ["that ended long before is begun at once", "2026-11-24T09:30:00.000Z", now],
])("a period %s", (_, until, dueAt) => {
  expect(redriveDueAt({ since: "2026-11-24T09:00:00.000Z", until }, now)).toBe(dueAt);
});

test("what is no period is begun at once", () => {
  expect(redriveDueAt({}, now)).toBe(now);
  expect(redriveDueAt({ eventIds: ["a"] }, now)).toBe(now);
});
