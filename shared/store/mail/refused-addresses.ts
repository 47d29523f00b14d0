import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { env } from "#shared/runtime/env.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { readItem } from "../items.ts";
import { readable } from "../readable.ts";
import { table } from "../table.ts";

const Refusal = z.object({ isRefused: z.boolean() });

/** Notes whether the reader of an address wants no more mail. `mark` stands for the address. */
export async function noteRefusal({ mark, ...refusal }: { mark: string; isRefused: boolean; at: string }) {
  const Item = { pk: partitions.mailRefused, sk: mark, ...refusal };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

export async function hasRefused(mark: string): Promise<boolean> {
  const Key = { pk: partitions.mailRefused, sk: mark };
  const item = await readItem(Key);
  return item !== undefined && readable(Refusal, item).isRefused;
}
