import type { NewComplaint } from "#shared/domain/complaint/filing.ts";
import { putEvent, putHead, putNarrative } from "#shared/store/complaints/complaints.ts";
import { putIdentity, putSharedIdentity } from "#shared/store/complaints/identities.ts";
import { writesOfNotes } from "#shared/store/complaints/private-series.ts";
import { writeTogether } from "#shared/store/transaction.ts";

/** Writes a complaint as if it had been filed. */
export async function written({
  complaint,
  event,
  narrative,
  identity,
  consent,
  callable,
}: NewComplaint): Promise<void> {
  await writeTogether([
    putHead({ complaint, condition: undefined }),
    ...putEvent({ complaint, event }),
    putNarrative({ id: complaint.id, narrative }),
    ...(identity ? [putIdentity(complaint.id, identity)] : []),
    ...(identity && consent ? [putSharedIdentity(complaint, identity)] : []),
    ...writesOfNotes({
      id: complaint.id,
      notes: [consent, callable].flatMap((note) => note ?? []),
      after: 0,
      toldOtherwise: true,
    }),
  ]);
}
