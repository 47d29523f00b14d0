import { describe, expect, test } from "vitest";
import { historyFor, historySummary } from "#functions/complaints/history.ts";
import type { Change } from "#shared/complaints/change.ts";
import { accusedFrom, type Complaint } from "#shared/complaints/complaint.ts";
import { headWithoutTexts } from "#shared/complaints/erased-texts.ts";
import { evolve } from "#shared/complaints/event-rules.ts";
import { answer, decide, dispute, reject, withdraw } from "#shared/complaints/moves.ts";
import {
  judgePromise,
  nextReminderAt,
  objectToPromise,
  promisesListedFrom,
  remindOfPromises,
  reportPromise,
} from "#shared/complaints/promises.ts";
import { aComplaint, agencyPrincipal, citizenPrincipal, inspectorPrincipal } from "../../support/a-complaint.ts";

const officer = { name: "مریم رستمی" };
const at = "2026-11-24T07:00:00.000Z";
/** Noon in Tehran. */
const noon = (day: string) => `${day}T08:30:00.000Z`;
const actions = [
  { text: "تابلو نصب می‌شود", dueOn: "2026-12-10" },
  { text: "آموزش کارکنان" },
  { text: "جانشین", dueOn: "2026-11-25" },
];
const judgement = { finding: "founded", cause: "none", text: "حق با شماست" } as const;
const confirmBy = "2026-12-04T07:00:00.000Z";
const answered = answer(aComplaint(), {
  by: agencyPrincipal,
  now: at,
  officer,
  confirmBy,
  ...judgement,
  actions,
}).complaint;
const terms = { text: "انجام شد.", areTextsOver: false };
const report = (complaint: Complaint, number: number, now = noon("2026-12-09")) =>
  reportPromise(complaint, { by: agencyPrincipal, now, number, officer, ...terms });
const object = (complaint: Complaint, number: number, now = noon("2026-12-10")) =>
  objectToPromise(complaint, { by: citizenPrincipal, now, number, ...terms });
const judge = (complaint: Complaint, number: number, { now = noon("2026-12-20"), kept = false } = {}) =>
  judgePromise(complaint, { by: inspectorPrincipal, now, number, kept, ...terms });
const stateAfter = ({ complaint }: Change) => complaint;
const refused = (reason: string) => expect.objectContaining({ code: "wrong-state", reason });

describe("the clock of promises", () => {
  test("reminds three days before the day, once, of all that are due then, and of none promised later than that", () => {
    expect(nextReminderAt(answered)).toBe("2026-12-06T20:30:00.000Z");
    expect(remindOfPromises(answered, { now: "2026-12-06T20:29:59.999Z" })).toBeUndefined();
    const reminded = remindOfPromises(answered, { now: "2026-12-06T20:30:00.000Z" }) ?? expect.unreachable();
    expect(reminded.events).toMatchObject([{ type: "promise-reminded", by: "system", numbers: [1] }]);
    expect(remindOfPromises(reminded.complaint, { now: "2027-01-01T00:00:00.000Z" })).toBeUndefined();
    expect(nextReminderAt(reminded.complaint)).toBeUndefined();
    const same = { ...answered, promises: answered.promises?.map((promise) => ({ ...promise, dueOn: "2026-12-10" })) };
    expect(remindOfPromises(same, { now: noon("2026-12-08") })?.events).toMatchObject([{ numbers: [1, 2, 3] }]);
  });

  test("moves nothing of the complaint, open or closed", () => {
    for (const status of ["answered", "disputed", "closed"] as const) {
      const before = { ...answered, status, level: 1 };
      const { complaint } = remindOfPromises(before, { now: noon("2026-12-08") }) ?? expect.unreachable();
      const { promises: _, version, lastEventAt, ...rest } = complaint;
      expect(before).toMatchObject(rest);
      expect(version).toBe(before.version + 1);
    }
  });

  test("does not remind of what was reported", () => {
    expect(nextReminderAt(stateAfter(report(answered, 1, noon("2026-11-30"))))).toBeUndefined();
  });
});

describe("the inspectors' list", () => {
  test("has a promise from the end of its day in Tehran, until it is reported", () => {
    const early = "2026-11-25T20:30:00.000Z";
    expect(promisesListedFrom(answered)).toBe(early);
    const reported = stateAfter(report(answered, 3));
    expect(promisesListedFrom(reported)).toBe("2026-12-10T20:30:00.000Z");
    expect(promisesListedFrom(stateAfter(report(reported, 1)))).toBeUndefined();
  });

  test("has an objected promise from the objection until an inspector's word", () => {
    const reported = stateAfter(report(stateAfter(report(answered, 3)), 1));
    const objected = stateAfter(object(reported, 3));
    expect(promisesListedFrom(objected)).toBe(noon("2026-12-10"));
    expect(promisesListedFrom(stateAfter(judge(objected, 3)))).toBeUndefined();
  });

  test("has none of the sandbox", () => {
    expect(promisesListedFrom({ ...answered, agencyId: "sandbox" })).toBeUndefined();
  });
});

describe("who may say what", () => {
  test("the agency reports once, in any status, the accused employee never", () => {
    const reported = stateAfter(report(answered, 1));
    expect(reported.promises?.[0]).toMatchObject({ reportedAt: noon("2026-12-09") });
    expect(() => report(reported, 1)).toThrow(refused("promise-reported"));
    const accused = { ...answered, accused: accusedFrom(officer) };
    expect(() => report(accused, 1)).toThrow(expect.objectContaining({ code: "conflict-of-interest" }));
    for (const number of [0, 4])
      expect(() => report(answered, number)).toThrow(expect.objectContaining({ code: "not-found" }));
    const other = { ...agencyPrincipal, agencyId: "post" };
    expect(() => reportPromise(answered, { by: other, now: at, number: 1, officer, ...terms })).toThrow("not-found");
  });

  test("the citizen objects to a report, once, within ten days", () => {
    expect(() => object(answered, 1)).toThrow(refused("promise-not-reported"));
    const reported = stateAfter(report(answered, 1));
    expect(() => object(reported, 1, "2026-12-19T08:30:00.000Z")).toThrow(refused("objection-overdue"));
    const objected = stateAfter(object(reported, 1, "2026-12-19T08:29:59.999Z"));
    expect(() => object(objected, 1)).toThrow(refused("promise-objected"));
  });

  test("an inspector judges what is on the list, once, and nobody says more", () => {
    expect(() => judge(answered, 1, { now: noon("2026-12-10") })).toThrow(refused("promise-not-listed"));
    expect(() => judge(answered, 2)).toThrow(refused("promise-not-listed"));
    expect(() => judge(stateAfter(report(answered, 1)), 1)).toThrow(refused("promise-not-listed"));
    const judged = stateAfter(judge(answered, 1));
    for (const act of [judge, report, object]) expect(() => act(judged, 1)).toThrow(refused("promise-judged"));
  });

  test("an inspector who worked for the agency, now or before a transfer, judges none of its promises", () => {
    const conflict = expect.objectContaining({ code: "conflict-of-interest", reason: "had-role-at-agency" });
    const judgeAs = (ties: object) =>
      judgePromise(answered, {
        by: inspectorPrincipal,
        now: noon("2026-12-20"),
        number: 1,
        kept: true,
        ...terms,
        ...ties,
      });
    expect(() => judgeAs({ ownAgencies: ["post", answered.agencyId] })).toThrow(conflict);
    expect(() => judgeAs({ wasAtOwnAgency: true })).toThrow(conflict);
    expect(judgeAs({ ownAgencies: ["post"], wasAtOwnAgency: false }).events).toMatchObject([
      { type: "promise-judged" },
    ]);
  });

  test("nobody says anything once the texts are to be erased, not even that there is no such promise", () => {
    const late = { ...terms, areTextsOver: true, now: at };
    for (const number of [1, 9]) {
      const erased = refused("texts-erased");
      expect(() => reportPromise(answered, { by: agencyPrincipal, number, officer, ...late })).toThrow(erased);
      expect(() => objectToPromise(answered, { by: citizenPrincipal, number, ...late })).toThrow(erased);
      expect(() => judgePromise(answered, { by: inspectorPrincipal, number, kept: true, ...late })).toThrow(erased);
    }
  });
});

describe("the promises of a complaint", () => {
  const reviewBy = "2026-11-26T07:00:00.000Z";
  const disputed = stateAfter(dispute(answered, { by: citizenPrincipal, now: at, reason: "انجام نشده", reviewBy }));
  const decision = { by: inspectorPrincipal, now: at, ...judgement, cause: "capacity", upholdsAnswer: false };

  test("are counted through answer and decision", () => {
    const { complaint } = decide(disputed, { ...decision, actions: [{ text: "بازدید", dueOn: "2026-12-20" }] });
    expect(complaint.promises?.map(({ dueOn }) => dueOn)).toEqual([
      "2026-12-10",
      undefined,
      "2026-11-25",
      "2026-12-20",
    ]);
    expect(stateAfter(report(complaint, 4)).promises?.[3]).toMatchObject({ reportedAt: noon("2026-12-09") });
  });

  test("end with a withdrawal or a rejection", () => {
    const ended = [
      stateAfter(withdraw(answered, { by: citizenPrincipal, now: at })),
      stateAfter(reject(disputed, { by: inspectorPrincipal, now: at, reason: "out-of-scope", text: "دادگاه" })),
    ];
    for (const complaint of ended) {
      expect([nextReminderAt(complaint), promisesListedFrom(complaint)]).toEqual([undefined, undefined]);
      expect(() => report(complaint, 1)).toThrow("not-found");
    }
  });

  test("are none in a report of retaliation, which no agency reads, nor in a complaint without actions", () => {
    const retaliation = aComplaint({ status: "disputed", retaliationFor: "QZ-2222-2222-2" });
    expect(decide(retaliation, { ...decision, upholdsAnswer: undefined, actions }).complaint.promises).toBeUndefined();
    expect(decide(disputed, { ...decision, actions: [] }).complaint.promises).toEqual(answered.promises);
  });

  test("are the same when the complaint is made again from its events, and stay without texts", () => {
    const changes = [report(answered, 1)];
    changes.push(object(stateAfter(changes[0] as Change), 1));
    changes.push(judge(stateAfter(changes[1] as Change), 1));
    const events = changes.flatMap(({ events: made }) => made);
    const last = changes.at(-1) ?? expect.unreachable();
    expect(events.reduce(evolve, answered)).toEqual(last.complaint);
    expect(headWithoutTexts(last.complaint).promises).toEqual(last.complaint.promises);
  });
});

describe("what readers see of promises", () => {
  const first = answer(aComplaint(), { by: agencyPrincipal, now: at, officer, confirmBy, ...judgement, actions });
  const seenBy = (viewer: "citizen" | "agency", changes: Change[]) => {
    const events = [first, ...changes].flatMap(({ events: made }) => made);
    return historySummary(historyFor({ events }, { viewer, readsIdentity: viewer === "citizen" })).promises;
  };

  test("a report alone is what the agency says, until the citizen objects or an inspector judges", () => {
    const reported = report(first.complaint, 1);
    const objected = objectToPromise(reported.complaint, {
      by: citizenPrincipal,
      now: noon("2026-12-10"),
      number: 1,
      text: "من، زهرا، دیدم که نیست",
      areTextsOver: false,
      maskedTexts: { text: "من، █████، دیدم که نیست" },
    });
    const judged = judge(objected.complaint, 1, { kept: true });
    expect(seenBy("citizen", [])).toMatchObject([
      { number: 1, status: "open", overdueFrom: "2026-12-10T20:30:00.000Z" },
      { number: 2, status: "open", overdueFrom: undefined },
      { number: 3, status: "open" },
    ]);
    expect(seenBy("citizen", [reported])[0]).toMatchObject({
      status: "agency-says-kept",
      report: { text: "انجام شد.", officer },
      objectBy: "2026-12-19T08:30:00.000Z",
    });
    expect(seenBy("agency", [reported, objected])[0]).toMatchObject({
      status: "objected",
      objection: { text: "من، █████، دیدم که نیست" },
    });
    expect(seenBy("citizen", [reported, objected, judged])[0]).toMatchObject({
      status: "kept",
      objection: { text: "من، زهرا، دیدم که نیست" },
      judgement: { kept: true },
    });
    expect(seenBy("agency", [judge(first.complaint, 3)])[2]).toMatchObject({ status: "not-kept" });
  });
});
