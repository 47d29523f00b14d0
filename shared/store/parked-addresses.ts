import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { secondsOf } from "../domain/duration.ts";
import { env } from "../runtime/env.ts";
import { parkedPartition, table } from "./table.ts";

/** A mailbox that was gone may be there again: after a year an address is tried once more. */
const lifetimeSeconds = 365 * 24 * 60 * 60;

const Parked = z.object({ expiresAt: z.number() });

/** Keeps an address from being mailed; `mark` stands for it, the address itself is kept nowhere. */
export async function parkAddress(mark: string, now: string): Promise<void> {
  const expiresAt = secondsOf(now) + lifetimeSeconds;
  const Item = { pk: parkedPartition, sk: mark, parkedAt: now, expiresAt };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

export async function isParked(mark: string, now: string): Promise<boolean> {
  const Key = { pk: parkedPartition, sk: mark };
  const { Item } = await table.send(new GetCommand({ TableName: env("COMPLAINTS_TABLE"), Key }));
  // The table forgets an item some time after it expired.
  return Item !== undefined && Parked.parse(Item).expiresAt > secondsOf(now);
}
