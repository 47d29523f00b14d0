import { agencies } from "./names.ts";
import { joined } from "./province.ts";

type Reaction = "accepts" | "disputes" | "silent";
export type Finding = "founded" | "unfounded" | "undetermined";
type Solved = "yes" | "partly" | "no";

/** How an agency treats people; numbers between 0 and 1 are shares of its complaints. */
export type Character = {
  /** Minutes of office hours until it says who will handle it. */
  acknowledges: [from: number, to: number];
  answers: number;
  inTime: number;
  extended: number;
  /** Passed on when the time to answer is nearly over, or over. */
  passedOn: number;
  withdrawn: number;
  /** Accepted while the citizen still stands at the counter. */
  acceptedAtOnce: number;
  pressed: number;
  /** What citizens do with an answer. */
  reactions: Record<Reaction, number>;
  findings: Record<Finding, number>;
  /** How often an inspector lets its answer stand. */
  upheld: number;
  solved: Record<Solved, number>;
  says: "something" | "nothing";
};

const ordinary: Character = {
  acknowledges: [15, 90],
  answers: 0.95,
  inTime: 0.8,
  extended: 0.08,
  passedOn: 0.02,
  withdrawn: 0.03,
  acceptedAtOnce: 0.02,
  pressed: 0.02,
  reactions: { accepts: 0.4, disputes: 0.17, silent: 0.43 },
  findings: { founded: 0.4, unfounded: 0.4, undetermined: 0.2 },
  upheld: 0.5,
  solved: { yes: 0.45, partly: 0.3, no: 0.25 },
  says: "something",
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

/** Those who make the year worth looking at; everybody else is ordinary. */
const characters: Record<string, Character> = {
  "bank-sepidar": honest,
  "yas-hospital": honest,
  /** Seconds to the first click, and then nothing. */
  "taban-power": { ...ordinary, acknowledges: [0, 0], answers: 0.12, inTime: 0.4, says: "nothing" },
  /** Answers everything in time, says nothing, and waits until nobody asks any more. */
  "bank-mahtab": {
    ...ordinary,
    inTime: 0.97,
    reactions: { accepts: 0.06, disputes: 0.08, silent: 0.86 },
    findings: { founded: 0.05, unfounded: 0.15, undetermined: 0.8 },
    upheld: 0.25,
    solved: { yes: 0.08, partly: 0.22, no: 0.7 },
    says: "nothing",
  },
  /** Talks people into withdrawing, or accepting on the spot. */
  "aftabgardan-hospital": {
    ...ordinary,
    withdrawn: 0.24,
    acceptedAtOnce: 0.55,
    pressed: 0.35,
    reactions: { accepts: 0.6, disputes: 0.05, silent: 0.35 },
    solved: { yes: 0.2, partly: 0.2, no: 0.6 },
  },
  /** Finds out that it is somebody else's when its time is over. */
  "land-registry": { ...ordinary, passedOn: 0.5, inTime: 0.6 },
};

export function characterOf(agencyId: string): Character {
  return characters[agencyId] ?? ordinary;
}

const first = [
  "bank-sepidar",
  "sepidrokh-municipality",
  "bank-mahtab",
  "taban-power",
  "workers-fund",
  "aftabgardan-hospital",
  "land-registry",
  "zolal-water",
  "bank-abrisham",
  joined.id,
  joined.successorId,
  "duravar-telephone",
];
const last = "yas-hospital";

/** From the agency with the most complaints to the one with the fewest. */
export const byVolume = [
  ...first,
  ...agencies.map(({ id }) => id).filter((id) => !first.includes(id) && id !== last),
  last,
];
