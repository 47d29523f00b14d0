import { describe, expect, test } from "vitest";
import { publishWaiting, WaitingStatistics, waitingColumn } from "#shared/domain/statistics/publication/waiting.ts";
import { aComplaint, morning } from "../../support/a-complaint.ts";

const key = "a key for tests";
const publishing = { key, month: "1405-09" };
const answerBy = "2026-11-26T06:10:00.000Z";

describe("a complaint waits for an answer", () => {
  test.each([
    ["late, from the deadline on", "filed", answerBy, "late"],
    ["in time, a millisecond before", "filed", "2026-11-26T06:09:59.999Z", "openInTime"],
    ["where it is acknowledged", "acknowledged", morning, "openInTime"],
    ["not, where it is answered", "answered", answerBy, undefined],
    ["not, where it is disputed", "disputed", answerBy, undefined],
    ["not, where it is closed", "closed", answerBy, undefined],
  ] as const)("%s", (_, status, now, column) => {
    expect(waitingColumn(aComplaint({ status, answerBy }), now)).toBe(column);
  });
});

// Computed in Python: u is 0.7257 at now|1405-09||late, 0.3469 at now|1405-09|bank|openInTime.
describe("what waits", () => {
  test("is rounded to tens by the address of its row and column", () => {
    const bank = (openInTime: number) =>
      publishWaiting({ bank: { late: 0, openInTime } }, publishing).agencies.bank?.openInTime;
    expect([22, 23, 24, 27, 40].map(bank)).toEqual([20, 20, 30, 30, 40]);
    const late = (size: number) => publishWaiting({ bank: { late: size, openInTime: 0 } }, publishing).province.late;
    expect([22, 24, 27, 28].map(late)).toEqual([20, 20, 20, 30]);
  });

  test("of the province is the rounded sum of true counts, not a sum of rounded ones", () => {
    const agencies = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`agency-${n}`, { late: 4, openInTime: 0 }]),
    );
    // 48 is rounded up, since 0.8 is more than 0.7257.
    expect(publishWaiting(agencies, publishing).province).toEqual({ late: 50, openInTime: "<20" });
  });

  test("is said as fewer than 20 where it is 0 or 10 after rounding", () => {
    const bank = (late: number) => publishWaiting({ bank: { late, openInTime: 0 } }, publishing).agencies.bank;
    for (let n = 0; n <= 10; n++) expect(bank(n)).toEqual({ late: "<20", openInTime: "<20" });
    expect(bank(20)).toEqual({ late: 20, openInTime: "<20" });
  });

  test("has a row for every agency, and is read as it is written", () => {
    const published = publishWaiting(
      { bank: { late: 33, openInTime: 7 }, gas: { late: 0, openInTime: 0 } },
      publishing,
    );
    expect(Object.keys(published.agencies)).toEqual(["bank", "gas"]);
    expect(WaitingStatistics.parse(JSON.parse(JSON.stringify(published)))).toEqual(published);
  });
});
