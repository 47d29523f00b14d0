import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { createEntry } from "#shared/complaints/change.ts";
import { readHead, renewedHeadWrite } from "#shared/complaints/complaints.store.ts";
import { confidentialEntryWrites, readConfidentialRecord } from "#shared/complaints/confidential-log.store.ts";
import { listRetentionOrders } from "#shared/complaints/retention-orders.store.ts";
import { isErasureOrdered, missingEntries, type RetentionOrder } from "#shared/complaints/retention-orders.ts";
import { withSandboxExpiry } from "#shared/complaints/sandbox-expiry.store.ts";
import { env } from "#shared/runtime/environment.ts";
import { partitions, retentionKeys } from "#shared/runtime/keys.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { readItem, table } from "#shared/storage/table.ts";
import { conflict, retryOnConflict, writeTransaction } from "#shared/storage/transaction.ts";
import { copyDeletions, deleteIdentity, readErasureScans, writeErasureScan } from "./forgetting.store.ts";

const attempts = 5;

/** The item with the names of the tables that follow all orders. A restored table has another name. */
const Key = { pk: partitions.erasure, sk: retentionKeys.orders };
const Tables = z.object({ complaints: z.string(), identities: z.string() });
/**
 * `following`: the tables of a run that has not ended. They follow the orders of complaints up to the id `upTo`, in the order
 * of ids.
 */
const ReapplyProgress = Tables.partial().extend({ following: Tables.extend({ upTo: z.string() }).optional() });

/**
 * Applies the orders of the last two months to restored tables. An identity that a citizen had erased is erased again, a
 * consent that a citizen took back is taken back, a hold of an admin is set again, and a secret that was renewed is dead again.
 *
 * Does nothing if the tables have the names of the last run, unless `areRestored` is true. `until`: when to stop, in
 * `performance.now()` milliseconds; the next call continues from there. Returns how many entries were added
 * (`followed`), and whether all orders have been applied.
 */
export async function reapplyRetentionOrders(
  now: string,
  { areRestored = false, until = Number.POSITIVE_INFINITY }: { areRestored?: boolean; until?: number } = {},
): Promise<{ followed: number; isDone: boolean }> {
  const tables = { complaints: env("COMPLAINTS_TABLE"), identities: env("IDENTITIES_TABLE") };
  const progress = parseItem(ReapplyProgress.optional(), await readItem(Key));
  if (areSameTables(progress, tables) && !areRestored) return { followed: 0, isDone: true };
  const lastId = !areRestored && areSameTables(progress?.following, tables) ? progress?.following?.upTo : undefined;
  const ordersById = [...Map.groupBy(await listRetentionOrders(), ({ id }) => id)].filter(
    ([id]) => lastId === undefined || id > lastId,
  );
  let followed = 0;
  for (const [id, complaintOrders] of ordersById.toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    followed += await reapplyOrders({ id, complaintOrders, now });
    if (performance.now() < until) continue;
    await saveProgress({ ...progress, following: { ...tables, upTo: id } });
    return { followed, isDone: false };
  }
  // Without earlier progress these are a new province's tables: nothing was restored.
  if (progress || areRestored) await restartIdentityScans();
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

/**
 * Adds the confidential entries that the restored complaint lacks, and deletes copies of the identity that lost their
 * consent. An ordered erasure deletes the identity even if the log records the erasure already: the table of identities
 * may have been restored alone. Returns how many entries were added.
 */
function reapplyOrders({ id, complaintOrders, now }: ComplaintOrders): Promise<number> {
  return retryOnConflict(attempts, async () => {
    const complaint = await readHead(id);
    // The complaint was filed after the restored instant, or it was erased since.
    if (!complaint) return 0;
    const { confidentialLog, entryCount } = await readConfidentialRecord(id);
    if (isErasureOrdered(confidentialLog, complaintOrders)) await deleteIdentity(id, confidentialLog);
    const entries = missingEntries(confidentialLog, complaintOrders).map(({ by, payload }) =>
      createEntry(complaint, { now, by: { by }, payload }),
    );
    if (entries.length === 0) return 0;
    const orderTypes = entries.map(({ type }) => type);
    const renewal = entries.find((entry) => entry.type === "secret-renewed");
    const writes = [
      ...confidentialEntryWrites({ id, entries, after: entryCount }),
      ...copyDeletions(id, confidentialLog, orderTypes),
      ...(renewal ? [renewedHeadWrite(complaint, renewal)] : []),
    ];
    return (await writeTransaction(withSandboxExpiry(complaint, writes))) ? conflict : entries.length;
  });
}

/** A restore also brings back identities that had been erased after their retention. The scans delete them again. */
async function restartIdentityScans(): Promise<void> {
  for (const { kind, month } of await readErasureScans())
    if (kind === "identity") await writeErasureScan({ kind, month, shard: 0, hasMore: false, repeatsErasure: true });
}
