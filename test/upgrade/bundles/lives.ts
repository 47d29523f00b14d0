import type { Kind, Role } from "../../support/model/acts.ts";

/** What one caller does to a complaint; `photo`: the citizen sends one, and waits until the agency can fetch it. */
export type Step = `${Role} ${Kind}` | "photo";

export type Life = {
  /** What is done by the code that files it. */
  first: Step[];
  /** What is done by the code that finds it; one that nobody touches climbs, or expires. */
  next: Step[];
  /** Whether it is filed ten days before the others, and so is late when they are filed. */
  late?: true;
  /** Filed as a report of retaliation for the complaint of this life. */
  retaliationFor?: string;
};

/** A complaint for each way to stand while the code is exchanged. */
export const lives: Record<string, Life> = {
  "filed, left alone": { first: [], next: [] },
  "filed, then answered": {
    first: [],
    next: ["agency acknowledge", "agency extend", "agency answer", "citizen accept"],
  },
  "filed, then withdrawn": { first: [], next: ["citizen withdraw"] },
  acknowledged: { first: ["agency acknowledge"], next: ["agency message", "agency answer", "citizen dispute"] },
  "extended, with messages": {
    first: ["agency acknowledge", "agency extend", "agency message", "citizen message"],
    next: ["inspector message", "agency answer", "citizen accept"],
  },
  "answered, left alone": { first: ["agency answer"], next: [] },
  answered: { first: ["agency acknowledge", "agency answer"], next: ["citizen dispute", "inspector decide"] },
  disputed: {
    first: ["agency answer", "citizen dispute"],
    next: ["inspector visit", "inspector report", "inspector decide"],
  },
  "a visit ordered": {
    first: ["agency answer", "citizen dispute", "inspector visit"],
    next: ["inspector report", "inspector reject"],
  },
  transferred: { first: ["agency transfer"], next: ["agency acknowledge", "inspector transfer", "agency answer"] },
  "with a photo": { first: ["photo"], next: ["photo", "agency answer", "citizen accept"] },
  "identity shared": { first: ["citizen consent"], next: ["inspector identity", "citizen take-back", "agency answer"] },
  "identity read": { first: ["inspector identity"], next: ["citizen consent", "citizen erase", "citizen withdraw"] },
  accepted: { first: ["agency answer", "citizen accept"], next: ["agency statement"] },
  withdrawn: { first: ["citizen withdraw"], next: ["agency statement"] },
  rejected: { first: ["agency answer", "citizen dispute", "inspector reject"], next: [] },
  retaliation: { first: [], next: ["inspector visit", "inspector decide"], retaliationFor: "accepted" },
  "late, left alone": { first: [], next: [], late: true },
  "late, then answered": { first: ["agency acknowledge"], next: ["agency answer", "citizen dispute"], late: true },
  "late in review": { first: ["agency answer", "citizen dispute"], next: ["inspector decide"], late: true },
};
