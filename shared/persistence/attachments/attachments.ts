import * as z from "zod";
import {
  type Announcement,
  Attachment,
  announce,
  type CleanCopy,
  keptAttachment,
} from "#shared/domain/attachments/attachment.ts";
import { assertAccess } from "#shared/domain/complaint/access.ts";
import { type Change, eventTime } from "#shared/domain/complaint/change.ts";
import { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { Fault } from "#shared/domain/fault.ts";
import { announcedKey, attachmentKey, complaintKey, headKey } from "#shared/runtime/keys.ts";
import { changeWrites } from "../complaints/complaints.ts";
import {
  assertSameBody,
  attemptIdempotently,
  type IdempotencyKey,
  idempotencyRecordWrites,
} from "../complaints/moves.ts";
import { itemWithUnknownFields, parseItem, parseWholeItem } from "../readable.ts";
import { readItem, readItems, readPartition } from "../table.ts";
import { conflict, ifNew, putWrite, retryOnConflict, type Writes, writeTransaction } from "../transaction.ts";
import type { AttachmentReference } from "./files.ts";

const attempts = 3;
/** More than of a move: a page announces several photos at once, and each is counted after the other. */
const announcingAttempts = 8;

type AnnouncementRequest = {
  by: PrincipalOf<"citizen">;
  attachmentId: string;
  announcement: Announcement;
  idempotencyKey: IdempotencyKey | undefined;
  now: string;
};

/** Notes an announced file as awaited, or finds the one announced with the same key. Throws what `announce` throws. */
export function announceAttachment({ by, idempotencyKey, ...announced }: AnnouncementRequest): Promise<Attachment> {
  const id = by.complaintId;
  const { now } = announced;
  return attemptIdempotently(
    { attempts: announcingAttempts, id, idempotencyKey, now, by },
    async ({ complaint, idempotencyRecord }) => {
      // Before the files: where this has not changed until it is written, no file was announced that is not among them.
      const announcedBefore = await countAnnounced(id);
      const others = await listAttachments(id);
      assertAccess(complaint, by);
      if (idempotencyRecord) assertSameBody(idempotencyRecord, idempotencyKey);
      const earlier =
        idempotencyRecord && others.find(({ attachmentId }) => attachmentId === idempotencyRecord.attachmentId);
      if (earlier) return earlier;
      const attachment = announce(complaint, { ...announced, others, announcedBefore });
      const key = idempotencyRecordWrites({
        pk: complaintKey(id),
        idempotencyKey,
        now,
        attachmentId: attachment.attachmentId,
      });
      const writes = [newAttachmentWrite(id, attachment), putAnnounced(id, announcedBefore + 1), ...key];
      return (await writeTransaction(writes)) ? conflict : attachment;
    },
  );
}

const Announcements = z.object({ announced: z.int() });

async function countAnnounced(id: string): Promise<number> {
  const item = await readItem({ pk: complaintKey(id), sk: announcedKey });
  return item ? parseItem(Announcements, item).announced : 0;
}

/** On the condition that the count is one less. */
function putAnnounced(id: string, announced: number): Writes[number] {
  const before = {
    ConditionExpression: "announced = :before",
    ExpressionAttributeValues: { ":before": announced - 1 },
  };
  return putWrite({ pk: complaintKey(id), sk: announcedKey, announced }, announced === 1 ? ifNew : before);
}

function newAttachmentWrite(id: string, attachment: Attachment): Writes[number] {
  return putWrite(itemOf(id, attachment), ifNew);
}

function itemOf(id: string, attachment: Attachment) {
  return { ...itemWithUnknownFields(attachment), pk: complaintKey(id), sk: attachmentKey(attachment.attachmentId) };
}

async function listAttachments(id: string): Promise<Attachment[]> {
  const items = await readPartition(complaintKey(id), attachmentKey(""));
  // One that cannot be read may count against the limit, or be the one that the key was spent on.
  return items.map((item) => parseItem(Attachment, item));
}

/** An attachment and its complaint, each undefined where there is none. */
export async function readAttachment({ complaintId, attachmentId }: AttachmentReference) {
  const pk = complaintKey(complaintId);
  const items = await readItems([headKey, attachmentKey(attachmentId)].map((sk) => ({ pk, sk })));
  return {
    complaint: parseWholeItem(
      Complaint,
      items.find(({ sk }) => sk === headKey),
    ),
    attachment: parseWholeItem(
      Attachment,
      items.find(({ sk }) => sk !== headKey),
    ),
  };
}

type KeptAttachmentInput = {
  complaintId: string;
  attachment: Attachment;
  copy: CleanCopy;
  now: string;
  /** Makes the event, at an instant not before the last one. */
  decide: (complaint: Complaint, now: string) => Change;
};

/**
 * Adds the attachment to the complaint and writes the event, in one transaction and once; false where the upload is not
 * awaited any more, and nothing was written. Throws what `decide` throws.
 */
export function saveKeptAttachment({
  complaintId,
  attachment,
  copy,
  now,
  decide,
}: KeptAttachmentInput): Promise<boolean> {
  return retryOnConflict(attempts, async () => {
    const { complaint, attachment: current } = await readAttachment({ complaintId, ...attachment });
    if (!complaint || current?.state !== "awaited") return false;
    const change = decide(complaint, eventTime(now, complaint));
    const refusal = await writeTransaction([
      ...changeWrites(change),
      settledAttachmentWrite(complaintId, keptAttachment(current, copy)),
    ]);
    return refusal ? conflict : true;
  });
}

/** Keeps the refused upload with its reason; false where the upload was settled before, and nothing was written. */
export async function saveRefusedAttachment(complaintId: string, attachment: Attachment): Promise<boolean> {
  const refusal = await writeTransaction([settledAttachmentWrite(complaintId, attachment)]);
  if (refusal === "conflict") throw new Fault("unavailable");
  return refusal === undefined;
}

/** On the condition that the upload is still awaited: it is settled, kept or refused, only once. */
function settledAttachmentWrite(complaintId: string, attachment: Attachment): Writes[number] {
  return putWrite(itemOf(complaintId, attachment), {
    ConditionExpression: "#state = :awaited",
    ExpressionAttributeNames: { "#state": "state" },
    ExpressionAttributeValues: { ":awaited": "awaited" },
  });
}
