import { expect } from "vitest";
import * as z from "zod";
import type { Call, Receipt } from "../api-caller.ts";
import type { TheLocalCloud } from "../the-local-cloud.ts";
import type { Act, Role } from "./acts.ts";
import { isShared, type State, type Entry as Told, versionOf } from "./state.ts";

/** A complaint as the product keeps it, and as the model has it. */
export type Followed = {
  receipt: Pick<Receipt, "id" | "secret">;
  state: State;
  /** The product's names of the model's visits. */
  visitIds: string[];
  lastKeyed?: { act: Act; call: Call };
};

export type World = {
  cloud: TheLocalCloud;
  followed: Followed[];
  /** What was done and how it was answered. */
  log: string[];
};

const Entry = z.looseObject({
  version: z.int().optional(),
  private: z.int().optional(),
  type: z.string(),
  at: z.string(),
  level: z.int().optional(),
  dueAt: z.string().optional(),
  visitId: z.string().optional(),
});
/** A view as far as the model speaks of it. */
export const Seen = z.looseObject({
  version: z.int(),
  history: z.array(Entry),
  identityShared: z.boolean().optional(),
  citizen: z.looseObject({}).optional(),
});
export type Seen = z.infer<typeof Seen>;

/** What a role is not told, or told only as `internal`. */
const untold: Record<Role, readonly string[]> = {
  citizen: ["statement-added"],
  agency: [],
  inspector: [],
};

/** What the views of a complaint say of where it stands. */
export function standingOf(state: State) {
  const { status, level, agencyId, closure, retaliation, acknowledgeBy, answerBy, confirmBy, reviewBy } = state;
  return {
    version: versionOf(state),
    status,
    level,
    agencyId,
    closure,
    ...(!retaliation && { acknowledgeBy, answerBy }),
    ...(status === "answered" && { confirmBy }),
    ...(status === "disputed" && { reviewBy }),
  };
}

/** By time, what is open first; the agency is told of nothing private and has no gap in its numbers. */
function historyFor(role: Role, { history }: State) {
  const open = numbered(history.filter((one) => !one.private));
  const noted = role === "agency" ? [] : numbered(history.filter((one) => one.private));
  const told = [...open, ...noted].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  return told.map(({ at: _, ...entry }) =>
    untold[role].includes(entry.type) ? { ...entry, type: "internal" } : entry,
  );
}

function numbered(series: Told[]) {
  return series.map(({ private: isNoted, type, at, level, dueAt }, n) => ({
    version: isNoted ? undefined : n + 1,
    private: isNoted ? n + 1 : undefined,
    type,
    at,
    level,
    dueAt,
  }));
}

/** Holds what a caller was shown against the model. */
export function compare(view: Seen, followed: Followed, role: Role): void {
  const { state } = followed;
  const history = view.history.map(({ version, private: n, type, level, dueAt }) => ({
    version,
    private: n,
    type,
    level,
    dueAt,
  }));
  const faults = [...differences(view, standingOf(state)), ...differences(history, historyFor(role, state))];
  expect(faults.join("; "), `what the ${role} is shown`).toBe("");
  // Only the citizen is told whether it is shared, and only the agency sees what is.
  const knows = { citizen: view.identityShared, agency: view.citizen !== undefined, inspector: undefined }[role];
  expect(knows ?? isShared(state), `whether it is shared, to the ${role}`).toBe(isShared(state));
  if (role === "agency") return;
  const ordered = view.history.flatMap(({ type, visitId }) => (type === "visit-ordered" ? [visitId ?? ""] : []));
  expect(ordered).toHaveLength(state.visits.length);
  followed.visitIds = ordered;
}

/** By name or place, so that a failed run says in one line where the two part. */
export function differences(shown: object, wanted: object): string[] {
  const said = new Map(Object.entries(shown).map(([name, value]) => [name, JSON.stringify(value)]));
  const missing = Array.isArray(shown) ? Object.keys(shown).filter((name) => !(name in wanted)) : [];
  return [
    ...missing.map((name) => `${name}: ${said.get(name)}, not in the model`),
    ...Object.entries(wanted)
      .filter(([name, value]) => said.get(name) !== JSON.stringify(value))
      .map(([name, value]) => `${name}: ${said.get(name)}, in the model ${JSON.stringify(value)}`),
  ];
}

export async function readAsCitizen({ cloud }: World, { receipt }: Followed): Promise<Seen> {
  const answered = await cloud.call({ path: `/v1/complaints/${receipt.id}`, secret: receipt.secret });
  expect(answered.status, answered.text).toBe(200);
  return Seen.parse(answered.body);
}
