import { expect, test } from "vitest";
import { cloudEvent, FrontEndFeedEvent, filingEvent } from "#functions/deliveries/cloud-event.ts";
import { ComplaintEvent } from "#shared/complaints/event.ts";
import { aComplaint } from "../support/a-complaint.ts";

const complaintId = "QZ-7K3M-9XPT-Q";
const restores = ["2026-01-10T00:00:00.000Z", "2026-03-10T00:00:00.000Z"];

test.each([
  ["2026-01-10T00:00:00.000Z", "foad/qazvin"],
  ["2026-01-10T00:00:00.001Z", "foad/qazvin/restored-1"],
  ["2026-03-10T00:00:00.000Z", "foad/qazvin/restored-1"],
  ["2026-03-10T00:00:00.001Z", "foad/qazvin/restored-2"],
])("what happened at %s after two restores has the source %s, whenever it is told", (at, source) => {
  const event = ComplaintEvent.parse({ type: "accepted", version: 3, at, by: "citizen", after: aComplaint() });
  const origin = { provinceId: "qazvin", restores };
  expect(cloudEvent({ origin, complaintId, event })).toMatchObject({ source, time: at });
  const frontEndEventId = `${complaintId}/T5W9GC1R`;
  const told = FrontEndFeedEvent.parse({ ...event, complaintId, frontEndEventId });
  expect(filingEvent({ origin, event: told })).toMatchObject({ source, time: at });
  const unrestored = { provinceId: "qazvin", restores: [] };
  expect(cloudEvent({ origin: unrestored, complaintId, event }).source).toBe("foad/qazvin");
});
