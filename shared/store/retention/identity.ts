import { agenciesEverTrusted, noteOfForgetting } from "#shared/domain/complaint/forgetting.ts";
import type { PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { env } from "#shared/runtime/env.ts";
import { calleeKey, sharedIdentityKey } from "#shared/runtime/keys.ts";
import { writesOfNotes } from "../complaints/private-series.ts";
import { type Writes, writeTogether } from "../transaction.ts";
import type { Standing } from "./forget-once.ts";

/** Deletes who complained, with every copy, together with the note that says so. */
export function writesOfIdentity({ complaint, series, noted }: Standing, now: string): Writes {
  const note = noteOfForgetting(complaint, { kind: "identity", now });
  return [...writesOfNotes({ id: complaint.id, notes: [note], after: noted }), ...deletions(complaint.id, series)];
}

/** Deletes once more what is noted as forgotten. */
export async function deleteIdentity(id: string, series: readonly PrivateEvent[]): Promise<void> {
  await writeTogether(deletions(id, series));
}

function deletions(id: string, series: readonly PrivateEvent[]): Writes {
  const shared = agenciesEverTrusted(series).map((agencyId) => sharedIdentityKey({ id, agencyId }));
  return [id, calleeKey(id), ...shared].map((pk) => ({
    Delete: { TableName: env("IDENTITIES_TABLE"), Key: { pk } },
  }));
}
