import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { note } from "#shared/domain/complaint/change.ts";
import { erases, missingIn, type Order } from "#shared/domain/complaint/orders.ts";
import { env } from "#shared/runtime/env.ts";
import { forgettingKeys, partitions } from "#shared/runtime/keys.ts";
import { readHead } from "../complaints/complaints.ts";
import { lapsing } from "../complaints/expiry.ts";
import { readConfidence, writesOfNotes } from "../complaints/private-series.ts";
import { readItem } from "../items.ts";
import { readable } from "../readable.ts";
import { table } from "../table.ts";
import { overtaken, unlessOvertaken, writeTogether } from "../transaction.ts";
import { deleteIdentity, deletionsOfCopies } from "./identity.ts";
import { listOrders } from "./orders.ts";
import { readWalks, writeWalk } from "./walks.ts";

const attempts = 5;

/** The names of the tables that follow the orders: a restored table has another name. */
const Key = { pk: partitions.forgetting, sk: forgettingKeys.orders };
const Tables = z.object({ complaints: z.string(), identities: z.string() });
/** `following`: tables that follow only a part of the orders, up to those of the complaint `upTo`. */
const Noted = Tables.partial().extend({ following: Tables.extend({ upTo: z.string() }).optional() });

type Options = { areRestored?: boolean; until?: number };

/**
 * Brings restored tables to where the orders given since leave them: what citizens had erased is erased again, consent
 * that they took back is taken back, and what an admin holds is held. Does nothing where the tables have the names of the
 * last time, unless it is known that they were restored. `until`: when to stop, by `performance.now()`; the next call goes
 * on from there. Returns how much was put right, and whether all orders are followed.
 */
export async function followOrders(
  now: string,
  { areRestored = false, until = Number.POSITIVE_INFINITY }: Options = {},
): Promise<{ followed: number; isDone: boolean }> {
  const tables = { complaints: env("COMPLAINTS_TABLE"), identities: env("IDENTITIES_TABLE") };
  const noted = readable(Noted.optional(), await readItem(Key));
  if (isOf(noted, tables) && !areRestored) return { followed: 0, isDone: true };
  const begun = !areRestored && isOf(noted?.following, tables) ? noted?.following?.upTo : undefined;
  const orders = [...Map.groupBy(await listOrders(), ({ id }) => id)].filter(
    ([id]) => begun === undefined || id > begun,
  );
  let followed = 0;
  for (const [id, given] of orders.toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    followed += await follow({ id, given, now });
    if (performance.now() < until) continue;
    await put({ ...noted, following: { ...tables, upTo: id } });
    return { followed, isDone: false };
  }
  if (noted || areRestored) await walkAnew();
  await put(tables);
  return { followed, isDone: true };
}

type TableNames = z.infer<typeof Tables>;
const isOf = (one: Partial<TableNames> | undefined, { complaints, identities }: TableNames) =>
  one?.complaints === complaints && one.identities === identities;

async function put(noted: z.infer<typeof Noted>): Promise<void> {
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item: { ...noted, ...Key } }));
}

type Following = { id: string; given: Order[]; now: string };

/** Notes what the table does not know of; the identity is deleted also where it is noted. */
function follow({ id, given, now }: Following): Promise<number> {
  return unlessOvertaken(attempts, async () => {
    const complaint = await readHead(id);
    // Filed after the instant that was restored, or forgotten by then.
    if (!complaint) return 0;
    const { series, noted } = await readConfidence(id);
    if (erases(series, given)) await deleteIdentity(id, series);
    const notes = missingIn(series, given).map(({ by, says }) => note(complaint, { now, by: { by }, says }));
    if (notes.length === 0) return 0;
    const acts = notes.map(({ type }) => type);
    const writes = [...writesOfNotes({ id, notes, after: noted }), ...deletionsOfCopies(id, series, acts)];
    return (await writeTogether(lapsing(complaint, writes))) ? overtaken : notes.length;
  });
}

/** Of identities that were restored, those that the clock had forgotten are back as well. */
async function walkAnew(): Promise<void> {
  for (const { kind, month } of await readWalks())
    if (kind === "identity") await writeWalk({ kind, month, shard: 0, isMoreLeft: false, isRepeated: true });
}
