import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { requestedMonths } from "#functions/figures/agency-performance.api.ts";
import { Problem, problemReply } from "#functions/http/problem.ts";
import { table } from "#shared/storage/table.ts";
import { addMonths } from "#shared/time/period.ts";

const tables = mockClient(table);
afterAll(() => {
  tables.restore();
  vi.unstubAllEnvs();
});

/** So many months have own figures, the last of them 1405-08; a query lists the latest first. */
function made(count: number): void {
  const Items = Array.from({ length: count }, (_, n) => ({ pk: "made", sk: addMonths("1405-08", -n) }));
  tables.on(QueryCommand).resolves({ Items });
}

beforeEach(() => {
  vi.stubEnv("COMPLAINTS_TABLE", "Complaints");
  tables.reset();
  made(30);
});

const refusal = async (ends: Parameters<typeof requestedMonths>[0]) => {
  const fault = await requestedMonths(ends).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const { errors } = Problem.parse(problemReply(fault, { language: "en", docs: "https://foad.example/v1/docs" }).body);
  return errors?.map(({ path, code, params }) => [path, code, ...Object.values(params ?? {})]);
};

test.each([
  [{}, ["1405-08"]],
  [{ from: "1405-06" }, ["1405-06", "1405-07", "1405-08"]],
  [{ to: "1405-02" }, ["1405-02"]],
  [{ from: "1404-12", to: "1405-02" }, ["1404-12", "1405-01", "1405-02"]],
])("the months asked for by %j are %j", async (ends, months) => {
  expect(await requestedMonths(ends)).toEqual(months);
});

test.each([
  [{ from: "1405-Q3" }, ["from", "not-a-month"]],
  [{ to: "1405-13" }, ["to", "not-a-month"]],
  [{ from: "1403-02" }, ["from", "before-counting", "1403-03"]],
  [{ to: "1405-09" }, ["to", "period-not-closed"]],
  [{ from: "1405-03", to: "1405-01" }, ["to", "end-before-start"]],
  [{ from: "1403-08", to: "1405-08" }, ["to", "too-many-months", 24]],
])("%j is refused: %j", async (ends, error) => {
  expect(await refusal(ends)).toEqual([error]);
});

test("two years of months fit into an answer", async () => {
  expect(await requestedMonths({ from: "1403-09" })).toHaveLength(24);
});

test("as long as no month has own figures, none is listed, and none that is named is closed", async () => {
  made(0);
  expect(await requestedMonths({})).toEqual([]);
  expect(await refusal({ from: "1390-01" })).toEqual([["from", "period-not-closed"]]);
});
