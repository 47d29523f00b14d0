import type { NewComplaint } from "#shared/domain/complaint/filing.ts";
import { putEvent, putHead, putNarrative } from "#shared/store/complaints/complaints.ts";
import { putIdentity } from "#shared/store/complaints/identities.ts";
import { writeTogether } from "#shared/store/transaction.ts";

/** Writes a complaint as if it had been filed. */
export async function written({ complaint, event, narrative, identity }: NewComplaint): Promise<void> {
  await writeTogether([
    putHead({ complaint, condition: {} }),
    ...putEvent({ complaint, event }),
    putNarrative({ id: complaint.id, narrative }),
    ...(identity ? [putIdentity({ complaint, identity })] : []),
  ]);
}
