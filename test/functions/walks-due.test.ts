import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, expect, test, vi } from "vitest";
import { scansDue } from "#functions/retention/apply-retention.function.ts";
import type { DataKind } from "#shared/complaints/forgetting.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { table } from "#shared/storage/table.ts";

const tables = mockClient(table);
afterAll(() => {
  tables.restore();
  vi.unstubAllEnvs();
});

/** Of which months something is to be forgotten long after, where closing stands still since a month. */
async function monthsDue(closed: string): Promise<Record<DataKind, string[]>> {
  vi.stubEnv("COMPLAINTS_TABLE", "Complaints");
  const at = "2027-01-01T00:00:00.000Z";
  const last = { month: closed, firstMonth: "1405-01", periods: [], edition: "one", asOf: at, closedAt: at };
  tables.on(QueryCommand).callsFake(({ ExpressionAttributeValues: asked }) => {
    const [whose] = Object.values<string>(asked);
    return { Items: whose === partitions.closed ? [last] : [] };
  });
  const due = await scansDue("2045-01-01T00:00:00.000Z");
  const monthsOf = (kind: DataKind) => due.filter((scan) => scan.kind === kind).map(({ month }) => month);
  return { identity: monthsOf("identity"), texts: monthsOf("texts"), events: monthsOf("events") };
}

test.each([
  ["1405-11", []],
  ["1405-12", ["1405-01"]],
  ["1406-02", ["1405-01", "1405-02", "1405-03"]],
])("cases are forgotten that no figures will count any more: closed until %s, those of %j", async (closed, months) => {
  const { identity, texts, events } = await monthsDue(closed);
  expect(events).toEqual(months);
  // What figures are not made of waits for nothing.
  expect([identity, texts]).toEqual([expect.arrayContaining(["1410-01"]), expect.arrayContaining(["1410-01"])]);
});
