import { expect } from "vitest";
import { Complaint } from "#shared/domain/complaint/complaint.ts";
import { ComplaintEvent } from "#shared/domain/complaint/event.ts";
import { fold, Untold } from "#shared/domain/complaint/evolve.ts";
import { eventPrefix, headKey } from "#shared/runtime/keys.ts";
import type { World } from "./followed.ts";

/** Holds the head of every complaint of a sequence against its events: all of it follows from them, but what no event tells. */
export async function compareHeads({ cloud, followed }: World): Promise<void> {
  for (const { receipt } of followed) {
    const items = await cloud.tables.itemsOf(receipt.id);
    const { inCharge: _, ...head } = Complaint.parse(items.find(({ sk }) => sk === headKey));
    const events = items
      .filter(({ sk }) => String(sk).startsWith(eventPrefix))
      .map((item) => ComplaintEvent.parse(item));
    expect(fold(events, Untold.parse(head)), "the head, from its events").toEqual(head);
  }
}
