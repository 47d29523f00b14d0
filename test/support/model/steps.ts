import * as fc from "fast-check";
import {
  clientOf,
  elsewhere,
  impostor,
  type ModelRequest,
  noVisit,
  type RequestKind,
  type Role,
  routesOf,
  stranger,
} from "./acts.ts";
import { isAnswered, type State, versionOf } from "./state.ts";
import { minutes } from "./times.ts";

/** What the sequences of commands are made of; who and what exactly follows from the complaint as it then stands. */
export type Step =
  | ({ step: "act" } & Intent)
  /** The last request that was sent with a key, once more. */
  | { step: "repeat"; target: number; sameBody: boolean }
  | { step: "retaliate"; proven: boolean }
  | { step: "wait"; ms: number }
  /** To the next instant at which something becomes due, or shortly before or after it. */
  | { step: "until-due"; target: number; ms: number };

export type Intent = {
  kind: RequestKind;
  role: Role;
  /** Of several complaints, which one. */
  target: number;
  sender: "theirs" | "other";
  inspector: number;
  accusedOfficer: boolean;
  /** Among the agencies of the test, and one that has no office there. */
  toAgency: number;
  visit: number;
  /** Whether a decision forgets the agency's answer, or judges one that is not there. */
  misjudges: boolean;
  guard: "none" | "key" | "seen" | "stale";
};

export type Start = {
  category: string;
  accused: boolean;
  identity: "none" | "given" | "shared";
};

export const agencies = ["social-security", "gas", "education"];
export const receivers = [...agencies, ...agencies, elsewhere];
export const inspectors = ["inspector-1", "inspector-2"];
export const outsiders: Record<Role, string[]> = {
  citizen: [impostor],
  agency: ["agency-post", "agency-gas", stranger],
  inspector: inspectors,
};

export const start: fc.Arbitrary<Start> = fc.record({
  category: fc.constantFrom("postponed-without-reason", "disrespect", "steps-not-transparent", "late-start-early-end"),
  accused: fc.boolean(),
  identity: fc.constantFrom("none", "given", "shared"),
});

/** How often each is tried: what ends a complaint, or does nothing, is rare, so that a sequence goes far. */
const weights: Record<RequestKind, number> = {
  acknowledge: 8,
  transfer: 6,
  extend: 6,
  answer: 6,
  dispute: 6,
  visit: 4,
  report: 4,
  message: 4,
  statement: 3,
  identity: 2,
  consent: 4,
  "take-back": 2,
  erase: 1,
  read: 2,
  accept: 2,
  opinion: 3,
  decide: 2,
  reject: 1,
  withdraw: 1,
};

const rarely = (weight: number) =>
  fc.oneof({ weight, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
/** Mostly the first of all that there are; a shrunk sequence is about one complaint. */
const target = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) });

const intentOf = (kind: RequestKind): fc.Arbitrary<Step> =>
  fc.record({
    step: fc.constant("act"),
    kind: fc.constant(kind),
    role: fc.constantFrom(...routesOf[kind]),
    target,
    sender: rarely(7).map((other) => (other ? "other" : "theirs")),
    inspector: fc.nat({ max: 1 }),
    accusedOfficer: rarely(4),
    toAgency: fc.nat({ max: receivers.length - 1 }),
    visit: fc.nat({ max: 2 }),
    misjudges: rarely(4),
    guard: fc.constantFrom("none", "none", "key", "key", "seen", "stale"),
  });

const act = fc.oneof(
  ...Object.entries(weights).map(([kind, weight]) => ({ weight, arbitrary: intentOf(kind as RequestKind) })),
);
const waits = [1, 20, 61, 3 * 60, 6 * 60, 24 * 60, 49 * 60, 4 * 24 * 60, 11 * 24 * 60, 31 * 24 * 60];

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 24, arbitrary: act },
  { weight: 2, arbitrary: fc.record({ step: fc.constant("repeat"), target, sameBody: rarely(1) }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant("retaliate"), proven: rarely(1) }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant("wait"), ms: fc.constantFrom(...waits).map(minutes) }) },
  {
    weight: 3,
    arbitrary: fc.record({ step: fc.constant("until-due"), target, ms: fc.constantFrom(-1, 0, 2).map(minutes) }),
  },
);

export const steps = fc.array(step, { minLength: 1, maxLength: 30, size: "max" });

/** Reads, and an erasure, which takes no key. */
const kindsWithoutKey: readonly Intent["kind"][] = ["read", "identity", "erase"];

/** Who exactly asks for what, as the complaint stands. */
export function requestOfIntent({ kind, role, sender, ...intent }: Intent, state: State): ModelRequest {
  const theirs = {
    citizen: "citizen",
    agency: clientOf(state.agencyId),
    inspector: inspectors[intent.inspector] ?? "",
  };
  const guard = kindsWithoutKey.includes(kind) ? "none" : intent.guard;
  const ifMatch = { seen: versionOf(state), stale: versionOf(state) - 1, none: undefined, key: undefined }[guard];
  return {
    kind,
    role,
    ifMatch,
    visit: intent.visit < state.visits.length ? intent.visit : noVisit,
    accusedOfficer: intent.accusedOfficer,
    upholds: isAnswered(state) === intent.misjudges ? undefined : intent.toAgency % 2 === 0,
    wording: "",
    by: sender === "theirs" ? theirs[role] : (outsiders[role][intent.toAgency % outsiders[role].length] ?? ""),
    toAgencyId: receivers[intent.toAgency] ?? "",
    key: guard === "key" ? crypto.randomUUID() : undefined,
  };
}
