import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { bouncedAddressDays } from "#shared/domain/policy-numbers.ts";
import { daySeconds, secondsOf } from "#shared/domain/time/duration.ts";
import { env } from "#shared/runtime/env.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { readItem } from "../items.ts";
import { readable } from "../readable.ts";
import { table } from "../table.ts";

const Bounced = z.object({ expiresAt: z.number() });

/** Keeps an address from being mailed. `mark` stands for it: the address itself is not kept here. */
export async function noteBounce(mark: string, now: string): Promise<void> {
  const expiresAt = secondsOf(now) + bouncedAddressDays * daySeconds;
  const Item = { pk: partitions.bounced, sk: mark, bouncedAt: now, expiresAt };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

export async function hasBounced(mark: string, now: string): Promise<boolean> {
  const Key = { pk: partitions.bounced, sk: mark };
  const item = await readItem(Key, { ConsistentRead: false });
  // The table deletes an expired item only some time later.
  return item !== undefined && readable(Bounced, item).expiresAt > secondsOf(now);
}
