import { expect } from "vitest";
import * as z from "zod";
import type { Call, Receipt } from "../api-caller.ts";
import type { TheLocalCloud } from "../the-local-cloud.ts";
import type { Act, Role } from "./acts.ts";
import { type State, versionOf } from "./state.ts";

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
  version: z.int(),
  type: z.string(),
  at: z.string(),
  level: z.int().optional(),
  dueAt: z.string().optional(),
  visitId: z.string().optional(),
});
/** A view as far as the model speaks of it. */
export const Seen = z.looseObject({ version: z.int(), history: z.array(Entry) });
export type Seen = z.infer<typeof Seen>;

/** What a role is not told, or told only as `internal`. */
const untold: Record<Role, readonly string[]> = {
  citizen: ["statement-added"],
  agency: ["visit-ordered", "identity-read"],
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

function historyFor(role: Role, { history }: State) {
  const numbered = history.map(({ type, level, dueAt }, n) => ({ version: n + 1, type, level, dueAt }));
  if (role !== "citizen") return numbered.filter(({ type }) => !untold[role].includes(type));
  return numbered.map((entry) => (untold.citizen.includes(entry.type) ? { ...entry, type: "internal" } : entry));
}

/** Holds what a caller was shown against the model. */
export function compare(view: Seen, followed: Followed, role: Role): void {
  const { state } = followed;
  const history = view.history.map(({ version, type, level, dueAt }) => ({ version, type, level, dueAt }));
  const faults = [...differences(view, standingOf(state)), ...differences(history, historyFor(role, state))];
  expect(faults.join("; "), `what the ${role} is shown`).toBe("");
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
