import { FilterCriteria, FilterRule } from "aws-cdk-lib/aws-lambda";
import { expect, test } from "vitest";
import { matches, recordFilter } from "#infra/programs/local-cloud/event-bridge/event-bridge.ts";

const record = { eventName: "INSERT", size: 7, dynamodb: { Keys: { sk: { S: "E#000001" } } } };

test.each<[string, Record<string, unknown>, boolean]>([
  ["isEqual", { eventName: FilterRule.isEqual("INSERT") }, true],
  ["isEqual to something else", { eventName: FilterRule.isEqual("MODIFY") }, false],
  ["isEqual of a number", { size: FilterRule.isEqual(7) }, true],
  ["or", { eventName: FilterRule.or("MODIFY", "INSERT") }, true],
  ["notEquals", { eventName: FilterRule.notEquals("INSERT") }, false],
  ["notEquals of something else", { eventName: FilterRule.notEquals("REMOVE") }, true],
  ["beginsWith", { dynamodb: { Keys: { sk: { S: FilterRule.beginsWith("E#") } } } }, true],
  ["beginsWith something else", { dynamodb: { Keys: { sk: { S: FilterRule.beginsWith("HEAD") } } } }, false],
  [
    "beginsWith on a field that is not there",
    { dynamodb: { Keys: { pk: { S: FilterRule.beginsWith("E#") } } } },
    false,
  ],
  ["between", { size: FilterRule.between(5, 7) }, true],
  ["between, outside", { size: FilterRule.between(8, 9) }, false],
  ["exists", { eventName: FilterRule.exists() }, true],
  ["notExists", { userIdentity: FilterRule.notExists() }, true],
  ["notExists on a field that is there", { eventName: FilterRule.notExists() }, false],
  ["every field must fit", { eventName: FilterRule.isEqual("INSERT"), size: FilterRule.isEqual(8) }, false],
])("FilterRule: %s", (_, pattern, expected) => {
  const criteria = { Filters: [{ Pattern: FilterCriteria.filter(pattern).pattern }] };
  expect(recordFilter(criteria)(record)).toBe(expected);
});

test("any one filter lets a record through, and no filter lets all through", () => {
  const filters = [{ eventName: ["REMOVE"] }, { eventName: ["INSERT"] }].map((pattern) => ({
    Pattern: JSON.stringify(pattern),
  }));
  expect([recordFilter({ Filters: filters })(record), recordFilter(undefined)(record)]).toEqual([true, true]);
});

test("a filter that is not known is named rather than ignored", () => {
  expect(() => matches(record, { eventName: [{ wildcard: "I*" }] })).toThrow(/"wildcard"/);
});
