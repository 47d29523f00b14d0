import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { createEntry } from "#shared/domain/complaint/change.ts";
import { isErasureOrdered, missingEntries, type RetentionOrder } from "#shared/domain/retention/orders.ts";
import { env } from "#shared/runtime/environment.ts";
import { partitions, retentionKeys } from "#shared/runtime/keys.ts";
import { readHead } from "../complaints/complaints.ts";
import { confidentialEntryWrites, readConfidentialRecord } from "../complaints/confidential-log.ts";
import { parseItem } from "../readable.ts";
import { readItem, table } from "../table.ts";
import { conflict, retryOnConflict, withSandboxExpiry, writeTransaction } from "../transaction.ts";
import { copyDeletions, deleteIdentity, readErasureScans, writeErasureScan } from "./forgetting.ts";
import { listRetentionOrders } from "./orders.ts";

const attempts = 5;

/** The names of the tables that follow the orders: a restored table has another name. */
const Key = { pk: partitions.erasure, sk: retentionKeys.orders };
const Tables = z.object({ complaints: z.string(), identities: z.string() });
/** `following`: tables that follow only a part of the orders, up to those of the complaint `upTo`. */
const ReapplyProgress = Tables.partial().extend({ following: Tables.extend({ upTo: z.string() }).optional() });

type ReapplyOptions = { areRestored?: boolean; until?: number };

/**
 * Brings restored tables to where the orders given since leave them: what citizens had erased is erased again, consent
 * that they took back is taken back, and what an admin holds is held. Does nothing where the tables have the names of the
 * last time, unless it is known that they were restored. `until`: when to stop, by `performance.now()`; the next call goes
 * on from there. Returns how much was put right, and whether all orders are followed.
 */
export async function reapplyRetentionOrders(
  now: string,
  { areRestored = false, until = Number.POSITIVE_INFINITY }: ReapplyOptions = {},
): Promise<{ followed: number; isDone: boolean }> {
  const tables = { complaints: env("COMPLAINTS_TABLE"), identities: env("IDENTITIES_TABLE") };
  const noted = parseItem(ReapplyProgress.optional(), await readItem(Key));
  if (areSameTables(noted, tables) && !areRestored) return { followed: 0, isDone: true };
  const begun = !areRestored && areSameTables(noted?.following, tables) ? noted?.following?.upTo : undefined;
  const orders = [...Map.groupBy(await listRetentionOrders(), ({ id }) => id)].filter(
    ([id]) => begun === undefined || id > begun,
  );
  let followed = 0;
  for (const [id, given] of orders.toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    followed += await reapplyOrders({ id, complaintOrders: given, now });
    if (performance.now() < until) continue;
    await saveProgress({ ...noted, following: { ...tables, upTo: id } });
    return { followed, isDone: false };
  }
  if (noted || areRestored) await restartIdentityScans();
  await saveProgress(tables);
  return { followed, isDone: true };
}

type TableNames = z.infer<typeof Tables>;
const areSameTables = (one: Partial<TableNames> | undefined, { complaints, identities }: TableNames) =>
  one?.complaints === complaints && one.identities === identities;

async function saveProgress(progress: z.infer<typeof ReapplyProgress>): Promise<void> {
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item: { ...progress, ...Key } }));
}

type ComplaintOrders = { id: string; complaintOrders: RetentionOrder[]; now: string };

/** Notes what the table does not know of; the identity is deleted also where it is noted. */
function reapplyOrders({ id, complaintOrders, now }: ComplaintOrders): Promise<number> {
  return retryOnConflict(attempts, async () => {
    const complaint = await readHead(id);
    // Filed after the instant that was restored, or forgotten by then.
    if (!complaint) return 0;
    const { confidentialLog, entryCount } = await readConfidentialRecord(id);
    if (isErasureOrdered(confidentialLog, complaintOrders)) await deleteIdentity(id, confidentialLog);
    const notes = missingEntries(confidentialLog, complaintOrders).map(({ by, payload }) =>
      createEntry(complaint, { now, by: { by }, payload: payload }),
    );
    if (notes.length === 0) return 0;
    const orderTypes = notes.map(({ type }) => type);
    const writes = [
      ...confidentialEntryWrites({ id, entries: notes, after: entryCount }),
      ...copyDeletions(id, confidentialLog, orderTypes),
    ];
    return (await writeTransaction(withSandboxExpiry(complaint, writes))) ? conflict : notes.length;
  });
}

/** Of identities that were restored, those that the clock had forgotten are back as well. */
async function restartIdentityScans(): Promise<void> {
  for (const { kind, month } of await readErasureScans())
    if (kind === "identity") await writeErasureScan({ kind, month, shard: 0, isMoreLeft: false, isRepeated: true });
}
