import { expectFoldedHead } from "../folded-heads.ts";
import type { World } from "./followed.ts";

/** Holds the head of every complaint of a sequence against its events. */
export async function compareHeads({ cloud, followed }: World): Promise<void> {
  for (const { receipt } of followed) expectFoldedHead(await cloud.tables.itemsOf(receipt.id));
}
