import { entryTime } from "#shared/complaints/change.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { readHead } from "#shared/complaints/complaints.store.ts";
import { type Hold, holdOf, liftHold, setHold } from "#shared/complaints/confidential-commands.ts";
import { confidentialEntryWrites, readConfidentialRecord } from "#shared/complaints/confidential-log.store.ts";
import type { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import { entryWithoutTexts } from "#shared/complaints/erased-texts.ts";
import { isErased } from "#shared/complaints/forgetting.ts";
import { saveRetentionOrder } from "#shared/complaints/retention-orders.store.ts";
import { Fault } from "#shared/fault.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { isSandbox } from "#shared/province/directory.ts";
import { confidentialEntryKey, confidentialLogKey } from "#shared/runtime/keys.ts";
import { readItem } from "#shared/storage/table.ts";
import { conflict, putWrite, retryOnConflict, type Writes, writeTransaction } from "#shared/storage/transaction.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { auditWrite, saveAuditEntry } from "../audit/audit.store.ts";

const attempts = 6;

const decisions = { "hold-set": setHold, "hold-lifted": liftHold };

type HoldOrder = { type: keyof typeof decisions; id: string; by: PrincipalOf<"admin">; now: string; reason: string };

/**
 * Sets or lifts a hold: adds an entry to the confidential log and to the audit. Returns the hold as it is then. Throws
 * `not-found` if there is no such complaint, and the faults of `setHold` and `liftHold`.
 */
export function saveHold(order: HoldOrder): Promise<Hold> {
  return retryOnConflict(attempts, async () => {
    const found = await readComplaintForHold(order.id);
    return found ? writeHold(order, found) : refuseUnknown(order);
  });
}

type ComplaintForHold = NonNullable<Awaited<ReturnType<typeof readComplaintForHold>>>;

async function writeHold(
  { type, id, by, now, reason }: HoldOrder,
  { complaint, confidentialLog, entryCount }: ComplaintForHold,
): Promise<Hold | typeof conflict> {
  const at = timeOfHoldEntry(now, complaint, confidentialLog);
  const entry = decisions[type](complaint, { by, now: at, confidentialLog, reason });
  if (!entry) {
    if (type === "hold-lifted") {
      await saveLastLifting(id, confidentialLog);
      // Its answer tells that the complaint exists, so it is seen like an order for one that does not.
      await noteRefusedHold({ id, by, now });
    }
    return holdOf(confidentialLog);
  }
  const numberedEntry = { ...entry, entryNumber: entryCount + 1 };
  const entryWrites = await holdWrites(complaint, { entry: numberedEntry, confidentialLog });
  const audit = auditWrite({ type, at, clientId: by.clientId, person: by.person, complaintId: id, reason });
  // The copy outside the table is for restores. It is written before a hold is set, and after a hold is lifted: after a
  // crash in between, a restore keeps too much and never too little.
  if (type === "hold-set") await saveRetentionOrder({ id, at, type });
  // An erasure at the same time adds an entry with the same number, so one of the two is decided again.
  if (await writeTransaction([...entryWrites, audit])) return conflict;
  if (type === "hold-lifted") await saveRetentionOrder({ id, at, type });
  return holdOf([...confidentialLog, numberedEntry]);
}

/** The time of a hold's entry, later than every earlier entry: retention orders are stored by time, and those of one instant by type. */
function timeOfHoldEntry(now: string, complaint: Complaint, confidentialLog: readonly ConfidentialEntry[]): string {
  const at = entryTime(now, complaint, confidentialLog);
  return at === confidentialLog.at(-1)?.at ? addMilliseconds(at, 1) : at;
}

/** An earlier try may have lifted the hold without saving its order. To save an order again changes nothing. */
async function saveLastLifting(id: string, confidentialLog: readonly ConfidentialEntry[]): Promise<void> {
  const lifting = confidentialLog.findLast(({ type }) => type === "hold-lifted");
  if (lifting) await saveRetentionOrder({ id, at: lifting.at, type: "hold-lifted" });
}

type HoldEntry = { entry: ConfidentialEntry; confidentialLog: readonly ConfidentialEntry[] };

/**
 * The writes of a hold's entry. Once the texts of a case are erased, no later erasure would blank the reasons: the reason of a
 * hold is then blanked when the hold is lifted, and the reason for lifting it is not written at all. The audit keeps both.
 */
async function holdWrites(complaint: Complaint, { entry, confidentialLog }: HoldEntry): Promise<Writes> {
  const { id } = complaint;
  const after = entry.entryNumber - 1;
  if (!isErased(complaint, { kind: "texts", confidentialLog }))
    return confidentialEntryWrites({ id, entries: [entry], after });
  const entryToWrite = entry.type === "hold-lifted" ? entryWithoutTexts(entry) : entry;
  const before = confidentialLog.findLast(({ type }) => type === "hold-set");
  const item = before && (await readItem({ pk: confidentialLogKey(id), sk: confidentialEntryKey(before.entryNumber) }));
  return [
    ...confidentialEntryWrites({ id, entries: [entryToWrite], after }),
    ...(item ? [putWrite({ ...item, ...entryWithoutTexts(before) })] : []),
  ];
}

/** Whether a complaint is held. A complaint that does not exist is not held: a reading does not tell which ids exist. */
export async function readHold(id: string): Promise<Hold> {
  const found = await readComplaintForHold(id);
  return holdOf(found ? found.confidentialLog : []);
}

async function readComplaintForHold(id: string) {
  const [complaint, confidentialRecord] = await Promise.all([readHead(id), readConfidentialRecord(id)]);
  return complaint && !isSandbox(complaint) ? { complaint, ...confidentialRecord } : undefined;
}

/** Records an order that changed nothing: an admin who tries ids is seen. */
async function noteRefusedHold({ id, by, now }: Pick<HoldOrder, "id" | "by" | "now">): Promise<void> {
  const { clientId, person } = by;
  await saveAuditEntry({ type: "hold-refused", at: now, clientId, person, complaintId: id });
}

async function refuseUnknown(order: HoldOrder): Promise<never> {
  await noteRefusedHold(order);
  throw new Fault("not-found");
}
