import { agenciesEverTrusted, noteOfForgetting } from "#shared/domain/complaint/forgetting.ts";
import { agenciesTrusted } from "#shared/domain/complaint/private-act.ts";
import type { PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { Fault } from "#shared/domain/fault.ts";
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
  if (await writeTogether(deletions(id, series))) throw new Fault("unavailable");
}

/** Who complained, and every copy, also empty ones. */
export function deletions(id: string, series: readonly PrivateEvent[]): Writes {
  return deleting([id, calleeKey(id), ...sharedKeys(id, agenciesEverTrusted(series))]);
}

/** Deletes the copies that consent was for, where it was taken back. */
export function deletionsOfCopies(id: string, series: readonly PrivateEvent[], acts: readonly string[]): Writes {
  return deleting([
    ...(acts.includes("consent-taken-back") ? sharedKeys(id, agenciesTrusted(series)) : []),
    ...(acts.includes("calls-ended") ? [calleeKey(id)] : []),
  ]);
}

const sharedKeys = (id: string, agencies: string[]) => agencies.map((agencyId) => sharedIdentityKey({ id, agencyId }));

const deleting = (keys: string[]): Writes =>
  keys.map((pk) => ({ Delete: { TableName: env("IDENTITIES_TABLE"), Key: { pk } } }));
