import { assertAccess } from "#shared/complaints/access.ts";
import { announce } from "#shared/complaints/announced-files.ts";
import { type Change, eventTime } from "#shared/complaints/change.ts";
import { complaintFor } from "#shared/complaints/commands.store.ts";
import { Complaint } from "#shared/complaints/complaint.ts";
import { changeWrites } from "#shared/complaints/complaints.store.ts";
import { Fault } from "#shared/fault.ts";
import { type Announcement, Attachment, type CleanCopy, keptAttachment } from "#shared/files/attachment.ts";
import {
  AnnouncedFile,
  announcedWrites,
  countAnnounced,
  listFiles,
  settledFileWrite,
} from "#shared/files/stored-files.store.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { attachmentKey, complaintKey, headKey } from "#shared/runtime/keys.ts";
import {
  assertSameBody,
  attemptIdempotently,
  type IdempotencyKey,
  idempotencyRecordWrites,
  outcomeOf,
} from "#shared/storage/commands.ts";
import { parseWholeItem } from "#shared/storage/readable.ts";
import { readItems } from "#shared/storage/table.ts";
import { conflict, retryOnConflict, writeTransaction } from "#shared/storage/transaction.ts";

const attempts = 3;
/** More than for a move: a page announces several photos at once, and each of them changes the same count. */
const announcingAttempts = 8;

type AnnouncementRequest = {
  by: PrincipalOf<"citizen">;
  attachmentId: string;
  announcement: Announcement;
  idempotencyKey: IdempotencyKey | undefined;
  now: string;
};

/**
 * Stores an announced file as awaited, or finds the file that was announced with the same idempotency key. Throws the faults
 * of `announce`, `not-found`, `idempotency-key-reused` and `unavailable`.
 */
export function announceAttachment({ by, idempotencyKey, ...announced }: AnnouncementRequest): Promise<Attachment> {
  const id = by.complaintId;
  const { now } = announced;
  return attemptIdempotently(
    { attempts: announcingAttempts, target: complaintFor(by, id), request: { idempotencyKey, now } },
    async ({ head: complaint, idempotencyRecord }) => {
      // The count is read before the files. The write fails if the count changed, so no announced file is missing here.
      const owner = { pk: complaintKey(id), schema: Attachment };
      const announcedBefore = await countAnnounced(owner);
      const others = await listFiles(owner);
      assertAccess(complaint, by);
      if (idempotencyRecord) assertSameBody(idempotencyRecord, idempotencyKey);
      const announcedThen = idempotencyRecord && outcomeOf(idempotencyRecord, AnnouncedFile).attachmentId;
      const earlier = others.find(({ attachmentId }) => attachmentId === announcedThen);
      if (earlier) return earlier;
      const attachment = announce(complaint, { ...announced, others, announcedBefore });
      const recordWrites = idempotencyRecordWrites({
        pk: complaintKey(id),
        idempotencyKey,
        now,
        outcome: { attachmentId: attachment.attachmentId },
      });
      const writes = [...announcedWrites(owner, attachment, announcedBefore), ...recordWrites];
      return (await writeTransaction(writes)) ? conflict : attachment;
    },
  );
}

/** An attachment and its complaint; each undefined if there is none. */
export async function readAttachment({ complaintId, attachmentId }: { complaintId: string; attachmentId: string }) {
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
  /** Decides the change. `now` is never before the complaint's last event. */
  decide: (complaint: Complaint, now: string) => Change;
};

/**
 * Adds a cleaned attachment to the complaint and writes its event, in one transaction and only once. False if the upload is
 * no longer awaited, or the secret was renewed since its announcement; nothing is written then. Throws the faults of `decide`.
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
    if (!complaint || current?.state !== "pending" || current.secretGeneration !== complaint.secretGeneration)
      return false;
    const change = decide(complaint, eventTime(now, complaint));
    const refusal = await writeTransaction([
      ...changeWrites(change),
      settledFileWrite(complaintKey(complaintId), keptAttachment(current, copy)),
    ]);
    return refusal ? conflict : true;
  });
}

/** Stores that an upload was refused, with the reason. False if it was kept or refused before; nothing is written then. */
export async function saveRefusedAttachment(complaintId: string, attachment: Attachment): Promise<boolean> {
  const refusal = await writeTransaction([settledFileWrite(complaintKey(complaintId), attachment)]);
  if (refusal === "conflict") throw new Fault("unavailable");
  return refusal === undefined;
}
