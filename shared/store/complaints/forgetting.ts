import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { agenciesEverTrusted } from "#shared/domain/complaint/forgetting.ts";
import type { Note, PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { Fault } from "#shared/domain/fault.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { localDate } from "#shared/domain/time/local-time.ts";
import { env } from "#shared/runtime/env.ts";
import { calleeKey, forgettingKeys, partitions, sharedIdentityKey } from "#shared/runtime/keys.ts";
import { readable } from "../readable.ts";
import { table } from "../table.ts";
import { overtaken, unlessOvertaken, type Writes, writeTogether } from "../transaction.ts";
import { readHead } from "./complaints.ts";
import { readConfidence, writesOfNotes } from "./private-series.ts";

const attempts = 5;

/** How far what was filed in a month has been walked through. */
export const Walk = z.object({
  month: z.string(),
  shard: z.int(),
  /** Where the shard goes on, as the table says it. */
  from: z.record(z.string(), z.unknown()).optional(),
  /** Whether the walk has met what is to be forgotten later. */
  isMoreLeft: z.boolean(),
  /** Whether the walk has met what could not be forgotten though it is due. */
  hasFailed: z.boolean().optional(),
  /** When it was walked to its end; undefined while it is not. */
  endedAt: Instant.optional(),
});
export type Walk = z.infer<typeof Walk>;

/** Every month that was begun. */
export async function readWalks(): Promise<Walk[]> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :walks)",
      ExpressionAttributeValues: { ":pk": partitions.forgetting, ":walks": forgettingKeys.walk("") },
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => readable(Walk, item));
}

export async function writeWalk(walk: Walk): Promise<void> {
  const Item = { ...walk, pk: partitions.forgetting, sk: forgettingKeys.walk(walk.month) };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

type Decide<T> = (complaint: Complaint, series: readonly PrivateEvent[]) => { note?: Note | undefined; outcome: T };
type Forgetting<T> = { id: string; now: string; decide: Decide<T> };

/**
 * Deletes who complained, with every copy, together with the note that says so and the ledger's count: once, however
 * often it is tried. Resolves with what was decided; rejects where the complaint is not there or cannot be read.
 */
export function forgetOnce<T>({ id, now, decide }: Forgetting<T>): Promise<T> {
  return unlessOvertaken(attempts, async () => {
    const complaint = await readHead(id);
    if (!complaint) throw new Fault("not-found");
    const { series, noted } = await readConfidence(id);
    const { note, outcome } = decide(complaint, series);
    if (!note) return outcome;
    const writes = [...writesOfNotes({ id, notes: [note], after: noted }), ...deletions(id, series), counted(id, now)];
    return (await writeTogether(writes)) ? overtaken : outcome;
  });
}

function deletions(id: string, series: readonly PrivateEvent[]): Writes {
  const shared = agenciesEverTrusted(series).map((agencyId) => sharedIdentityKey({ id, agencyId }));
  return [id, calleeKey(id), ...shared].map((pk) => ({
    Delete: { TableName: env("IDENTITIES_TABLE"), Key: { pk } },
  }));
}

/** What went on a day, by kind: no content and no id. */
function counted(id: string, now: string): Writes[number] {
  return {
    Update: {
      TableName: env("COMPLAINTS_TABLE"),
      Key: { pk: partitions.forgetting, sk: forgettingKeys.ledger({ date: localDate(now, "Asia/Tehran"), id }) },
      UpdateExpression: "ADD identities :one",
      ExpressionAttributeValues: { ":one": 1 },
    },
  };
}
