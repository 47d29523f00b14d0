import { entryTime } from "#shared/domain/complaint/change.ts";
import { type Hold, holdOf, liftHold, setHold } from "#shared/domain/complaint/confidential-commands.ts";
import type { ConfidentialEntry } from "#shared/domain/complaint/confidential-log.ts";
import { isSandbox } from "#shared/domain/complaint/directory.ts";
import { entryWithoutTexts } from "#shared/domain/complaint/event-rules.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { Fault } from "#shared/domain/fault.ts";
import { isErased } from "#shared/domain/retention/forgetting.ts";
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

/** Notes an order in the private series and among what admins did; throws `not-found` where there is no such complaint. */
export function saveHold({ type, id, by, now, reason }: HoldOrder): Promise<Hold> {
  return retryOnConflict(attempts, async () => {
    const { complaint, confidentialLog, entryCount } = await readComplaintForHold(id);
    const at = entryTime(now, complaint, confidentialLog);
    const entry = decisions[type](complaint, { by, now: at, confidentialLog, reason });
    if (!entry) return holdOf(confidentialLog);
    const event = { ...entry, private: entryCount + 1 };
    const notes = isErased(complaint, { kind: "texts", confidentialLog })
      ? await writesAfterForgetting({ id, event, confidentialLog })
      : confidentialEntryWrites({ id, entries: [event], after: entryCount });
    const audit = auditWrite({ type, at, client: by.clientId, person: by.person, complaintId: id, reason });
    // Outside the table a hold is kept before it is set, and its end once it is: a crash in between holds too much.
    if (type === "hold-set") await saveRetentionOrder({ id, at, type });
    // An erasure that is decided meanwhile adds to the series too, so one of the two is decided again.
    if (await writeTransaction([...notes, audit])) return conflict;
    if (type === "hold-lifted") await saveRetentionOrder({ id, at, type });
    return holdOf([...confidentialLog, event]);
  });
}

type Ordered = { id: string; event: ConfidentialEntry; confidentialLog: readonly ConfidentialEntry[] };

/**
 * Writes an order of a case whose texts are forgotten, of which nothing blanks a reason later. The reason of a hold is blanked
 * with the next order, that of its end at once. In the audit both stay.
 */
async function writesAfterForgetting({ id, event, confidentialLog }: Ordered): Promise<Writes> {
  const left = event.type === "hold-lifted" ? entryWithoutTexts(event) : event;
  const before = confidentialLog.findLast(({ type }) => type === "hold-set");
  const item = before && (await readItem({ pk: confidentialLogKey(id), sk: confidentialEntryKey(before.private) }));
  return [
    ...confidentialEntryWrites({ id, entries: [left], after: event.private - 1 }),
    ...(item ? [putWrite({ ...item, ...entryWithoutTexts(before) })] : []),
  ];
}

/** Whether a complaint is held; throws `not-found` where there is no such one. */
export async function readHold(id: string): Promise<Hold> {
  return holdOf((await readComplaintForHold(id)).confidentialLog);
}

async function readComplaintForHold(id: string) {
  const [complaint, confidentialRecord] = await Promise.all([readHead(id), readConfidentialRecord(id)]);
  if (!complaint || isSandbox(complaint)) throw new Fault("not-found");
  return { complaint, ...confidentialRecord };
}
