import { type Act, clientOf, noVisit } from "./acts.ts";
import { isAnswered, type State, versionOf } from "./state.ts";
import { type Intent, inspectors, outsiders, receivers } from "./steps.ts";

/** Reads, and an erasure, which takes no key. */
const unguarded: readonly Intent["kind"][] = ["read", "identity", "erase"];

/** Who exactly asks for what, as the complaint stands. */
export function actOf({ kind, role, who, ...intent }: Intent, state: State): Act {
  const theirs = {
    citizen: "citizen",
    agency: clientOf(state.agencyId),
    inspector: inspectors[intent.inspector] ?? "",
  };
  const guard = unguarded.includes(kind) ? "none" : intent.guard;
  const ifMatch = { seen: versionOf(state), stale: versionOf(state) - 1, none: undefined, key: undefined }[guard];
  return {
    kind,
    role,
    ifMatch,
    visit: intent.visit < state.visits.length ? intent.visit : noVisit,
    accusedOfficer: intent.accusedOfficer,
    upholds: isAnswered(state) === intent.misjudges ? undefined : intent.toAgency % 2 === 0,
    wording: "",
    by: who === "theirs" ? theirs[role] : (outsiders[role][intent.toAgency % outsiders[role].length] ?? ""),
    toAgencyId: receivers[intent.toAgency] ?? "",
    key: guard === "key" ? crypto.randomUUID() : undefined,
  };
}
