import { expect } from "vitest";
import * as z from "zod";
import type { Call, Receipt } from "../api-caller.ts";
import { expectHeadMatchesEvents } from "../heads-made-of-events.ts";
import type { TheLocalCloud } from "../the-local-cloud.ts";
import type { ModelRequest, Role } from "./acts.ts";
import { isShared, type State, type Entry as Told, versionOf } from "./state.ts";

/** A complaint as the product keeps it, and as the model has it. */
export type ModelledComplaint = {
  receipt: Pick<Receipt, "id" | "secret">;
  state: State;
  /** The product's names of the model's visits. */
  visitIds: string[];
  lastKeyed?: { act: ModelRequest; call: Call };
};

export type ModelWorld = {
  cloud: TheLocalCloud;
  followed: ModelledComplaint[];
  /** What was done and how it was answered. */
  log: string[];
};

const Entry = z.looseObject({
  version: z.int().optional(),
  entryNumber: z.int().optional(),
  type: z.string(),
  at: z.string(),
  level: z.int().optional(),
  dueAt: z.string().optional(),
  visitId: z.string().optional(),
});
/** A view as far as the model speaks of it. */
export const ModelView = z.looseObject({
  version: z.int(),
  history: z.array(Entry),
  identityShared: z.boolean().optional(),
  citizen: z.looseObject({}).optional(),
});
export type ModelView = z.infer<typeof ModelView>;

/** What a role is not told, or told only as `internal`. */
const hiddenTypes: Record<Role, readonly string[]> = {
  citizen: ["statement-added"],
  agency: [],
  inspector: [],
};

/** What the views of a complaint say of where it stands. */
export function stateFieldsOf(state: State) {
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
  const confidentialEntries = role === "agency" ? [] : numbered(history.filter((one) => one.private));
  const visibleEntries = [...open, ...confidentialEntries].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  return visibleEntries.map(({ at: _, ...entry }) =>
    hiddenTypes[role].includes(entry.type) ? { ...entry, type: "internal" } : entry,
  );
}

function numbered(series: Told[]) {
  return series.map(({ private: isNoted, type, at, level, dueAt }, n) => ({
    version: isNoted ? undefined : n + 1,
    entryNumber: isNoted ? n + 1 : undefined,
    type,
    at,
    level,
    dueAt,
  }));
}

/** Holds what a caller was shown against the model. */
export function compareWithModel(view: ModelView, followed: ModelledComplaint, role: Role): void {
  const { state } = followed;
  const history = view.history.map(({ version, entryNumber: n, type, level, dueAt }) => ({
    version,
    entryNumber: n,
    type,
    level,
    dueAt,
  }));
  const faults = [...differences(view, stateFieldsOf(state)), ...differences(history, historyFor(role, state))];
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
  const shownFields = new Map(Object.entries(shown).map(([name, value]) => [name, JSON.stringify(value)]));
  const missing = Array.isArray(shown) ? Object.keys(shown).filter((name) => !(name in wanted)) : [];
  return [
    ...missing.map((name) => `${name}: ${shownFields.get(name)}, not in the model`),
    ...Object.entries(wanted)
      .filter(([name, value]) => shownFields.get(name) !== JSON.stringify(value))
      .map(([name, value]) => `${name}: ${shownFields.get(name)}, in the model ${JSON.stringify(value)}`),
  ];
}

export async function readAsCitizen({ cloud }: ModelWorld, { receipt }: ModelledComplaint): Promise<ModelView> {
  const answered = await cloud.call({ path: `/v1/complaints/${receipt.id}`, secret: receipt.secret });
  expect(answered.status, answered.text).toBe(200);
  return ModelView.parse(answered.body);
}

const Exported = z.strictObject({
  exportedAt: z.iso.datetime(),
  complaint: z.unknown(),
  clocks: z.unknown(),
  filing: z.looseObject({ officeId: z.string().optional() }),
  identityKept: z.boolean(),
});
const Clocks = z.strictObject({ clocks: z.unknown() });

/** What a citizen takes out is what their view and their deadlines say, and what they filed, and its page is in the language they read. */
export async function compareExport(
  { cloud }: ModelWorld,
  { receipt: { id, secret } }: ModelledComplaint,
): Promise<void> {
  const read = async (path: string, headers: Record<string, string> = {}) =>
    cloud.call({ path: `/v1/complaints/${id}${path}`, secret, headers });
  const [taken, deadlines, view, inspectors, page] = await Promise.all([
    read("/export"),
    read("/deadlines"),
    read(""),
    cloud.call({ as: "inspector-1", path: `/v1/inspector/complaints/${id}` }),
    read("/export", { accept: "text/html", "accept-language": "fa" }),
  ]);
  const { complaint, filing, ...exported } = Exported.parse(taken.body);
  const { clocks } = Clocks.parse(deadlines.body);
  const Seen = z.looseObject({ allowedMoves: z.unknown(), blockedMoves: z.unknown() });
  const { allowedMoves: _allowed, blockedMoves: _blocked, ...seen } = Seen.parse(view.body);
  expect({ complaint, clocks: exported.clocks }).toEqual({ complaint: seen, clocks });
  // A transfer takes the office from what inspectors see.
  const { officeId: _, ...filed } = filing;
  expect(inspectors.body).toMatchObject(filed);
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(page.text).toContain('<html lang="fa" dir="rtl">');
}

/** Holds the head of every complaint of a sequence against its events. */
export async function compareHeads({ cloud, followed }: ModelWorld): Promise<void> {
  for (const { receipt } of followed) expectHeadMatchesEvents(await cloud.tables.itemsOf(receipt.id));
}
