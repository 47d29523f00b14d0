import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { note } from "#shared/domain/complaint/change.ts";
import { holdOf } from "#shared/domain/complaint/hold.ts";
import type { Noted, PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { env } from "#shared/runtime/env.ts";
import { forgettingKeys, partitions } from "#shared/runtime/keys.ts";
import { readHead } from "../complaints/complaints.ts";
import { readConfidence, writesOfNotes } from "../complaints/private-series.ts";
import { table } from "../table.ts";
import { overtaken, unlessOvertaken, writeTogether } from "../transaction.ts";
import { deleteIdentity } from "./identity.ts";
import type { Order } from "./order.ts";
import { listOrders } from "./orders.ts";
import { readWalks, writeWalk } from "./walks.ts";

const attempts = 5;
const reason = "پس از بازگرداندن پایگاه داده دوباره ثبت شد. Noted again after the table was restored.";

/** Where it is noted for which tables the orders hold: a restored one has another name than it notes. */
const Key = { pk: partitions.forgetting, sk: forgettingKeys.orders };

/**
 * Brings tables that were restored to where orders given since leave them: what citizens had erased is erased again, and
 * what an admin holds is held. Does nothing where the tables are those of the last time; returns how much was put right.
 */
export async function followOrders(now: string): Promise<number> {
  const tables = { complaints: env("COMPLAINTS_TABLE"), identities: env("IDENTITIES_TABLE") };
  const { Item } = await table.send(new GetCommand({ TableName: tables.complaints, Key, ConsistentRead: true }));
  if (Item?.complaints === tables.complaints && Item.identities === tables.identities) return 0;
  const orders = Map.groupBy(await listOrders(), ({ id }) => id);
  let followed = 0;
  for (const [id, given] of orders) followed += await follow({ id, given, now });
  if (Item) await walkAnew();
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
    if (given.some(({ act }) => act === "identity-erased")) await deleteIdentity(id, series);
    const notes = [...missingErasure(given, series), ...missingHold(given, series)].map(({ by, says }) =>
      note(complaint, { now, by: { by }, says }),
    );
    if (notes.length === 0) return 0;
    return (await writeTogether(writesOfNotes({ id, notes, after: noted }))) ? overtaken : notes.length;
  });
}

type Missing = { by: "citizen" | "clock"; says: Noted }[];

function missingErasure(given: Order[], series: readonly PrivateEvent[]): Missing {
  const type = "identity-erased";
  const isMissing = given.some(({ act }) => act === type) && !series.some((one) => one.type === type);
  return isMissing ? [{ by: "citizen", says: { type } }] : [];
}

function missingHold(given: Order[], series: readonly PrivateEvent[]): Missing {
  const last = given.flatMap(({ act }) => (act === "identity-erased" ? [] : [act])).at(-1);
  const isMissing = last !== undefined && holdOf(series).held !== (last === "hold-set");
  return isMissing ? [{ by: "clock", says: { type: last, reason } }] : [];
}

/** Of identities that were restored, those that the clock had forgotten are back as well. */
async function walkAnew(): Promise<void> {
  for (const { kind, month } of await readWalks())
    if (kind === "identity") await writeWalk({ kind, month, shard: 0, isMoreLeft: false, isRepeated: true });
}
