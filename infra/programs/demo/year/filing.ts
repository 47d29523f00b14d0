import { day, type Hours, hour, randomOfficeTime, roundUpToGrid, type Span } from "./calendar.ts";
import type { Chance } from "./chance.ts";
import { agencies, counties, mergedAgency } from "./invented-province.ts";
export type Finding = "founded" | "unfounded" | "undetermined";

/** How an agency handles complaints. Numbers between 0 and 1 are shares of its complaints. */
export type Character = {
  /** Minutes of office hours until it names the officer who handles a complaint. */
  acknowledges: [from: number, to: number];
  answers: number;
  inTime: number;
  extended: number;
  /** Transferred to another agency when the time to answer is nearly over, or over. */
  transferred: number;
  withdrawn: number;
  /** Answers that the citizen accepts at once, while still at the agency. */
  acceptedAtOnce: number;
  pressured: number;
  /** What citizens do after an answer. */
  reactions: Record<"accepts" | "disputes" | "silent", number>;
  findings: Record<Finding, number>;
  /** Disputed answers that an inspector upholds. */
  upheld: number;
  solved: Record<"yes" | "partly" | "no", number>;
  answerText: "specific" | "empty";
};

const ordinary: Character = {
  acknowledges: [15, 90],
  answers: 0.95,
  inTime: 0.8,
  extended: 0.08,
  transferred: 0.02,
  withdrawn: 0.03,
  acceptedAtOnce: 0.02,
  pressured: 0.02,
  reactions: { accepts: 0.4, disputes: 0.17, silent: 0.43 },
  findings: { founded: 0.4, unfounded: 0.4, undetermined: 0.2 },
  upheld: 0.5,
  solved: { yes: 0.45, partly: 0.3, no: 0.25 },
  answerText: "specific",
};

const honest: Character = {
  ...ordinary,
  answers: 0.99,
  inTime: 0.95,
  extended: 0.05,
  reactions: { accepts: 0.6, disputes: 0.08, silent: 0.32 },
  findings: { founded: 0.6, unfounded: 0.3, undetermined: 0.1 },
  upheld: 0.75,
  solved: { yes: 0.75, partly: 0.17, no: 0.08 },
};

/** Agencies that behave in a special way; all others are ordinary. */
const characters: Record<string, Character> = {
  "bank-sepidar": honest,
  "yas-hospital": honest,
  /** Acknowledges within seconds, and then seldom answers. */
  "taban-power": { ...ordinary, acknowledges: [0, 0], answers: 0.12, inTime: 0.4, answerText: "empty" },
  /** Answers in time, but with empty answers; most citizens give up. */
  "bank-mahtab": {
    ...ordinary,
    inTime: 0.97,
    reactions: { accepts: 0.06, disputes: 0.08, silent: 0.86 },
    findings: { founded: 0.05, unfounded: 0.15, undetermined: 0.8 },
    upheld: 0.25,
    solved: { yes: 0.08, partly: 0.22, no: 0.7 },
    answerText: "empty",
  },
  /** Presses people to withdraw, or to accept the answer at once. */
  "aftabgardan-hospital": {
    ...ordinary,
    withdrawn: 0.24,
    acceptedAtOnce: 0.55,
    pressured: 0.35,
    reactions: { accepts: 0.6, disputes: 0.05, silent: 0.35 },
    solved: { yes: 0.2, partly: 0.2, no: 0.6 },
  },
  /** Transfers complaints to other agencies only when its time is over. */
  "land-registry": { ...ordinary, transferred: 0.5, inTime: 0.6 },
};

export function characterOf(agencyId: string): Character {
  return characters[agencyId] ?? ordinary;
}

const mostComplaints = [
  "bank-sepidar",
  "sepidrokh-municipality",
  "bank-mahtab",
  "taban-power",
  "workers-fund",
  "aftabgardan-hospital",
  "land-registry",
  "zolal-water",
  "bank-abrisham",
  mergedAgency.id,
  mergedAgency.successorId,
  "duravar-telephone",
];
const fewestComplaints = "yas-hospital";

/** From the agency with the most complaints to the one with the fewest. */
const byVolume = [
  ...mostComplaints,
  ...agencies.map(({ id }) => id).filter((id) => !mostComplaints.includes(id) && id !== fewestComplaints),
  fewestComplaints,
];

export type Filing = { at: number; agencyId: string; countyId: string; category: string; frontEnd: string };

const banks = byVolume.filter((id) => agencies.some((agency) => agency.id === id && agency.group === "banks"));
/** Share of the year's complaints that are about the week in which the banks' systems are down. */
const outageFilings = 0.05;
const down = "systems-not-ready";

const categories = {
  "postponed-without-reason": 30,
  [down]: 16,
  "steps-not-transparent": 14,
  "decision-not-transparent": 13,
  disrespect: 11,
  "late-start-early-end": 8,
  "nobody-at-the-desk": 8,
};
export const channels: Record<string, string> = {
  "call-centre-128": "phone",
  "web-portal": "web",
  "mobile-app": "mobile",
  "sepidar-app": "mobile",
};

/** Zipf weights: the n-th id has the weight 1/n. */
const zipf = (ids: string[]) => Object.fromEntries(ids.map((id, n) => [id, 1 / (n + 1)]));

/** The last agency has so few complaints that no figures of it are published. */
const byAgency = { ...zipf(byVolume), [byVolume.at(-1) ?? ""]: 0.5 / byVolume.length };
const byBank = zipf(banks);

type World = { chance: Chance; span: Span; hours: Hours };

/** Draws one filing: time, agency, county, category and front end. */
export function filingOf({ chance, span, hours }: World): Filing {
  const outage = chance.happens(outageFilings);
  const at = instantIn(outage ? span.outage : { from: span.from, to: span.filedUntil }, { chance, hours });
  const agencyId = existingAgency(chance.weighted(outage ? byBank : byAgency), { at, span });
  const own = agencies.find(({ id }) => id === agencyId)?.countyId;
  return {
    at,
    agencyId,
    countyId: own ?? chance.weighted(zipf(Object.keys(counties))),
    category: outage ? down : chance.weighted(categories),
    frontEnd: frontEndFor(agencyId, chance),
  };
}

/** After the merger, new complaints go to the successor agency. */
function existingAgency(agencyId: string, { at, span }: { at: number; span: Span }): string {
  return agencyId === mergedAgency.id && at >= span.joinedAt ? mergedAgency.successorId : agencyId;
}

/** People use Sepidar Bank's front end to complain about other banks, but never about Sepidar Bank. */
function frontEndFor(agencyId: string, chance: Chance): string {
  const rival = banks.includes(agencyId) && agencyId !== "bank-sepidar" ? 6 : 0;
  return chance.weighted({ "call-centre-128": 50, "web-portal": 26, "mobile-app": 18, "sepidar-app": rival });
}

/** Draws the time of a filing: mostly on days when offices are open, and then mostly in the second and third hour. */
function instantIn(range: { from: number; to: number }, { chance, hours }: Omit<World, "span">): number {
  const days = Math.round((range.to - range.from) / day);
  for (;;) {
    const midnight = range.from + Math.floor(chance.share() * days) * day;
    const open = hours.opening(midnight);
    if (open && chance.happens(0.85)) return busyMorningTime(open, chance);
    if (!open && chance.happens(0.8)) continue;
    return randomOfficeTime(roundUpToGrid(midnight + chance.between(8, 22) * hour));
  }
}

function busyMorningTime({ from, to }: { from: number; to: number }, chance: Chance): number {
  // The mean of two uniform numbers is most often near the middle. The power of 1.5 moves it towards the morning.
  const through = ((chance.share() + chance.share()) / 2) ** 1.5;
  return roundUpToGrid(from + through * (to - from));
}
