import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Complaint } from "#shared/complaints/complaint.ts";
import {
  agenciesWithConsent,
  eraseIdentity,
  giveConsent,
  isIdentityShared,
  withdrawConsent,
} from "#shared/complaints/confidential-commands.ts";
import type { ConfidentialEntry, NewEntry } from "#shared/complaints/confidential-log.ts";
import { transfer, withdraw } from "#shared/complaints/moves.ts";
import { Fault } from "#shared/fault.ts";
import { aConfidentialLog, aNewComplaint, citizenPrincipal, inspectorPrincipal } from "../../support/a-complaint.ts";
import { isDeep } from "../../support/trial-size.ts";

const now = "2026-11-24T07:00:00.000Z";
const byCitizen = { by: citizenPrincipal, now };

/** A complaint with what was noted of it, and whether anybody is kept as who complains. */
type Standing = { complaint: Complaint; confidentialLog: ConfidentialEntry[]; hasIdentity: boolean };

/** What is noted and leaves the complaint as it is. */
const noting = {
  give: ({ complaint, confidentialLog, hasIdentity }: Standing) =>
    giveConsent(complaint, { ...byCitizen, confidentialLog: confidentialLog, hasIdentity: hasIdentity }),
  "take back": ({ complaint, confidentialLog }: Standing) =>
    withdrawConsent(complaint, { ...byCitizen, confidentialLog }),
  erase: ({ complaint, confidentialLog, hasIdentity }: Standing) =>
    eraseIdentity(complaint, { ...byCitizen, confidentialLog: confidentialLog, hasIdentity: hasIdentity }),
};

/** What moves the complaint and leaves the series as it is. */
const moving = {
  "send to gas": sentTo("gas"),
  "send to power": sentTo("power"),
  "send back": sentTo("social-security"),
  close: (complaint: Complaint) => withdraw(complaint, byCitizen).complaint,
};

function sentTo(toAgencyId: string) {
  const receiver = { toAgencyId, exists: true, servesCounty: true, operatesFrontEnd: false };
  const terms = { by: inspectorPrincipal, now, ...receiver, reason: "به آنجا مربوط است", acknowledgeBy: now };
  return (complaint: Complaint) => transfer(complaint, terms).complaint;
}

type Act = keyof typeof noting | keyof typeof moving;

/** How it stands after an act; where that was refused or no act, as before. */
type Step = Standing & { act: Act | "file"; noted?: NewEntry | undefined; refused?: Fault };

function stepOn({ complaint, confidentialLog, hasIdentity }: Standing, act: Act): Step {
  try {
    if (act !== "give" && act !== "take back" && act !== "erase")
      return { act, complaint: moving[act](complaint), confidentialLog, hasIdentity };
    const noted = noting[act]({ complaint, confidentialLog, hasIdentity });
    return {
      act,
      noted,
      complaint,
      confidentialLog: noted ? aConfidentialLog(...confidentialLog, noted) : confidentialLog,
      hasIdentity: hasIdentity && act !== "erase",
    };
  } catch (refused) {
    if (!(refused instanceof Fault)) throw refused;
    return { act, refused, complaint, confidentialLog, hasIdentity };
  }
}

type Course = { shareWithAgency: boolean; acts: Act[] };

/** A complaint step by step, from its filing on. */
function stepsOf({ shareWithAgency, acts }: Course): Step[] {
  const { complaint, consentEntry } = aNewComplaint({ citizen: { name: "زهرا محمدی", shareWithAgency } });
  let step: Step = {
    act: "file",
    noted: consentEntry,
    complaint,
    confidentialLog: aConfidentialLog(...(consentEntry ? [consentEntry] : [])),
    hasIdentity: true,
  };
  const steps = [step];
  for (const act of acts) {
    step = stepOn(step, act);
    steps.push(step);
  }
  return steps;
}

const isSharedAt = ({ complaint, confidentialLog }: Step) => isIdentityShared(complaint, confidentialLog);
const wasNoted = (type: ConfidentialEntry["type"]) => (step: Step) => step.noted?.type === type;

describe("after", () => {
  test.each<[Act[], boolean, string[]]>([
    [[], false, []],
    [["give"], true, ["social-security"]],
    [["give", "give"], true, ["social-security"]],
    [["give", "take back"], false, []],
    [["give", "take back", "give"], true, ["social-security"]],
    [["give", "erase"], false, []],
    [["give", "erase", "give"], false, []],
    [["give", "send to gas"], false, ["social-security"]],
    [["give", "send to gas", "send back"], false, ["social-security"]],
    [["give", "send to gas", "take back"], false, []],
    [["give", "send to gas", "give"], true, ["social-security", "gas"]],
    [["give", "send to gas", "give", "send back"], false, ["social-security", "gas"]],
    [["give", "send to gas", "send back", "give"], true, ["social-security"]],
    [["give", "send to gas", "give", "take back"], false, []],
    [["give", "send to gas", "give", "erase"], false, []],
    [["send to gas", "give", "send to power", "take back", "give"], true, ["power"]],
    [["give", "close"], true, ["social-security"]],
    [["give", "close", "take back"], false, []],
    [["give", "close", "take back", "give"], false, []],
    [["give", "close", "erase"], false, []],
  ])("%j the agency may know who complains: %j; a copy was kept for %j", (acts, shared, trusted) => {
    const { complaint, confidentialLog } = stepsOf({ shareWithAgency: false, acts }).at(-1) as Step;
    expect(isIdentityShared(complaint, confidentialLog)).toBe(shared);
    expect(agenciesWithConsent(confidentialLog)).toEqual(trusted);
  });

  test.each<[Act[], boolean]>([
    [[], true],
    [["give"], true],
    [["take back"], false],
    [["erase"], false],
    [["close"], true],
    [["send to gas"], false],
    [["send to gas", "send back"], false],
    [["send to gas", "give"], true],
  ])("consent at filing and %j the agency may know who complains: %j", (acts, shared) => {
    const last = stepsOf({ shareWithAgency: true, acts }).at(-1) as Step;
    expect(isSharedAt(last)).toBe(shared);
  });
});

const anyAct = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Act>("give") },
  { weight: 3, arbitrary: fc.constantFrom<Act>("take back", "send to gas", "send to power", "send back") },
  { weight: 1, arbitrary: fc.constantFrom<Act>("erase", "close") },
);
const anyCourse: fc.Arbitrary<Course> = fc.record({
  shareWithAgency: fc.boolean(),
  acts: fc.array(anyAct, { maxLength: 40, size: "max" }),
});

/** Holds of every course that a complaint may take, whatever is tried in whatever order. */
function always(sentence: string, holds: (steps: Step[]) => void) {
  test(`whatever happens in whatever order, ${sentence}`, () => {
    fc.assert(
      fc.property(anyCourse, (course) => holds(stepsOf(course))),
      { numRuns: isDeep ? 500 : 100 },
    );
  });
}

describe("consent", () => {
  always(
    "stands from when it is given until it is taken back, the identity erased or the complaint sent on",
    (steps) => {
      const [filed, ...rest] = steps;
      let stands = filed?.noted !== undefined;
      for (const step of rest) {
        if (!step.refused && step.act !== "close") stands = step.act === "give";
        expect(isSharedAt(step)).toBe(stands);
      }
    },
  );

  always("once taken back or the identity erased shares nothing before it is given again", (steps) => {
    for (const [n, { act }] of steps.entries()) {
      if (act !== "take back" && act !== "erase") continue;
      const until = steps.findIndex((step, m) => m > n && wasNoted("consent-given")(step));
      const between = steps.slice(n, until < 0 ? undefined : until);
      expect(between.filter(isSharedAt)).toEqual([]);
      expect(between.flatMap(({ confidentialLog }) => agenciesWithConsent(confidentialLog))).toEqual([]);
    }
  });

  always(
    "stands for the agency alone that held the complaint when it was given, and has held it ever since",
    (steps) => {
      for (const [n, step] of steps.entries()) {
        if (!isSharedAt(step)) continue;
        const since = steps.slice(steps.slice(0, n + 1).findLastIndex(wasNoted("consent-given")), n + 1);
        expect(since[0]?.noted).toMatchObject({ type: "consent-given", agencyId: step.complaint.agencyId });
        expect(new Set(since.map(({ complaint }) => complaint.agencyId)).size).toBe(1);
        expect(new Set(since.map(({ complaint }) => complaint.transferCount)).size).toBe(1);
      }
    },
  );

  always(
    "is refused of a closed complaint, of nobody named and the sixth time after filing, and never else",
    (steps) => {
      for (const [n, { act, refused }] of steps.entries()) {
        if (act !== "give") continue;
        const before = steps[n - 1] as Step;
        const given = steps.slice(1, n).filter(wasNoted("consent-given")).length;
        const { reason, code } = refused ?? {};
        expect(reason ?? code).toBe(refusalDue(before, given));
      }
    },
  );
});

/** Why consent has to be refused, after it was given so often. */
function refusalDue(step: Step, given: number): string | undefined {
  if (isSharedAt(step)) return undefined;
  if (step.complaint.status === "closed") return "wrong-state";
  if (!step.hasIdentity) return "identity-missing";
  return given >= 5 ? "consent-limit" : undefined;
}

describe("taking back and erasing", () => {
  always("are never refused", (steps) => {
    const refused = steps.filter((step) => step.refused && (step.act === "take back" || step.act === "erase"));
    expect(refused).toEqual([]);
  });

  always("leave nobody to be named again, once erased", (steps) => {
    const erased = steps.findIndex(wasNoted("identity-erased"));
    const after = erased < 0 ? [] : steps.slice(erased);
    expect(after.filter(isSharedAt)).toEqual([]);
    expect(
      after.slice(1).flatMap(({ act, noted }) => (act === "give" || act === "erase" ? (noted ?? []) : [])),
    ).toEqual([]);
  });
});

test("what is walked reaches the limit, the end and the erasure, and consent after each transfer", () => {
  const walked = fc.sample(anyCourse, { numRuns: 500, seed: 128 }).flatMap(stepsOf);
  const refusals = new Set(walked.flatMap(({ refused }) => (refused ? [refused.reason ?? refused.code] : [])));
  for (const one of ["consent-limit", "identity-missing", "wrong-state"]) expect(refusals).toContain(one);
  const shared = new Set(walked.filter(isSharedAt).map(({ complaint }) => complaint.agencyId));
  expect([...shared].sort()).toEqual(["gas", "power", "social-security"]);
});
