import * as z from "zod";
import { announcedKey, attachmentKey } from "../runtime/keys.ts";
import { itemWithUnknownFields, parseItem, parseWholeItem } from "../storage/readable.ts";
import { readItem, readPartition } from "../storage/table.ts";
import { ifNew, putWrite, type Writes } from "../storage/transaction.ts";
import { Attachment } from "./attachment.ts";

/**
 * Where files hang: the partition of a complaint or of a notice, and the form of its files. `side`: who sends them, where two sides have
 * a count of their own.
 */
export type FileOwner<S extends z.ZodObject> = { pk: string; schema: S; side?: string };

/** What answers a repeated announcement. */
export const AnnouncedFile = Attachment.pick({ attachmentId: true });

const itemOf = (pk: string, file: Attachment) => ({
  ...itemWithUnknownFields(file),
  pk,
  sk: attachmentKey(file.attachmentId),
});

/** All files of the owner, refused and expired ones included. Throws `unavailable` if one cannot be read: it counts for limits. */
export async function listFiles<S extends z.ZodObject>({ pk, schema }: FileOwner<S>): Promise<z.output<S>[]> {
  return (await readPartition(pk, attachmentKey(""))).map((item) => parseItem(schema, item));
}

export async function readFile<S extends z.ZodObject>({ pk, schema }: FileOwner<S>, attachmentId: string) {
  return parseWholeItem(schema, await readItem({ pk, sk: attachmentKey(attachmentId) }));
}

const Announced = z.object({ announced: z.int() });
type Counted = Omit<FileOwner<never>, "schema">;
const countKeyOf = ({ pk, side }: Counted) => ({ pk, sk: side ? `${announcedKey}#${side}` : announcedKey });

/** How many files were ever announced. */
export async function countAnnounced(owner: Counted): Promise<number> {
  const item = await readItem(countKeyOf(owner));
  return item ? parseItem(Announced, item).announced : 0;
}

/** Writes an announced file and the count. The writes fail if another file was announced since the count was read. */
export function announcedWrites(owner: Counted, file: Attachment, announcedBefore: number): Writes {
  const unchanged = {
    ConditionExpression: "announced = :before",
    ExpressionAttributeValues: { ":before": announcedBefore },
  };
  return [
    putWrite(itemOf(owner.pk, file), ifNew),
    putWrite({ ...countKeyOf(owner), announced: announcedBefore + 1 }, announcedBefore === 0 ? ifNew : unchanged),
  ];
}

/** Writes that a file was kept or refused. The write fails unless the file is awaited, so this happens only once. */
export function settledFileWrite(pk: string, file: Attachment): Writes[number] {
  return putWrite(itemOf(pk, file), {
    ConditionExpression: "#state = :pending",
    ExpressionAttributeNames: { "#state": "state" },
    ExpressionAttributeValues: { ":pending": "pending" },
  });
}
