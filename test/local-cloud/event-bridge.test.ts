import { expect, test } from "vitest";
import { createEventBridge } from "#infra/programs/local-cloud/event-bridge/event-bridge.ts";

const uploaded = {
  source: "aws.s3",
  detailType: "Object Created",
  resources: ["arn:aws:s3:::files"],
  detail: { bucket: { name: "files" }, object: { key: 'in/"one"', size: 5 }, tags: { mark: ["first"] } },
};
const pattern = { source: ["aws.s3"], detail: { object: { key: [{ prefix: "in/" }] } } };

/** A bus with one rule, whose target is a function; tells what the function was called with for an event. */
async function called(properties: object, event = uploaded): Promise<unknown[]> {
  const calls: unknown[] = [];
  const bridge = createEventBridge({
    queues: { endpoint: "http://127.0.0.1:9", queueUrl: String },
    invoke: async (_, input) => void calls.push(input),
    now: () => Date.parse("2031-03-21T08:00:00.500Z"),
    scheduled: () => ({ ref: "a schedule" }),
  });
  const declared = { type: "AWS::Events::Rule", stack: "S", logicalId: "Rule", properties, asset: String };
  await bridge.creators["AWS::Events::Rule"]?.(declared);
  await bridge.emit(event);
  await bridge.stop?.();
  return calls;
}

const target = (fields: object = {}) => ({
  Arn: "arn:aws:lambda:us-east-1:000000000000:function:look",
  Id: "T",
  ...fields,
});

test("an event reaches the targets of the rule whose pattern it meets, whole and on the local cloud's clock", async () => {
  expect(await called({ EventPattern: pattern, Targets: [target()] })).toMatchObject([
    { "detail-type": "Object Created", source: "aws.s3", time: "2031-03-21T08:00:00Z", detail: uploaded.detail },
  ]);
});

test.each([
  ["of another source", { ...pattern, source: ["aws.ses"] }, "ENABLED"],
  ["of another key", { ...pattern, detail: { object: { key: [{ prefix: "out/" }] } } }, "ENABLED"],
  ["where the rule is off", pattern, "DISABLED"],
])("an event %s reaches nobody", async (_, EventPattern, State) => {
  expect(await called({ EventPattern, State, Targets: [target()] })).toEqual([]);
});

test("a transformer makes of an event just what it names, as JSON whatever stands there", async () => {
  const InputTransformer = {
    InputPathsMap: {
      key: "$.detail.object.key",
      mark: "$.detail.tags.mark[0]",
      size: "$.detail.object.size",
      no: "$.detail.no",
    },
    InputTemplate: '{"key":<key>,"mark":<mark>,"size":<size>,"no":<no>}',
  };
  expect(await called({ EventPattern: pattern, Targets: [target({ InputTransformer })] })).toEqual([
    { key: 'in/"one"', mark: "first", size: 5, no: null },
  ]);
});

test("a constant input replaces the event", async () => {
  expect(await called({ EventPattern: pattern, Targets: [target({ Input: '{"go":true}' })] })).toEqual([{ go: true }]);
});

test("a rule that waits for time is made by the schedules", async () => {
  expect(await called({ ScheduleExpression: "rate(1 minute)", Targets: [target()] })).toEqual([]);
});
