import { expect, test } from "vitest";
import { confidentialEntryId } from "#shared/complaints/confidential-log.ts";
import { ComplaintEvent, eventId, Location } from "#shared/complaints/event.ts";
import { aNewComplaint } from "../../support/a-complaint.ts";

test("an event is named by its complaint and its number there", () => {
  expect(eventId("QZ-7K3M-9XPT-Q", 3)).toBe("QZ-7K3M-9XPT-Q/3");
});

test("a confidential entry cannot be taken for an event by its name", () => {
  expect(confidentialEntryId("QZ-7K3M-9XPT-Q", 3)).toBe("QZ-7K3M-9XPT-Q/confidential-3");
});

test.each([
  ["the office", 36.27, 50, true],
  ["the corners of the map", 90, -180, true],
  ["the other corners", -90, 180, true],
  ["what lies north of the pole", 90.1, 0, false],
  ["what lies south of the pole", -90.1, 0, false],
  ["what lies east of the map", 0, 180.1, false],
  ["what lies west of the map", 0, -180.1, false],
])("whether an inspector can have stood there is known: %s", (_, latitude, longitude, isPlace) => {
  expect(Location.safeParse({ latitude, longitude }).success).toBe(isPlace);
});

test.each([
  ["without a phone", { key: 7 }, {}],
  ["with a phone", { key: 7, phoneGiven: true }, { phoneGiven: true }],
])("a filing that an earlier release wrote with a key for rounding is read: %s", (_, statistics, read) => {
  const { event } = aNewComplaint();
  expect(ComplaintEvent.parse({ ...event, statistics })).toHaveProperty("statistics", read);
});
