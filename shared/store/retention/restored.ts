import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { note } from "#shared/domain/complaint/change.ts";
import { erases, missingIn, type Order } from "#shared/domain/complaint/orders.ts";
import { env } from "#shared/runtime/env.ts";
import { forgettingKeys, partitions } from "#shared/runtime/keys.ts";
import { readHead } from "../complaints/complaints.ts";
import { lapsing } from "../complaints/expiry.ts";
import { readConfidence, writesOfNotes } from "../complaints/private-series.ts";
import { readItem } from "../items.ts";
import { table } from "../table.ts";
import { overtaken, unlessOvertaken, writeTogether } from "../transaction.ts";
import { deleteIdentity, deletionsOfCopies } from "./identity.ts";
import { listOrders } from "./orders.ts";
import { readWalks, writeWalk } from "./walks.ts";

const attempts = 5;

/** Where it is noted for which tables the orders hold: a restored one has another name than it notes. */
const Key = { pk: partitions.forgetting, sk: forgettingKeys.orders };

/**
 * Brings tables that were restored to where orders given since leave them: what citizens had erased is erased again,
 * consent they took back is taken back, and what an admin holds is held. Does nothing where the tables have the names of
 * the last time, unless it is known that they were restored; returns how much was put right.
 */
export async function followOrders(now: string, { areRestored = false } = {}): Promise<number> {
  const tables = { complaints: env("COMPLAINTS_TABLE"), identities: env("IDENTITIES_TABLE") };
  const noted = await readItem(Key);
  const areKnown = noted?.complaints === tables.complaints && noted.identities === tables.identities;
  if (areKnown && !areRestored) return 0;
  const orders = Map.groupBy(await listOrders(), ({ id }) => id);
  let followed = 0;
  for (const [id, given] of orders) followed += await follow({ id, given, now });
  if (noted || areRestored) await walkAnew();
  await table.send(new PutCommand({ TableName: tables.complaints, Item: { ...tables, ...Key } }));
  return followed;
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
