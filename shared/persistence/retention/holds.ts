import { entryTime } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { type Hold, holdOf, liftHold, setHold } from "#shared/domain/complaint/confidential-commands.ts";
import type { ConfidentialEntry } from "#shared/domain/complaint/confidential-log.ts";
import { isSandbox } from "#shared/domain/complaint/directory.ts";
import { entryWithoutTexts } from "#shared/domain/complaint/erased-texts.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { Fault } from "#shared/domain/fault.ts";
import { isErased } from "#shared/domain/retention/forgetting.ts";
import { addMilliseconds } from "#shared/domain/time/duration.ts";
import { confidentialEntryKey, confidentialLogKey } from "#shared/runtime/keys.ts";
import { auditWrite } from "../audit.ts";
import { readHead } from "../complaints/complaints.ts";
import { confidentialEntryWrites, readConfidentialRecord } from "../complaints/confidential-log.ts";
import { readItem } from "../table.ts";
import { conflict, putWrite, retryOnConflict, type Writes, writeTransaction } from "../transaction.ts";
import { saveRetentionOrder } from "./orders.ts";

const attempts = 6;

const decisions = { "hold-set": setHold, "hold-lifted": liftHold };

type HoldOrder = { type: keyof typeof decisions; id: string; by: PrincipalOf<"admin">; now: string; reason: string };

/**
 * Sets or lifts a hold: adds an entry to the confidential log and to the audit. Returns the hold as it is then. Throws
 * `not-found` if there is no such complaint, and the faults of `setHold` and `liftHold`.
 */
export function saveHold({ type, id, by, now, reason }: HoldOrder): Promise<Hold> {
  return retryOnConflict(attempts, async () => {
    const { complaint, confidentialLog, entryCount } = await readComplaintForHold(id);
    const at = timeOfOrder(now, complaint, confidentialLog);
    const entry = decisions[type](complaint, { by, now: at, confidentialLog, reason });
    if (!entry) {
      if (type === "hold-lifted") await saveLastLifting(id, confidentialLog);
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
  });
}

/** Later than every earlier entry: the orders of one complaint are sorted by time, those of the same time by their names. */
function timeOfOrder(now: string, complaint: Complaint, confidentialLog: readonly ConfidentialEntry[]): string {
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

/** Whether a complaint is held; throws `not-found` if there is no such complaint. */
export async function readHold(id: string): Promise<Hold> {
  return holdOf((await readComplaintForHold(id)).confidentialLog);
}

async function readComplaintForHold(id: string) {
  const [complaint, confidentialRecord] = await Promise.all([readHead(id), readConfidentialRecord(id)]);
  if (!complaint || isSandbox(complaint)) throw new Fault("not-found");
  return { complaint, ...confidentialRecord };
}
