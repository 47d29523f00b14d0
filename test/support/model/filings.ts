import { expect } from "vitest";
import * as z from "zod";
import { filingBody } from "../a-complaint.ts";
import type { Answered } from "../api-caller.ts";
import type { ModelledComplaint, ModelWorld } from "./followed.ts";
import { employee } from "./requests.ts";
import { type State, withChange } from "./state.ts";
import { agencies, type Start } from "./steps.ts";
import { clocksOf, reviewFrom } from "./times.ts";

const Receipt = z.looseObject({ id: z.string(), secret: z.string(), filedAt: z.string() });
const citizen = { name: "سارا احمدی", phone: "09121234567" };
const [agencyId = ""] = agencies;

/** The complaint that a sequence is about. */
export async function fileFirst(world: ModelWorld, { category, accused, identity }: Start): Promise<void> {
  const shareWithAgency = identity === "shared";
  const fields = {
    ...(accused && { employee }),
    ...(identity !== "none" && { citizen: { ...citizen, shareWithAgency } }),
  };
  const place = { agencyId, countyId: "qazvin", category };
  const answered = await sendFiling(world, { ...place, ...fields });
  const { filedAt, ...receipt } = receiptIn(answered);
  const clocks = clocksOf(place, filedAt);
  expect(answered.body).toMatchObject({ status: "filed", version: 1, ...clocks });
  world.followed.push({
    receipt,
    visitIds: [],
    state: agreed({ ...asFiled({ ...place, filedAt }), accused, anonymous: identity === "none", ...clocks }, identity),
  });
}

/** Who shares the identity at filing lets the agency named there know it. */
function agreed(state: State, identity: Start["identity"]): State {
  if (identity !== "shared") return state;
  const { agencyId, transferCount, history } = state;
  const [{ at } = { at: "" }] = history;
  return withChange(state, { consent: { agencyId, transferCount } }, { type: "consent-given", at, private: true });
}

/** A report of retaliation for the first complaint, with its secret or with another one. */
export async function fileReport(
  world: ModelWorld,
  { first, proven }: { first: ModelledComplaint; proven: boolean },
): Promise<void> {
  const { id, secret } = first.receipt;
  const place = { agencyId, countyId: "qazvin", category: "disrespect" };
  const retaliationFor = { id, secret: proven ? secret : "0000-0000" };
  const answered = await sendFiling(world, { ...place, retaliationFor });
  world.log.push(`a report of retaliation, ${proven ? "proven" : "not proven"} → ${answered.status}`);
  if (!proven) {
    expect(answered).toMatchObject({ status: 422, body: { code: "unknown-earlier-complaint" } });
    return;
  }
  const { filedAt, ...receipt } = receiptIn(answered);
  const reviewBy = reviewFrom(place, filedAt);
  expect(answered.body).toMatchObject({ status: "disputed", version: 1, reviewBy });
  const state: State = { ...asFiled({ ...place, filedAt }), retaliation: true, status: "disputed", reviewBy };
  world.followed.push({ receipt, visitIds: [], state });
}

function sendFiling({ cloud }: ModelWorld, fields: object): Promise<Answered> {
  const headers = { "idempotency-key": crypto.randomUUID() };
  return cloud.call({
    as: "call-centre-128",
    method: "POST",
    path: "/v1/complaints",
    body: filingBody({ ...fields }),
    headers,
  });
}

function receiptIn({ status, text, body }: Answered) {
  expect(status, text).toBe(201);
  return Receipt.parse(body);
}

function asFiled({
  filedAt,
  ...place
}: Pick<State, "agencyId" | "countyId" | "category"> & { filedAt: string }): State {
  return {
    ...place,
    status: "filed",
    retaliation: false,
    accused: false,
    anonymous: true,
    extended: false,
    level: 0,
    transferCount: 0,
    consents: 0,
    visits: [],
    keys: {},
    history: [{ type: "filed", at: filedAt }],
  };
}
