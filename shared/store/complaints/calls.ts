import * as z from "zod";
import { callIsOver, callWindow } from "#shared/domain/complaint/call.ts";
import { mayBeCalled } from "#shared/domain/complaint/call-consent.ts";
import { Newer } from "#shared/domain/complaint/complaint.ts";
import { Fault } from "#shared/domain/fault.ts";
import { callKey, callsDeskKey, privateKey } from "#shared/runtime/keys.ts";
import { readItem } from "../items.ts";
import { type Position, readPage } from "../pages.ts";
import { allReadable, readableWhole, wholeItem } from "../readable.ts";
import { putIf, putting, type Writes } from "../transaction.ts";
import { readHead } from "./complaints.ts";
import { readConfidence } from "./private-series.ts";

/** That a complaint was drawn to be called, and with which probability. */
const Call = z.object({
  id: z.string(),
  probability: z.number(),
  /** The version of the complaint by which it was put on the list; absent before. */
  placedBy: z.int().optional(),
  /** How much had been noted of it then. */
  placedAfter: z.int().optional(),
  /** From when on it is listed, where it is. */
  callFrom: z.string().optional(),
  newer: Newer,
});
type Call = z.infer<typeof Call>;

/** Keeps that it was drawn; on no list until `placeCall` puts it there. */
export function putCall({ id, probability, newer }: Pick<Call, "id" | "probability" | "newer">): Writes[number] {
  return putting(itemOf({ id, probability, newer }));
}

function itemOf(call: Call): Record<string, unknown> {
  return { ...wholeItem(call), pk: privateKey(call.id), sk: callKey };
}

/** The draw of a complaint; undefined where it was not drawn. */
export async function readCall(id: string): Promise<Call | undefined> {
  const Key = { pk: privateKey(id), sk: callKey };
  const item = await readItem(Key);
  return readableWhole(Call, item);
}

/**
 * Puts a drawn complaint on the list of those to call, by when that is over, or takes it off. The list is read with the
 * complaint beside it, so that what stands there too long or too early is not shown. May be repeated: what
 * was placed by a later version of the complaint, or after more was noted, stays. Throws `unavailable` where another run
 * was first three times.
 */
export async function placeCall(id: string): Promise<void> {
  // Two runs side by side may each know only a part: a run that lost reads again.
  for (let tries = 0; tries < 3; tries++) if (await placed(id)) return;
  // The stream's reader tries the event again.
  throw new Fault("unavailable");
}

/** False where another placed it by what is newer. */
async function placed(id: string): Promise<boolean> {
  const call = await readCall(id);
  if (!call) return true;
  const [complaint, { series, noted }] = await Promise.all([readHead(id), readConfidence(id)]);
  if (!complaint) return true;
  const window = mayBeCalled(series) && !callIsOver(series) ? callWindow(complaint) : undefined;
  const desk = window && { desk: callsDeskKey, deskAt: window.before };
  const placedBy = complaint.version;
  const condition = {
    ConditionExpression:
      "(attribute_not_exists(placedBy) OR placedBy <= :version) AND (attribute_not_exists(placedAfter) OR placedAfter <= :noted)",
    ExpressionAttributeValues: { ":version": placedBy, ":noted": noted },
  };
  return putIf(condition, { ...itemOf({ ...call, placedBy, placedAfter: noted, callFrom: window?.from }), ...desk });
}

const Listed = Call.pick({ id: true });

/** One page of the complaints to call, those first whose time is over first. */
export async function listCalls({ now, limit, from }: { now: string; limit: number; from: Position | undefined }) {
  const filter = { condition: "#from <= :now", names: { "#from": "callFrom" }, values: { ":now": now } };
  const { items, next } = await readPage({ index: "desk", partition: callsDeskKey, limit, from, since: now, filter });
  return { ids: allReadable(Listed, items).map(({ id }) => id), next };
}
