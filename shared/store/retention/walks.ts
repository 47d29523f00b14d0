import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { kinds } from "#shared/domain/complaint/forgetting.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { env } from "#shared/runtime/env.ts";
import { forgettingKeys, partitions } from "#shared/runtime/keys.ts";
import { readPartition } from "../items.ts";
import { readable } from "../readable.ts";
import { table } from "../table.ts";

/** How far what was filed in a month has been walked through for one kind of what is kept. */
const Walk = z.object({
  month: z.string(),
  // Before texts were forgotten too, every walk was for identities.
  kind: z.enum(kinds).default("identity"),
  shard: z.int(),
  /** Where the shard goes on, as the table says it. */
  from: z.record(z.string(), z.unknown()).optional(),
  /** Whether the walk has met what is to be forgotten later. */
  isMoreLeft: z.boolean(),
  /** Whether the walk has met what could not be forgotten though it is due. */
  hasFailed: z.boolean().optional(),
  /** Whether what was noted as forgotten is deleted once more, since a restore may have brought it back. */
  isRepeated: z.boolean().optional(),
  /** When it was walked to its end; undefined while it is not. */
  endedAt: Instant.optional(),
});
export type Walk = z.infer<typeof Walk>;

/** Every month that was begun, for each kind. */
export async function readWalks(): Promise<Walk[]> {
  const items = await readPartition(partitions.forgetting, forgettingKeys.walks);
  return items.map((item) => readable(Walk, item));
}

export async function writeWalk(walk: Walk): Promise<void> {
  const Item = { ...walk, pk: partitions.forgetting, sk: forgettingKeys.walk(walk) };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}
