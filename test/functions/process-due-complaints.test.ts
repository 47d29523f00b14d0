import { DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { handler } from "#functions/escalation/process-due-complaints.function.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { aContext } from "../support/api-event.ts";
import { captureLog } from "../support/written-log.ts";

let log: ReturnType<typeof captureLog>;
const table = mockClient(DynamoDBDocumentClient);
afterAll(() => table.restore());

beforeEach(() => {
  table.on(QueryCommand).resolves({ Items: [] });
  vi.stubEnv("COMPLAINTS_TABLE", "Complaints");
  vi.useFakeTimers({ toFake: ["Date"] });
  log = captureLog();
});
afterEach(() => {
  log.release();
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

// The calendar that is here is known up to 20 March 2027.
test.each([
  ["while 90 days or more are known", "2026-12-20T12:00:30.000Z", false],
  ["once fewer are known, at the full hour", "2026-12-21T12:00:30.000Z", true],
  ["in no other minute of the hour, so that the log stays readable", "2026-12-21T12:01:30.000Z", false],
  ["once it has ended", "2027-03-21T12:00:30.000Z", true],
])("the sweep tells of the calendar's end: %s", async (_, now, told) => {
  vi.setSystemTime(now);
  await handler({}, aContext);
  expect(log.text().includes(logEvents.calendarEnds)).toBe(told);
});
