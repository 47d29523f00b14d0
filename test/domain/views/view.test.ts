import { describe, expect, test } from "vitest";
import {
  agencyView,
  citizenView,
  inboxItem,
  inspectorView,
  overseerView,
  workQueueItem,
} from "#functions/complaints/complaint-views.ts";
import type { WithMaskedTexts } from "#shared/complaints/change.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import type { ComplaintRecord, NarrativeText } from "#shared/complaints/complaint-record.ts";
import { giveConsent, recordIdentityRead } from "#shared/complaints/confidential-commands.ts";
import type { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import { eventWithoutTexts, headWithoutTexts, narrativeWithoutTexts } from "#shared/complaints/erased-texts.ts";
import { assertNotErasedFor } from "#shared/complaints/forgetting.ts";
import { acknowledge, answer } from "#shared/complaints/moves.ts";
import { orderVisit } from "#shared/complaints/visits.ts";
import type { Attachment } from "#shared/files/attachment.ts";
import type { Identity } from "#shared/identities/identity.ts";
import { addMilliseconds, dayMs } from "#shared/time/duration.ts";
import { visitTerms } from "../../support/a-calendar.ts";
import {
  aComplaint,
  aConfidentialLog,
  agencyPrincipal,
  aNewComplaint,
  citizenPrincipal,
  inspectorPrincipal,
} from "../../support/a-complaint.ts";

const now = "2026-11-24T07:00:00.000Z";
const officer = { name: "مریم کریمی", personnelId: "1024" };
const said = {
  finding: "founded" as const,
  cause: "staff-absent",
  text: "عذر می‌خواهیم",
  actions: [{ text: "یک باجهٔ دیگر باز شد" }],
};
const identity = { name: "زهرا محمدی", phone: "+989122002580" };
const description = "زهرا محمدی در صف ماند";

const confirmBy = "2026-12-04T08:00:00.000Z";

function aStory({ maskedTexts, ...fields }: Record<string, unknown> & WithMaskedTexts = {}) {
  const filed = aNewComplaint({ employee: { counter: "3" }, description, ...fields });
  const taken = acknowledge(filed.complaint, { by: agencyPrincipal, now, officer });
  const answering = { by: agencyPrincipal, now: "2026-11-24T08:00:00.000Z", officer, ...said, confirmBy, maskedTexts };
  const done = answer(taken.complaint, answering);
  return {
    complaint: done.complaint,
    narrative: filed.narrative,
    events: [filed.event, ...taken.events, ...done.events],
    uploads: [],
  };
}
const named = { citizen: { name: "زهرا محمدی" } };
const shared = { citizen: { name: "زهرا محمدی", shareWithAgency: true } };

const toCitizen = (story: ComplaintRecord, confidentialLog: ConfidentialEntry[] = []) =>
  citizenView(story, { confidentialLog: confidentialLog, now, retention, idPrefixes });
const idPrefixes = { idPrefix: "QZ", phonePrefix: "28" };
const retention = { identity: "P60D", texts: "P120D", events: "P450D" };
const names = { agency: {}, county: { qazvin: { fa: "قزوین", en: "Qazvin" } }, office: {}, category: {} };
const rowSource = { viewer: "agency", details: { narrative: { description }, names }, now, retention } as const;
const keeping = { now, retention };
type Shared = ComplaintRecord & { identity?: Identity };
const toAgency = (story: Shared, at = keeping) => agencyView(story, at);
const toOverseer = (story: ComplaintRecord, at = keeping) => overseerView(story, at);
const toInspector = (story: ComplaintRecord) => inspectorView(story, { confidentialLog: [], visits: [], now });

/** The same story of a complaint that differs in some fields. */
function storyOf(fields: Partial<Complaint>) {
  const story = aStory();
  return { ...story, complaint: { ...story.complaint, ...fields } };
}

describe("the citizen", () => {
  test("sees every event, and the officer without a personnel id", () => {
    const { history, answer } = toCitizen(aStory({ citizen: { phone: "09122002580" } }));
    expect(history.map(({ version, type }) => [version, type])).toEqual([
      [1, "filed"],
      [2, "acknowledged"],
      [3, "answered"],
    ]);
    expect(history[1]).toMatchObject({ officer: { name: "مریم کریمی" } });
    expect(JSON.stringify(history)).not.toContain("1024");
    expect(history[0]).not.toHaveProperty("origin");
    expect(history[0]).not.toHaveProperty("statistics");
    expect(answer).toEqual({ ...said, at: "2026-11-24T08:00:00.000Z" });
  });

  test("reads what was written as it was written", () => {
    expect(toCitizen(aStory(named)).description).toBe(description);
  });

  test("sees who read who they are, and when", () => {
    const story = aStory(named);
    const at = "2026-11-24T09:00:00.000Z";
    const read = recordIdentityRead(story.complaint, { by: inspectorPrincipal, now: at, name: "مینا احمدی" });
    expect(toCitizen(story).identityReads).toEqual([]);
    expect(toCitizen(story, aConfidentialLog(read)).identityReads).toEqual([{ at, inspector: "مینا احمدی" }]);
    // An inspector reads the `sub`, by which the names of people are found.
    const { history } = inspectorView(story, { confidentialLog: aConfidentialLog(read), visits: [], now });
    expect(history.at(-1)).toMatchObject({ inspector: "inspector-1", person: "inspector-1" });
  });

  test("sees whether the agency may know them, and each visit that is ordered", () => {
    const { complaint, ...story } = aStory(named);
    const consent = giveConsent(complaint, { by: citizenPrincipal, now, confidentialLog: [], hasIdentity: true });
    const visit = orderVisit(complaint, {
      confidentialLog: [],
      by: inspectorPrincipal,
      now: confirmBy,
      visitId: "v1",
      inspector: "inspector-2",
      terms: visitTerms,
      plannedAt: confirmBy,
    });
    const confidentialLog = aConfidentialLog(...(consent ? [consent] : []), visit);
    const { identityShared, history } = toCitizen({ ...story, complaint }, confidentialLog);
    expect(identityShared).toBe(true);
    expect(history.slice(-2)).toMatchObject([
      { entryNumber: 1, type: "consent-given" },
      { entryNumber: 2, type: "visit-ordered" },
    ]);
    expect(toCitizen({ ...story, complaint: { ...complaint, transferCount: 1 } }, confidentialLog).identityShared).toBe(
      false,
    );
    expect(toCitizen({ ...story, complaint }).identityShared).toBe(false);
  });

  test("is told of no sharing from when on the agency is shown nobody, though a hold keeps the identity", () => {
    const { complaint, ...story } = aStory(named);
    const consent = giveConsent(complaint, { by: citizenPrincipal, now, confidentialLog: [], hasIdentity: true });
    const shared = (closedAt: string) =>
      toCitizen(
        { ...story, complaint: { ...complaint, status: "closed", closedAt } },
        aConfidentialLog(...(consent ? [consent] : [])),
      ).identityShared;
    const sixtyDaysBefore = addMilliseconds(now, -60 * dayMs);
    expect([shared(sixtyDaysBefore), shared(addMilliseconds(sixtyDaysBefore, 1))]).toEqual([false, true]);
  });

  test("sees what became of each upload, under its own name, with the reason in both languages", () => {
    const sent = { fileName: "نوبت.pdf", contentType: "application/pdf" as const, size: 9, announcedAt: now };
    const expiresAt = Date.parse("2026-11-25T07:00:00Z") / 1_000;
    const uploads: Attachment[] = [
      { ...sent, attachmentId: "1".repeat(32), state: "pending", expiresAt },
      { ...sent, attachmentId: "2".repeat(32), state: "ready" },
      { ...sent, attachmentId: "3".repeat(32), state: "refused", reason: "password-protected", expiresAt },
    ];
    const { fileName } = sent;
    expect(toCitizen({ ...aStory(), uploads }).uploads).toEqual([
      { attachmentId: "1".repeat(32), fileName, state: "pending", until: "2026-11-25T07:00:00.000Z" },
      { attachmentId: "2".repeat(32), fileName, state: "ready" },
      {
        attachmentId: "3".repeat(32),
        fileName,
        state: "refused",
        reason: "password-protected",
        reasonText: { fa: expect.stringContaining("رمز"), en: expect.stringContaining("password") },
      },
    ]);
    expect(JSON.stringify([toInspector({ ...aStory(), uploads }), toAgency({ ...aStory(), uploads })])).not.toContain(
      "نوبت",
    );
  });
});

test("nobody sees which client acted", () => {
  const story = aStory();
  const { consentEntry } = aNewComplaint(shared);
  const confidentialLog = aConfidentialLog(
    ...(consentEntry ? [consentEntry] : []),
    recordIdentityRead(story.complaint, { by: inspectorPrincipal, now, name: "مینا احمدی" }),
  );
  const told = [
    toCitizen(story, confidentialLog),
    inspectorView(story, { confidentialLog: confidentialLog, visits: [], now }),
  ];
  for (const { history } of told) expect(history).toHaveLength(5);
  const views = [...told, toAgency(story), toOverseer(story)];
  expect(JSON.stringify(views)).not.toMatch(/call-centre|agency-social|inspectors-application/);
});

describe("the agency", () => {
  test("does not see who complains unless consent stands", () => {
    const told = toAgency({ ...aStory(shared), identity });
    for (const hidden of [toAgency(aStory(named)), toAgency(aStory(shared))]) {
      expect(hidden.citizen).toBeUndefined();
      expect(JSON.stringify(hidden)).not.toMatch(/زهرا|محمدی/);
    }
    expect(told.citizen).toEqual(identity);
    expect(told.description).toBe(description);
  });

  test("sees the employee complained of, without the citizen's number in it", () => {
    const employee = { name: "محمدی", counter: "باجهٔ زهرا" };
    const story = aStory({ ...named, employee });
    expect(toAgency(story).employee).toEqual({ name: "محمدی", counter: "باجهٔ █████" });
    expect(toAgency({ ...story, identity }).employee).toEqual(employee);
    expect(toAgency(aStory(named)).employee).toEqual({ counter: "3" });
  });

  test("reads its own words masked by their form, whether or not consent stands", () => {
    const story = aStory({ ...named, maskedTexts: { text: "█████" } });
    for (const view of [toAgency(story), toAgency({ ...story, identity }), toOverseer(story)])
      expect(view.answer?.text).toBe("█████");
    for (const view of [toCitizen(story), toInspector(story)]) expect(view.answer?.text).toBe(said.text);
  });

  test("sees when it must acknowledge and answer, and who handles it", () => {
    const { acknowledgeBy, answerBy } = aComplaint();
    expect(toAgency(aStory())).toMatchObject({ acknowledgeBy, answerBy, officer });
  });
});

/** A case that stands whole though it was closed long ago, as a hold leaves it. */
function aHeldStory() {
  const story = aStory({ ...shared, employee: { name: "رضا احمدی" }, officeId: "social-security-qazvin-1" });
  const closed = { status: "closed", closure: "accepted", closedAt: "2026-11-25T08:00:00.000Z" } as const;
  return { ...story, complaint: { ...story.complaint, ...closed }, identity };
}

describe("who is told of no hold", () => {
  const at = (now: string) => ({ now, retention });

  test("is shown of a held case what would be left of it, to the millisecond", () => {
    const story = aHeldStory();
    expect(toAgency(story, at("2027-01-24T07:59:59.999Z"))).toMatchObject({ citizen: identity, description });
    const unnamed = toAgency(story, at("2027-01-24T08:00:00.000Z"));
    expect(unnamed.citizen).toBeUndefined();
    expect(unnamed).toMatchObject({ description: "█████ █████ در صف ماند", officer, employee: { name: "رضا احمدی" } });
    for (const view of [toAgency, toOverseer]) {
      expect(view(story, at("2027-03-25T07:59:59.999Z")).answer).toMatchObject({ text: said.text });
      const { id, status, version, description, answer, history } = view(story, at("2027-03-25T08:00:00.000Z"));
      expect({ id, status, version, description }).toEqual({
        id: story.complaint.id,
        status: "closed",
        version: 3,
        description: "█████",
      });
      expect(answer).toMatchObject({ finding: "founded", text: "█████", actions: [{ text: "█████" }] });
      expect(JSON.stringify(history)).not.toMatch(/عذر|مریم|باجه/);
      expect(view(story, at("2028-02-18T07:59:59.999Z")).status).toBe("closed");
      expect(() => view(story, at("2028-02-18T08:00:00.000Z"))).toThrow(expect.objectContaining({ code: "not-found" }));
    }
  });

  test("reads the same as of a case that the clock has forgotten", () => {
    const held = aHeldStory();
    const forgotten = {
      ...held,
      complaint: headWithoutTexts(held.complaint),
      narrative: narrativeWithoutTexts(held.narrative),
      events: held.events.map(eventWithoutTexts),
      identity: undefined,
    };
    const late = at("2027-12-01T00:00:00.000Z");
    expect(toAgency(held, late)).toEqual(toAgency(forgotten, late));
    expect(toOverseer(held, late)).toEqual(toOverseer(forgotten, late));
    const listed = (story: ComplaintRecord, question: typeof late) =>
      inboxItem(story.complaint, { ...rowSource, ...question, details: { names, narrative: story.narrative } });
    expect(listed(held, late)).toEqual(listed(forgotten, late));
    expect(listed(held, late).excerpt).toBe("█████");
    expect(listed(held, keeping).officer).toEqual(officer);
  });

  test("differs from citizen and inspectors, who read it whole for as long as it is held", () => {
    const story = aHeldStory();
    const late = "2040-01-01T00:00:00.000Z";
    const whole = [citizenView(story, { confidentialLog: [], now: late, retention, idPrefixes }), toInspector(story)];
    for (const view of whole) expect(view).toMatchObject({ description, answer: { text: said.text } });
    for (const to of ["citizen", "inspector"] as const)
      expect(() => assertNotErasedFor(story.complaint, { viewer: to, now: late, retention })).not.toThrow();
    for (const to of ["agency", "overseer", "front-end"] as const)
      expect(() => assertNotErasedFor(story.complaint, { viewer: to, now: late, retention })).toThrow();
  });
});

describe("an inspector", () => {
  test("sees everything but who complains", () => {
    const story = { ...storyOf({ transferCount: 2 }), identity };
    const visits = [{ visitId: "v1", orderedAt: now, reportBy: now }];
    const order = { confidentialLog: [], visitId: "v1", inspector: "inspector-2", plannedAt: now, terms: visitTerms };
    const visit = orderVisit(story.complaint, { by: inspectorPrincipal, now, ...order });
    const view = inspectorView(story, { confidentialLog: aConfidentialLog(visit), visits, now });
    expect(view.history.at(-1)).toMatchObject({ entryNumber: 1, type: "visit-ordered", person: "inspector-1" });
    expect(view).toMatchObject({ description, visits, transferCount: 2, employee: { counter: "3" }, officer });
    expect(view).not.toHaveProperty("identity");
    expect(view).not.toHaveProperty("citizen");
  });

  test("reads what was written as it was written", () => {
    expect(toInspector(aStory(named)).description).toBe(description);
  });
});

describe("an overseer", () => {
  test("reads nothing of who complains, though the agency may know it", () => {
    for (const citizen of [named, shared]) {
      const view = toOverseer(aStory(citizen));
      expect(view.description).toBe("█████ █████ در صف ماند");
      expect(JSON.stringify(view)).not.toMatch(/زهرا|محمدی/);
    }
  });

  test("sees what the office answered, and neither employee nor officer's number", () => {
    const view = toOverseer(aStory());
    expect(view).toMatchObject({ answer: said, level: 0 });
    expect(view).not.toHaveProperty("employee");
    expect(JSON.stringify(view)).not.toContain("1024");
  });
});

const reviewBy = "2026-11-26T06:10:00.000Z";
const { acknowledgeBy, answerBy } = aComplaint();

test.each([
  ["a complaint", {}, { acknowledgeBy, answerBy }],
  ["a retaliation report", { retaliationFor: "QZ-0000-0000-0", reviewBy }, { reviewBy }],
])("everybody sees what %s owes, and no more", (_, fields, owed) => {
  const story = storyOf(fields);
  const views = [toCitizen(story), toInspector(story), toOverseer(story), workQueueItem(story.complaint, rowSource)];
  for (const { acknowledgeBy, answerBy, reviewBy } of views)
    expect(JSON.parse(JSON.stringify({ acknowledgeBy, answerBy, reviewBy }))).toEqual(owed);
});

test("a citizen reads when a visit is planned, and not what the token issuer calls its inspector", () => {
  const story = aStory();
  const order = { confidentialLog: [], visitId: "v1", inspector: "inspector-2", plannedAt: now, terms: visitTerms };
  const entry = orderVisit(story.complaint, { by: inspectorPrincipal, now, ...order });
  const { history } = toCitizen(story, aConfidentialLog(entry));
  expect(history.at(-1)).toMatchObject({ type: "visit-ordered", plannedAt: now });
  expect(JSON.stringify(history)).not.toContain("inspector-");
});

describe("a row", () => {
  const rowOf = (
    fields: Partial<Complaint>,
    { narrative }: { narrative?: NarrativeText | undefined } = { narrative: { description } },
  ) => workQueueItem(aComplaint(fields), { ...rowSource, details: { narrative, names } });

  test("has the names that the province file has, and an id such as `constructor` has none", () => {
    expect(rowOf({ category: "constructor" }).names).toEqual({ county: names.county.qazvin });
  });

  test.each<[string, Partial<Complaint>, object]>([
    ["filed", {}, { next: { step: "acknowledge", by: acknowledgeBy } }],
    ["filed and late", { acknowledgeBy: now }, { next: { step: "acknowledge", by: now }, lateSince: now }],
    ["acknowledged", { status: "acknowledged" }, { next: { step: "answer", by: answerBy } }],
    [
      "answered, in the citizen's hands",
      { status: "answered", confirmBy: now },
      { next: { step: "confirm", by: now } },
    ],
    ["disputed and late", { status: "disputed", reviewBy: now }, { next: { step: "review", by: now }, lateSince: now }],
    ["closed", { status: "closed", confirmBy: now }, {}],
  ])("tells of a complaint that is %s what is next, and since when it is late", (_, fields, told) => {
    const { next, lateSince } = rowOf(fields);
    expect(JSON.parse(JSON.stringify({ next, lateSince }))).toEqual(told);
  });

  test("has neither names nor text where nobody asks for details", () => {
    const { details: _, ...bare } = rowSource;
    const row = workQueueItem(aComplaint(), bare);
    expect([row.names, row.excerpt, row.next?.step]).toEqual([undefined, undefined, "acknowledge"]);
  });

  test("counts the citizen's messages since an agency acted", () => {
    expect([rowOf({}).newMessages, rowOf({ newMessages: 3 }).newMessages]).toEqual([0, 3]);
  });

  test("begins the text on one line: masked first, then cut after 140 characters, none of them in two", () => {
    const maskedTexts = { description: `█████ گفت:\n\n${"😀".repeat(140)}` };
    const { excerpt } = rowOf({}, { narrative: { description, maskedTexts } });
    expect(excerpt).toBe(`█████ گفت: ${"😀".repeat(129)}…`);
    expect(rowOf({}, { narrative: { description: "ب".repeat(140) } }).excerpt).toBe("ب".repeat(140));
    expect(rowOf({}, { narrative: undefined }).excerpt).toBe("█████");
  });
});
