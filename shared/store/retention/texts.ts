import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { blankedHead, blankedNarrative, noteWithoutTexts, withoutTexts } from "#shared/domain/complaint/blanked.ts";
import { Narrative } from "#shared/domain/complaint/complaint.ts";
import { ComplaintEvent } from "#shared/domain/complaint/event.ts";
import { noteOfForgetting } from "#shared/domain/complaint/forgetting.ts";
import { PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { env } from "#shared/runtime/env.ts";
import {
  attachmentKey,
  complaintKey,
  eventPrefix,
  giverEntryPrefix,
  isPrivateEventKey,
  privateKey,
  textKey,
} from "#shared/runtime/keys.ts";
import { deleteClean } from "../attachments/attachment-objects.ts";
import { putHead } from "../complaints/complaints.ts";
import { takingOffList, writesOfNotes } from "../complaints/private-series.ts";
import { type Item, readPartition } from "../items.ts";
import { readable } from "../readable.ts";
import { table } from "../table.ts";
import { unchangedSince, type Writes } from "../transaction.ts";
import type { Standing } from "./forget-once.ts";

/**
 * The note that texts are kept no longer, with the head without names; no visit can be reported any more. What else has
 * texts follows (`blankTexts`).
 */
export function writesOfTexts({ complaint, visits, noted }: Standing, now: string): Writes {
  const note = noteOfForgetting(complaint, { kind: "texts", now });
  return [
    ...writesOfNotes({ id: complaint.id, notes: [note], after: noted }),
    putHead({ complaint: blankedHead(complaint), condition: unchangedSince(complaint.version) }),
    ...takingOffList(complaint.id, visits),
  ];
}

/**
 * Blanks every text of a complaint and deletes its files, once that has been noted. Each step may be repeated, and does
 * nothing where it was done: a run that is killed in between is gone on with by the next.
 */
export async function blankTexts(id: string): Promise<void> {
  const items = await readPartition(complaintKey(id));
  for (const item of items.filter(isFile)) await deleteFile(item);
  const notes = (await readPartition(privateKey(id))).filter(({ sk }) => isPrivateEventKey(String(sk)));
  const blanked = [
    ...items.filter(isEvent).map((item) => ({ item, left: withoutTexts(readable(ComplaintEvent, item)) })),
    ...notes.map((item) => ({ item, left: noteWithoutTexts(readable(PrivateEvent, item)) })),
    ...items.filter(isNarrative).map((item) => ({ item, left: blankedNarrative(readable(Narrative, item)) })),
  ];
  for (const { item, left } of blanked) await putLeft(item, left);
}

export const isFile = ({ sk }: Item) => String(sk).startsWith(attachmentKey(""));
const isNarrative = ({ sk }: Item) => sk === textKey;
const isEvent = ({ sk }: Item) => [eventPrefix, giverEntryPrefix].some((prefix) => String(sk).startsWith(prefix));

/** First the object: while its item stands, a run that is killed finds it again. */
export async function deleteFile({ pk, sk }: Item): Promise<void> {
  await deleteClean({ attachmentId: String(sk).slice(attachmentKey("").length) });
  await table.send(new DeleteCommand({ TableName: env("COMPLAINTS_TABLE"), Key: { pk, sk } }));
}

/** Writes what is left over an item, where it says more; fields that only the store or a newer version knows stay. */
async function putLeft(item: Item, left: object): Promise<void> {
  const Item = { ...item, ...left };
  if (Object.entries(Item).some(([name, value]) => JSON.stringify(value) !== JSON.stringify(item[name])))
    await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}
