import * as z from "zod";
import {
  type Announcement,
  Attachment,
  announce,
  type CleanCopy,
  kept,
} from "#shared/domain/attachments/attachment.ts";
import { mustConcern } from "#shared/domain/complaint/access.ts";
import { type Change, latest } from "#shared/domain/complaint/change.ts";
import { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { Fault } from "#shared/domain/fault.ts";
import { announcedKey, attachmentKey, complaintKey, headKey } from "#shared/runtime/keys.ts";
import { writesOfChange } from "../complaints/complaints.ts";
import { attemptOnce, mustRepeat, type Once, putSpentIfKeyed } from "../complaints/moves.ts";
import { readItem, readPartition, readTogether } from "../items.ts";
import { readable, readableWhole, wholeItem } from "../readable.ts";
import { ifNew, overtaken, putting, unlessOvertaken, type Writes, writeTogether } from "../transaction.ts";
import type { AttachmentPlace } from "./attachment-places.ts";

const attempts = 3;
/** More than of a move: a page announces several photos at once, and each is counted after the other. */
const announcingAttempts = 8;

type Announcing = {
  by: PrincipalOf<"citizen">;
  attachmentId: string;
  announcement: Announcement;
  once: Once | undefined;
  now: string;
};

/** Notes an announced file as awaited, or finds the one announced with the same key. Throws what `announce` throws. */
export function announceOnce({ by, once, ...announced }: Announcing): Promise<Attachment> {
  const id = by.complaintId;
  const { now } = announced;
  return attemptOnce({ attempts: announcingAttempts, id, once, now, by }, async ({ complaint, spent }) => {
    // Before the files: where this has not changed until it is written, no file was announced that is not among them.
    const announcedBefore = await countAnnounced(id);
    const others = await listAttachments(id);
    mustConcern(complaint, by);
    if (spent) mustRepeat(spent, once);
    const earlier = spent && others.find(({ attachmentId }) => attachmentId === spent.attachmentId);
    if (earlier) return earlier;
    const attachment = announce(complaint, { ...announced, others, announcedBefore });
    const key = putSpentIfKeyed({ pk: complaintKey(id), once, now, attachmentId: attachment.attachmentId });
    const writes = [putNew(id, attachment), putAnnounced(id, announcedBefore + 1), ...key];
    return (await writeTogether(writes)) ? overtaken : attachment;
  });
}

const Announcements = z.object({ announced: z.int() });

async function countAnnounced(id: string): Promise<number> {
  const item = await readItem({ pk: complaintKey(id), sk: announcedKey });
  return item ? readable(Announcements, item).announced : 0;
}

/** On the condition that the count is one less. */
function putAnnounced(id: string, announced: number): Writes[number] {
  const before = {
    ConditionExpression: "announced = :before",
    ExpressionAttributeValues: { ":before": announced - 1 },
  };
  return putting({ pk: complaintKey(id), sk: announcedKey, announced }, announced === 1 ? ifNew : before);
}

function putNew(id: string, attachment: Attachment): Writes[number] {
  return putting(itemOf(id, attachment), ifNew);
}

function itemOf(id: string, attachment: Attachment) {
  return { ...wholeItem(attachment), pk: complaintKey(id), sk: attachmentKey(attachment.attachmentId) };
}

async function listAttachments(id: string): Promise<Attachment[]> {
  const items = await readPartition(complaintKey(id), attachmentKey(""));
  // One that cannot be read may count against the limit, or be the one that the key was spent on.
  return items.map((item) => readable(Attachment, item));
}

/** An attachment and its complaint, each undefined where there is none. */
export async function readAttachment({ complaintId, attachmentId }: AttachmentPlace) {
  const pk = complaintKey(complaintId);
  const items = await readTogether([headKey, attachmentKey(attachmentId)].map((sk) => ({ pk, sk })));
  return {
    complaint: readableWhole(
      Complaint,
      items.find(({ sk }) => sk === headKey),
    ),
    attachment: readableWhole(
      Attachment,
      items.find(({ sk }) => sk !== headKey),
    ),
  };
}

type Keeping = {
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
export function keepAttachment({ complaintId, attachment, copy, now, decide }: Keeping): Promise<boolean> {
  return unlessOvertaken(attempts, async () => {
    const { complaint, attachment: current } = await readAttachment({ complaintId, ...attachment });
    if (!complaint || current?.state !== "awaited") return false;
    const change = decide(complaint, latest(now, complaint));
    const refusal = await writeTogether([...writesOfChange(change), putSettled(complaintId, kept(current, copy))]);
    return refusal ? overtaken : true;
  });
}

/** Keeps the refused upload with its reason; false where the upload was settled before, and nothing was written. */
export async function refuseAttachment(complaintId: string, attachment: Attachment): Promise<boolean> {
  const refusal = await writeTogether([putSettled(complaintId, attachment)]);
  if (refusal === "conflict") throw new Fault("unavailable");
  return refusal === undefined;
}

/** On the condition that the upload is still awaited: it is settled, kept or refused, only once. */
function putSettled(complaintId: string, attachment: Attachment): Writes[number] {
  return putting(itemOf(complaintId, attachment), {
    ConditionExpression: "#state = :awaited",
    ExpressionAttributeNames: { "#state": "state" },
    ExpressionAttributeValues: { ":awaited": "awaited" },
  });
}
