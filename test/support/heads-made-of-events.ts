import { expect } from "vitest";
import * as z from "zod";
import { Complaint } from "#shared/complaints/complaint.ts";
import { ComplaintEvent } from "#shared/complaints/event.ts";
import { foldEvents, StateOutsideEvents } from "#shared/complaints/event-rules.ts";
import { eventPrefix, headKey, partitions } from "#shared/runtime/keys.ts";
import type { TheLocalCloud } from "./the-local-cloud.ts";

type Item = Record<string, unknown>;
const Items = z.array(z.string().transform((text): Item => JSON.parse(text)));

/** Holds the head of a complaint against its events: all of it follows from them, but what no event tells. */
export function expectHeadMatchesEvents(items: Item[]): void {
  const { escalationExecution: _, ...head } = Complaint.parse(items.find(({ sk }) => sk === headKey));
  const events = items.filter(({ sk }) => String(sk).startsWith(eventPrefix)).map((item) => ComplaintEvent.parse(item));
  const inOrder = events.sort((a, b) => a.version - b.version);
  expect(foldEvents(inOrder, StateOutsideEvents.parse(head)), "the head, from its events").toEqual(head);
}

/** The same for every complaint that a local cloud holds; returns of how many. */
export async function expectHeadsMatchEvents({ tables }: TheLocalCloud): Promise<number> {
  const all = Items.parse(JSON.parse(await tables.everything()));
  const complaints = Map.groupBy(
    all.filter(({ pk }) => String(pk).startsWith(partitions.complaint)),
    ({ pk }) => pk,
  );
  for (const items of complaints.values()) expectHeadMatchesEvents(items);
  return complaints.size;
}
