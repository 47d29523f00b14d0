import { describe, expect, test } from "vitest";
import { publishWaiting, WaitingStatistics, waitingColumn } from "#functions/figures/waiting.ts";
import { aComplaint, morning } from "../../support/a-complaint.ts";

const key = "a key for tests";
const publishing = { key, month: "1406-11" };
const answerBy = "2026-11-26T06:10:00.000Z";

describe("a complaint waits for an answer", () => {
  test.each([
    ["overdue, from the deadline on", "filed", answerBy, "overdue"],
    ["in time, a millisecond before", "filed", "2026-11-26T06:09:59.999Z", "notYetDue"],
    ["where it is acknowledged", "acknowledged", morning, "notYetDue"],
    ["not, where it is answered", "answered", answerBy, undefined],
    ["not, where it is disputed", "disputed", answerBy, undefined],
    ["not, where it is closed", "closed", answerBy, undefined],
  ] as const)("%s", (_, status, now, column) => {
    expect(waitingColumn(aComplaint({ status, answerBy }), now)).toBe(column);
  });
});

// Computed in Python: u is 0.7320 at now|1406-11||overdue, 0.4132 at now|1406-11|bank|notYetDue.
describe("what waits", () => {
  test("is rounded to tens by the address of its row and column", () => {
    const bank = (notYetDue: number) =>
      publishWaiting({ bank: { overdue: 0, notYetDue } }, publishing).agencies.bank?.notYetDue;
    expect([22, 24, 25, 27, 40].map(bank)).toEqual([20, 20, 30, 30, 40]);
    const overdue = (size: number) =>
      publishWaiting({ bank: { overdue: size, notYetDue: 0 } }, publishing).province.overdue;
    expect([22, 24, 27, 28].map(overdue)).toEqual([20, 20, 20, 30]);
  });

  test("of the province is the rounded sum of true counts, not a sum of rounded ones", () => {
    const agencies = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`agency-${n}`, { overdue: 4, notYetDue: 0 }]),
    );
    // 48 is rounded up, since 0.8 is more than 0.7320.
    expect(publishWaiting(agencies, publishing).province).toEqual({ overdue: 50, notYetDue: "<20" });
  });

  test("is said as fewer than 20 where it is 0 or 10 after rounding", () => {
    const bank = (overdue: number) => publishWaiting({ bank: { overdue, notYetDue: 0 } }, publishing).agencies.bank;
    for (let n = 0; n <= 10; n++) expect(bank(n)).toEqual({ overdue: "<20", notYetDue: "<20" });
    expect(bank(20)).toEqual({ overdue: 20, notYetDue: "<20" });
  });

  test("has a row for every agency, and is read as it is written", () => {
    const published = publishWaiting(
      { bank: { overdue: 33, notYetDue: 7 }, gas: { overdue: 0, notYetDue: 0 } },
      publishing,
    );
    expect(Object.keys(published.agencies)).toEqual(["bank", "gas"]);
    expect(WaitingStatistics.parse(JSON.parse(JSON.stringify(published)))).toEqual(published);
  });
});
