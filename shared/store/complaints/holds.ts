import { randomUUID } from "node:crypto";
import { latest } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { type Hold, holdOf } from "#shared/domain/complaint/hold.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import type { Note, PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { Fault } from "#shared/domain/fault.ts";
import { env } from "#shared/runtime/env.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { ifNew, overtaken, unlessOvertaken, type Writes, writeTogether } from "../transaction.ts";
import { readHead } from "./complaints.ts";
import { readConfidence, writesOfNotes } from "./private-series.ts";

const attempts = 6;

type Ordering = { id: string; by: PrincipalOf<"admin">; now: string; reason: string };
type Decide = (
  complaint: Complaint,
  order: Pick<Ordering, "by" | "now" | "reason"> & { series: readonly PrivateEvent[] },
) => Note | undefined;

/** Notes an order in the private series and among what admins did; throws `not-found` where there is no such complaint. */
export function orderHold({ id, by, now, reason }: Ordering, decide: Decide): Promise<Hold> {
  return unlessOvertaken(attempts, async () => {
    const { complaint, series, noted } = await readHeld(id);
    const at = latest(latest(now, complaint), { movedAt: series.at(-1)?.at ?? now });
    const note = decide(complaint, { by, now: at, series, reason });
    if (!note) return holdOf(series);
    // An erasure that is decided meanwhile adds to the series too, so one of the two is decided again.
    const writes = [...writesOfNotes({ id, notes: [note], after: noted }), putAudit(id, note)];
    return (await writeTogether(writes)) ? overtaken : holdOf([...series, { ...note, private: noted + 1 }]);
  });
}

/** Whether a complaint is held; throws `not-found` where there is no such one. */
export async function readHold(id: string): Promise<Hold> {
  return holdOf((await readHeld(id)).series);
}

async function readHeld(id: string) {
  const [complaint, confidence] = await Promise.all([readHead(id), readConfidence(id)]);
  if (!complaint) throw new Fault("not-found");
  return { complaint, ...confidence };
}

function putAudit(id: string, { after: _after, by: _by, ...note }: Note): Writes[number] {
  const Item = { ...note, id, pk: partitions.audit, sk: `${note.at}#${randomUUID()}` };
  return { Put: { TableName: env("COMPLAINTS_TABLE"), Item, ...ifNew } };
}
