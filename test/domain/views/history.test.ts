import { describe, expect, test } from "vitest";
import { historyFor, historySummary } from "#functions/complaints/history.ts";
import { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import { ComplaintEvent, Snapshot } from "#shared/complaints/event.ts";
import { aComplaint } from "../../support/a-complaint.ts";

const at = "2026-11-24T07:00:00.000Z";
const officer = { name: "مریم کریمی", personnelId: "1024" };
const readers = ["citizen", "agency", "inspector", "overseer"] as const;
type As = (typeof readers)[number];

function anEvent(fields: Record<string, unknown>): ComplaintEvent {
  return ComplaintEvent.parse({ version: 3, at, by: "agency", after: Snapshot.parse(aComplaint()), ...fields });
}

const acknowledged = anEvent({ type: "acknowledged", officer, clientId: "agency-social-security" });
const decided = anEvent({
  type: "decided",
  by: "inspector",
  clientId: "inspectors-application",
  person: "inspector-1",
  finding: "founded",
  text: "زهرا درست گفت",
  actions: [],
  maskedTexts: { text: "█████ درست گفت" },
});

/** The one entry that a reader finds of an event; undefined if there is none. */
function entryOf(event: ComplaintEvent, as: As, named = true) {
  const entries = historyFor({ events: [event] }, { viewer: as, readsIdentity: named });
  expect(entries.length).toBeLessThan(2);
  return entries[0];
}

describe("what is not told to a reader", () => {
  const statement = anEvent({ type: "statement-added", employee: { name: "رضا" }, text: "در مأموریت بودم" });

  test("leaves no gap in the citizen's history where only a newer version of this code knows what it is", () => {
    const [first, last] = [anEvent({ type: "expired", version: 1 }), anEvent({ type: "expired", version: 3 })];
    const told = { events: [first, last], newer: [{ version: 2, at }] };
    const versions = historyFor(told, { viewer: "citizen", readsIdentity: true }).map(({ version, type }) => [
      version,
      type,
    ]);
    expect(versions).toEqual([
      [1, "expired"],
      [2, "internal"],
      [3, "expired"],
    ]);
    for (const as of ["agency", "inspector", "overseer"] as const)
      expect(historyFor(told, { viewer: as, readsIdentity: true }).map(({ version }) => version)).toEqual([1, 3]);
  });

  test("leaves no gap in the citizen's history, and says nothing there", () => {
    expect(entryOf(statement, "citizen")).toEqual({ version: 3, type: "internal", at });
  });

  test("is that a reading of the identity was a text with a word of it", () => {
    const told = (more: object) => {
      const entry = { type: "identity-read", inspector: "inspector-1", entryNumber: 1, at, by: "inspector", ...more };
      const confidentialLog = [ConfidentialEntry.parse({ ...entry, after: Snapshot.parse(aComplaint()) })];
      return readers.map((as) => historyFor({ events: [], confidentialLog }, { viewer: as, readsIdentity: true }));
    };
    expect(told({}).flat().length).toBeGreaterThan(0);
    expect(told({ comparedText: true })).toEqual(told({}));
  });

  test("did not happen for an overseer", () => {
    expect(entryOf(statement, "overseer")).toBeUndefined();
  });

  test.each(["agency", "inspector"] as const)("is told to whom it is for: %s", (as) => {
    expect(entryOf(statement, as)).toMatchObject({ type: "statement-added", text: "در مأموریت بودم" });
  });
});

describe("an event", () => {
  test.each(readers)("tells %s neither the client that acted nor how the complaint stood", (as) => {
    for (const event of [acknowledged, decided]) {
      expect(entryOf(event, as)).not.toHaveProperty("clientId");
      expect(entryOf(event, as)).not.toHaveProperty("after");
    }
  });

  test.each([
    ["citizen", undefined],
    ["agency", undefined],
    ["overseer", undefined],
    ["inspector", "inspector-1"],
  ] as const)("at the centre tells %s which person acted: %s", (as, person) => {
    expect(entryOf(decided, as)?.person).toBe(person);
  });

  test("of which no person is known tells an inspector of none", () => {
    expect(entryOf(acknowledged, "inspector")).not.toHaveProperty("person");
  });

  test.each([
    ["citizen", { name: "مریم کریمی" }],
    ["overseer", { name: "مریم کریمی" }],
    ["agency", officer],
    ["inspector", officer],
  ] as const)("tells %s of the officer just this: %j", (as, known) => {
    expect(entryOf(acknowledged, as)?.officer).toEqual(known);
  });

  test("that no officer signed names none", () => {
    const message = anEvent({ type: "message-posted", by: "citizen", text: "سلام", officer: undefined });
    for (const as of readers) expect(entryOf(message, as)?.officer).toBeUndefined();
  });

  test.each(readers)("is read by %s as it was written, or with the citizen blanked, and never both ways", (as) => {
    expect(entryOf(decided, as, true)?.text).toBe("زهرا درست گفت");
    expect(entryOf(decided, as, false)?.text).toBe("█████ درست گفت");
    for (const named of [true, false]) expect(entryOf(decided, as, named)).not.toHaveProperty("maskedTexts");
  });

  test.each([
    ["agency", "█████ درست گفت"],
    ["overseer", "█████ درست گفت"],
    ["citizen", "زهرا درست گفت"],
    ["inspector", "زهرا درست گفت"],
  ] as const)("of an agency reads the same to the %s, whether or not consent stands: %s", (as, text) => {
    const answered = anEvent({ ...decided, type: "answered", by: "agency", officer });
    for (const named of [true, false]) expect(entryOf(answered, as, named)?.text).toBe(text);
  });

  test("that names nobody is read by everybody as it was written", () => {
    const rejected = anEvent({ type: "rejected", by: "inspector", reason: "out-of-scope", text: "در صلاحیت نیست" });
    expect(entryOf(rejected, "agency", false)?.text).toBe("در صلاحیت نیست");
  });
});

describe("the confidential log", () => {
  const before = "2026-11-24T06:59:59.999Z";
  const after = "2026-11-24T07:00:00.001Z";
  const noted = (number: number, fields: Record<string, unknown>) =>
    ConfidentialEntry.parse({ entryNumber: number, at, by: "citizen", after: Snapshot.parse(aComplaint()), ...fields });
  const centre = { by: "inspector", clientId: "inspectors-application", person: "inspector-1" };
  const series = [
    noted(1, {
      type: "consent-given",
      agencyId: "social-security",
      transferCount: 0,
      clientId: "call-centre-128",
      at: before,
    }),
    noted(2, { type: "visit-ordered", visitId: "v1", plannedAt: after, reportBy: after, ...centre }),
    noted(3, { type: "identity-read", inspector: "inspector-1", ...centre }),
    noted(4, { type: "consent-withdrawn" }),
    noted(5, { type: "identity-erased", at: after }),
  ];
  const events = [acknowledged, anEvent({ ...decided, version: 4 })];
  const read = (as: As) => historyFor({ events, confidentialLog: series }, { viewer: as, readsIdentity: true });

  test.each(["citizen", "inspector"] as const)(
    "is told to the %s by time, after what is open where both happened at once",
    (as) => {
      expect(read(as).map(({ version, entryNumber, type }) => [version ?? entryNumber, type])).toEqual([
        [1, "consent-given"],
        [3, "acknowledged"],
        [4, "decided"],
        [2, "visit-ordered"],
        [3, "identity-read"],
        [4, "consent-withdrawn"],
        [5, "identity-erased"],
      ]);
    },
  );

  test.each(["agency", "overseer"] as const)("leaves no trace in the history of the %s", (as) => {
    expect(read(as)).toEqual(historyFor({ events }, { viewer: as, readsIdentity: true }));
  });

  test("has numbers of its own and tells what was noted, to the inspectors also by whom", () => {
    const consent = {
      type: "consent-given",
      entryNumber: 1,
      by: "citizen",
      agencyId: "social-security",
      transferCount: 0,
    };
    const visit = {
      type: "visit-ordered",
      entryNumber: 2,
      at,
      by: "inspector",
      visitId: "v1",
      plannedAt: after,
      reportBy: after,
    };
    expect(read("citizen")[0]).toEqual({ ...consent, at: before });
    expect(read("inspector")[0]).toEqual({ ...consent, at: before });
    expect(read("citizen")[3]).toEqual(visit);
    expect(read("inspector")[3]).toEqual({ ...visit, person: "inspector-1" });
  });

  test("is told where nothing else is", () => {
    expect(
      historyFor({ events: [], confidentialLog: series }, { viewer: "citizen", readsIdentity: true }),
    ).toHaveLength(5);
  });
});

describe("what a history comes to", () => {
  const said = (text: string) => ({ finding: "founded", text, actions: [] });
  const written = (type: string, text: string) => anEvent({ type, officer, ...said(text) });
  const file = { attachmentId: "a1", fileName: "نوبت.jpg", contentType: "image/jpeg", size: 9 };
  const come = (events: ComplaintEvent[]) =>
    historySummary(historyFor({ events }, { viewer: "inspector", readsIdentity: true }));

  test("is nothing if nothing was said", () => {
    expect(come([acknowledged])).toEqual({
      answer: undefined,
      decision: undefined,
      promises: [],
      messages: [],
      attachments: [],
    });
  });

  test("is the last answer and the last decision, apart from each other", () => {
    const { answer, decision } = come([
      written("answered", "نخست"),
      written("answered", "سپس"),
      written("decided", "یک"),
      written("decided", "دو"),
      written("decided", "سه"),
    ]);
    expect([answer, decision]).toEqual([
      { ...said("سپس"), at },
      { ...said("سه"), at },
    ]);
  });

  test("is with the cause that was named, and whether the answer is upheld, where that was said", () => {
    const cause = "staff-absent";
    const answered = anEvent({ type: "answered", officer, ...said("نخست"), cause });
    const decided = anEvent({ type: "decided", by: "inspector", ...said("سپس"), cause, upholdsAnswer: false });
    expect(come([answered, decided])).toMatchObject({
      answer: { ...said("نخست"), cause },
      decision: { ...said("سپس"), cause, upholdsAnswer: false },
    });
    for (const as of readers) {
      expect(entryOf(answered, as)).toMatchObject({ cause });
      expect(entryOf(decided, as)).toMatchObject({ cause, upholdsAnswer: false });
    }
  });

  test("is every message and every file, in the order in which they came", () => {
    const message = (text: string, by: string) => anEvent({ type: "message-posted", text, by });
    const { messages, attachments } = come([
      message("سلام", "citizen"),
      anEvent({ type: "attachment-added", by: "citizen", ...file }),
      message("بفرمایید", "inspector"),
    ]);
    expect(messages).toEqual([
      { at, by: "citizen", text: "سلام" },
      { at, by: "inspector", text: "بفرمایید" },
    ]);
    expect(attachments).toEqual([{ ...file, at }]);
  });
});
