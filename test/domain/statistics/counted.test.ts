import { describe, expect, test } from "vitest";
import { breakdowns } from "#functions/figures/tables.ts";
import { OutcomeWithoutOpinion } from "#shared/complaints/confidential-log.ts";
import { aCountedProvince, classIn, countAs, countOne } from "../../support/a-count.ts";
import * as s from "../../support/a-story.ts";

const on = (day: number, time = "06:00") => `2026-11-${day}T${time}:00.000Z`;
const inTime = on(25);
const late = on(27);
const story = s.aStory();
const answered = s.answered(story, inTime);
const answeredLate = s.answered(story, late);
const disputed = s.disputed(answered, on(26));

describe("a complaint's outcome", () => {
  test.each([
    ["answered in time and accepted", "confirmed", s.accepted(answered, on(26))],
    ["answered in time and upheld", "confirmed", s.decided(disputed, on(28), { upholdsAnswer: true })],
    [
      "answered in time and upheld though nobody disputed",
      "confirmed",
      s.decided(answered, on(26), { upholdsAnswer: true }),
    ],
    ["answered in time, and the citizen is silent so far", "silent", answered],
    ["answered in time, and the window passed", "silent", s.expired(answered, "2026-12-05T06:00:00.000Z")],
    ["answered in time and withdrawn", "silent", s.withdrawn(answered, on(26))],
    ["answered in time, disputed and withdrawn", "silent", s.withdrawn(disputed, on(27))],
    ["answered in time and decided, and whether it is upheld was not said", "silent", s.decided(disputed, on(28))],
    ["answered in time and not upheld", "overturned", s.decided(disputed, on(28), { upholdsAnswer: false })],
    ["answered late and not upheld", "overturned", s.decided(answeredLate, on(28), { upholdsAnswer: false })],
    ["answered late and accepted", "late", s.accepted(answeredLate, on(28))],
    ["answered late and upheld", "late", s.decided(answeredLate, on(28), { upholdsAnswer: true })],
    ["answered at the very instant it was owed", "late", s.answered(story, s.owedAt)],
    ["answered a millisecond before", "silent", s.answered(story, "2026-11-26T05:59:59.999Z")],
    ["never answered and still open", "unanswered", story],
    ["withdrawn after the time had passed", "unanswered", s.withdrawn(story, late)],
    ["decided unanswered after the time had passed", "unanswered", s.decided(story, late)],
    ["decided unanswered before", "excluded", s.decided(story, inTime)],
    ["withdrawn unanswered before", "excluded", s.withdrawn(story, inTime)],
    ["found to be no case", "excluded", s.rejected(story, inTime)],
    ["found to be no complaint", "excluded", s.rejected(story, inTime, "not-a-complaint")],
    ["found to be no case after a late answer", "excluded", s.rejected(answeredLate, on(28))],
    ["disputed and still open", "pending", disputed],
    ["disputed and still open after a late answer", "pending", s.disputed(answeredLate, on(28))],
  ])("%s: %s", (_, outcome, one) => {
    expect(classIn("outcome", one)).toBe(outcome);
  });

  test("is pending while an answer is not owed yet, and what happens later changes it", () => {
    const before = { asOf: on(25, "07:00") };
    expect(classIn("outcome", story, before)).toBe("pending");
    expect(classIn("outcome", s.accepted(answered, on(26)), before)).toBe("silent");
    expect(classIn("outcome", answeredLate, before)).toBe("pending");
    // The instant itself is not known yet.
    expect(classIn("outcome", answered, { asOf: inTime })).toBe("pending");
  });

  test("rests on the time as it was extended", () => {
    const extended = s.extended(s.acknowledged(story, on(24, "07:00")), inTime, on(28));
    expect(classIn("outcome", s.accepted(s.answered(extended, late), on(28)))).toBe("confirmed");
    expect(classIn("extended", extended)).toBe("extended");
    expect(classIn("extended", story)).toBe("not-extended");
  });

  test.each([
    ["a bank's front end about another bank", "excluded", "bank-app", "other-bank"],
    ["a bank's front end about the waterworks", "unanswered", "bank-app", "water"],
    ["the town hall's front end about what is in no group either", "unanswered", "hall-desk", "town-hall"],
    ["a front end that no agency runs", "unanswered", "web-portal", "other-bank"],
  ])("filed through %s: %s", (_, outcome, client, agencyId) => {
    expect(classIn("outcome", s.aStory({ client, agencyId }))).toBe(outcome);
  });

  test("is excluded where a rival filed the complaint and it ends with a peer, and is not where it leaves the peer", () => {
    const filed = (agencyId: string) => s.aStory({ client: "bank-app", agencyId });
    const ending = (from: string, to: string) =>
      classIn("outcome", s.answered(s.transferred(filed(from), on(24, "07:00"), to), inTime));
    expect(ending("town-hall", "other-bank")).toBe("excluded");
    expect(ending("other-bank", "town-hall")).toBe("silent");
  });

  test("is excluded too where the front end was run by an agency whose successor is in the group", () => {
    const joined = { id: "coop", peerGroup: "coops", retiredFrom: "2026-12-01", successorId: "bank" };
    const agencies = [...aCountedProvince.agencies, joined, { id: "other-coop", peerGroup: "coops" }];
    const province = { ...aCountedProvince, agencies, operators: { "coop-app": "coop" } };
    const about = (agencyId: string, asOf: string) =>
      classIn("outcome", s.aStory({ client: "coop-app", agencyId }), { province, asOf });
    const [before, after] = ["2026-11-30T20:29:59.000Z", "2026-11-30T20:30:00.000Z"];
    expect([about("other-bank", before), about("other-coop", before)]).toEqual(["unanswered", "excluded"]);
    expect([about("other-bank", after), about("other-coop", after)]).toEqual(["excluded", "unanswered"]);
  });

  test("is pending even if a rival filed it, until it is due", () => {
    const rivals = s.aStory({ client: "bank-app", agencyId: "other-bank" });
    expect(classIn("outcome", rivals, { asOf: inTime })).toBe("pending");
  });
});

describe("the end of a complaint that a rival filed", () => {
  const ended = (client: string, agencyId: string) => {
    const filed = s.aStory({ client, agencyId });
    const ends = [s.accepted(s.answered(filed, inTime), on(25, "06:15")), s.withdrawn(filed, on(24, "07:00"))];
    return ends.map((one) => (["closure", "quick-acceptance"] as const).map((name) => classIn(name, one)));
  };

  test("is not counted: the rival's front end has the secrets, so it could raise a peer's flags", () => {
    expect(ended("bank-app", "other-bank")).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  test("is counted if the front end is run by no agency, or the complaint is about an agency of other peers", () => {
    const counted = [
      ["accepted", "quick"],
      ["withdrawn", undefined],
    ];
    expect([ended("web-portal", "other-bank"), ended("bank-app", "water")]).toEqual([counted, counted]);
  });
});

describe("opinions of a complaint that a rival filed", () => {
  const said = (client: string, agencyId: string) => {
    const accepted = s.accepted(s.answered(s.aStory({ client, agencyId }), inTime), on(25));
    const unasked = s.opinionGiven(accepted, on(26), { solved: "no", handling: 1, pressured: true });
    const opinion = { solved: "no", handling: 1, pressured: true } as const;
    return countOne(s.called(unasked, on(27), { outcome: "answered", group: "accepted", ...opinion })).measures;
  };

  test("are not counted, whether the citizen was called or not", () => {
    expect(said("bank-app", "other-bank").filter((one) => /^(called-|solved|handling|pressured)/.test(one))).toEqual(
      [],
    );
  });

  test("are counted if the front end is run by no agency", () => {
    const measures = said("web-portal", "other-bank");
    expect(measures).toEqual(expect.arrayContaining(["pressured:pressured", "called-accepted-solved:no"]));
  });
});

describe("the agency that a complaint is counted for", () => {
  const moved = (at: string) => s.transferred(story, at, "town-hall");
  const agencyOf = (one: s.EventStory) => countOne(one).place.agency;

  test.each([
    [
      "the one that answered, where it answered in time",
      "town-hall",
      s.answered(moved(on(25, "20:00")), on(26, "05:00")),
    ],
    ["the one that held it longest, where the answer is late", "water", s.answered(moved(on(25, "20:00")), late)],
    ["the same where nobody answered", "water", moved(on(25, "20:00"))],
    ["the other where that held it longer", "town-hall", moved(on(24, "20:00"))],
    ["the earlier of two that held it equally long", "water", moved(on(25))],
    ["the first one, where it was transferred after the deadline", "water", moved(late)],
    [
      "the last authority, where it was withdrawn in time",
      "town-hall",
      s.withdrawn(moved(on(25, "20:00")), on(25, "21:00")),
    ],
    [
      "whose answer is not upheld, however long another held it",
      "town-hall",
      s.decided(s.answered(moved(on(25, "20:00")), late), on(28), { upholdsAnswer: false }),
    ],
    ["whose answer is in dispute", "town-hall", s.disputed(s.answered(moved(on(25, "20:00")), late), on(28))],
  ])("%s", (_, agencyId, one) => {
    expect(agencyOf(one)).toBe(agencyId);
  });

  test("on the office clock only open hours were held", () => {
    // Filed on Tuesday at 09:30 in Tehran. Transferred when the offices had closed; the other had all of Wednesday morning.
    const begun = s.aStory({ category: "disrespect", answerBy: on(25, "09:30") });
    expect(agencyOf(s.transferred(begun, on(24, "20:00"), "town-hall"))).toBe("town-hall");
    const elapsed = s.aStory({ category: "postponed-without-reason", answerBy: on(25, "09:30") });
    expect(agencyOf(s.transferred(elapsed, on(24, "20:00"), "town-hall"))).toBe("water");
  });

  test("the times of an agency that held it twice are added up", () => {
    const there = s.transferred(story, on(24, "20:00"), "town-hall");
    const back = s.transferred(there, on(25, "20:00"), "water");
    expect(agencyOf(back)).toBe("water");
  });

  test("a retired agency's complaints are its successor's from the day of its retirement on", () => {
    const old = s.answered(s.aStory({ agencyId: "old-water" }), inTime);
    expect(countOne(old, { asOf: "2026-11-30T20:29:59.000Z" }).place.agency).toBe("old-water");
    expect(countOne(old, { asOf: "2026-11-30T20:30:00.000Z" }).place.agency).toBe("water");
    expect(countOne(old).holders).toEqual([{ agencyId: "water", transferredOut: false }]);
  });

  test("each authority is listed once, with whether it transferred the complaint out; an inspector's transfer is no agency's", () => {
    const back = s.transferred(moved(inTime), on(25, "07:00"), "water");
    expect(countOne(back).holders).toEqual([
      { agencyId: "water", transferredOut: true },
      { agencyId: "town-hall", transferredOut: true },
    ]);
    const byInspector = moved(inTime).events.map((event) => ({ ...event, by: "inspector" as const }));
    const reassigned = countOne({ ...story, events: byInspector });
    expect(reassigned.holders.map(({ transferredOut }) => transferredOut)).toEqual([false, false]);
    expect(reassigned.measures).toContain("transferred-out:not-transferred-out");
  });
});

describe("what else is counted", () => {
  test.each([
    ["the answer's", "capacity", s.answered(story, inTime, { cause: "capacity" })],
    [
      "the decision's, which corrects the answer's",
      "conduct",
      s.decided(s.answered(story, inTime, { cause: "capacity" }), on(26), { cause: "conduct", upholdsAnswer: false }),
    ],
    [
      "the answer's where the decision names none",
      "capacity",
      s.decided(s.answered(story, inTime, { cause: "capacity" }), on(26), { upholdsAnswer: true }),
    ],
    ["none if nobody answered or decided", undefined, s.withdrawn(story, late)],
  ])("the cause is %s", (_, cause, one) => {
    expect(countOne(one).place.cause).toBe(cause);
  });

  test("the finding is the last one given, and none if none was", () => {
    const first = s.answered(story, inTime, { finding: "undetermined" });
    expect(classIn("finding", first)).toBe("undetermined");
    expect(classIn("finding", s.decided(first, on(26), { finding: "founded" }))).toBe("founded");
    expect(classIn("finding", s.withdrawn(story, inTime))).toBeUndefined();
  });

  test.each([
    ["accepted", s.accepted(answered, on(26))],
    ["expired", s.expired(answered, "2026-12-05T06:00:00.000Z")],
    ["decided", s.decided(story, inTime)],
    ["withdrawn", s.withdrawn(disputed, on(27))],
    ["out-of-scope", s.rejected(story, inTime)],
    ["not-a-complaint", s.rejected(story, inTime, "not-a-complaint")],
    [undefined, disputed],
  ])("the closure is %s", (closure, one) => {
    expect(classIn("closure", one)).toBe(closure);
  });

  test("the highest level, from five on as five", () => {
    const climb = (steps: number) =>
      Array.from({ length: steps }, (_, n) => on(26, `1${n}:00`)).reduce(s.escalated, story);
    expect([0, 3, 5, 6].map((steps) => classIn("level", climb(steps)))).toEqual(["0", "3", "5", "5"]);
  });

  test.each([
    ["PT1H", "2026-11-24T06:01:00.000Z"],
    ["PT1H", "2026-11-24T07:00:00.000Z"],
    ["PT3H", "2026-11-24T07:00:00.001Z"],
    ["PT24H", "2026-11-24T09:00:00.001Z"],
    ["PT24H", on(25)],
    ["PT48H", on(25, "06:01")],
    ["PT48H", on(26)],
    ["longer", "2026-11-26T06:00:00.001Z"],
  ])("the time to answer is in the class %s where the answer came at %s", (bin, at) => {
    expect(classIn("time-elapsed", s.answered(story, at))).toBe(bin);
  });

  test("the time on the office clock too, for every category", () => {
    // From Tuesday 09:30 to Wednesday 09:30 in Tehran: an office day, which is longer than three hours.
    expect(classIn("time-office-hours", answered)).toBe("PT24H");
    // From Tuesday 09:30 to 12:00 in Tehran, while the office was open: two and a half hours.
    expect(classIn("time-office-hours", s.answered(story, on(24, "08:30")))).toBe("PT3H");
  });

  test("an unanswered complaint is in the class unanswered; a pending or excluded one is in no class", () => {
    expect(classIn("time-elapsed", story)).toBe("unanswered");
    expect(classIn("time-office-hours", s.withdrawn(story, late))).toBe("unanswered");
    for (const one of [disputed, s.withdrawn(story, inTime)]) {
      expect(classIn("time-elapsed", one)).toBeUndefined();
      expect(classIn("time-office-hours", one)).toBeUndefined();
    }
  });

  test.each([
    ["quick", undefined, on(25, "06:59")],
    ["not-quick", undefined, on(25, "07:00")],
    ["not-quick", true, on(25, "06:01")],
  ] as const)("an acceptance as %s (a phone: %s, at %s)", (name, phone, at) => {
    expect(classIn("quick-acceptance", s.accepted(s.answered(s.aStory({ phone }), inTime), at))).toBe(name);
  });

  test("no acceptance where the citizen is silent", () => {
    expect(classIn("quick-acceptance", answered)).toBeUndefined();
  });

  test("the last opinion that was known", () => {
    const first = s.opinionGiven(answered, on(26), { solved: "no", handling: 1, pressured: true });
    const second = s.opinionGiven(first, on(28), { solved: "partly", handling: 3 });
    const said = (one: s.EventStory, asOf?: string) =>
      (["solved", "handling", "pressured"] as const).map((name) => classIn(name, one, asOf ? { asOf } : {}));
    expect(said(first)).toEqual(["no", "1", "pressured"]);
    expect(said(second)).toEqual(["partly", "3", "not-pressured"]);
    expect(said(second, on(28))).toEqual(["no", "1", "pressured"]);
    expect(said(answered)).toEqual([undefined, undefined, undefined]);
  });
});

describe("what a called citizen says", () => {
  const opinions = (one: s.EventStory) =>
    countOne(one).measures.filter((measure) => /^(called-|solved|handling|pressured)/.test(measure));
  const said = { outcome: "answered", solved: "no", handling: 2, pressured: true } as const;

  test.each([
    ["accepted", "accepted"],
    ["silent", "silent"],
    ["other", "other"],
  ] as const)(
    "by a citizen who had been %s is counted for %s, beside the opinion that was given without a call",
    (group, asked) => {
      const unasked = s.opinionGiven(answered, on(26), { solved: "yes", handling: 5 });
      expect(opinions(s.called(unasked, on(28), { ...said, group }))).toEqual([
        "solved:yes",
        "handling:5",
        "pressured:not-pressured",
        "called-outcome:answered",
        `called-${asked}-solved:no`,
        `called-${asked}-handling:2`,
        `called-${asked}-pressured:pressured`,
      ]);
    },
  );

  test.each([
    ["accepted", (one: s.EventStory) => s.accepted(one, on(29)), "accepted"],
    ["disputed", (one: s.EventStory) => s.disputed(one, on(28)), "other"],
  ])("by a citizen who was silent when listed, and then %s, is counted for those who did", (_, move, asked) => {
    const measures = opinions(move(s.called(answered, on(28), { ...said, group: "silent" })));
    expect(measures).toContain(`called-${asked}-solved:no`);
    expect(measures.join()).not.toContain("called-silent");
  });

  test("is not counted if the complaint is counted for another agency than it was filed at", () => {
    const elsewhere = s.answered(s.transferred(story, on(24, "07:00"), "town-hall"), inTime);
    expect(opinions(s.called(elsewhere, on(28), { ...said, group: "silent" }))).toEqual([]);
  });

  test.each(OutcomeWithoutOpinion.options)("is that it was tried, where the outcome is %s", (outcome) => {
    const tried = s.called(answered, on(28), { outcome, group: "silent" });
    const counted = outcome === "declined" ? "declined" : "no-contact";
    expect(breakdowns["called-outcome"]).toContain(counted);
    expect(opinions(tried)).toEqual([`called-outcome:${counted}`]);
    const measures = opinions(s.called(tried, on(29), { ...said, group: "silent" }));
    expect(measures.filter((one) => one.startsWith("called-outcome"))).toEqual(["called-outcome:answered"]);
  });
});

describe("what is in no table", () => {
  test("a report of retaliation is counted as that and as nothing else", () => {
    expect(countAs(s.aStory({ retaliation: true }))).toBe("retaliation");
  });

  test("a complaint that was not filed by then is counted as nothing", () => {
    expect(countAs(story, { asOf: s.filedAt })).toBeUndefined();
  });
});
