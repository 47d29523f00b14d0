import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { mustConcern } from "../domain/access.ts";
import { type Announcement, Attachment, announce, isForgotten, kept } from "../domain/attachment.ts";
import type { Change } from "../domain/change.ts";
import { Complaint } from "../domain/complaint.ts";
import { Fault } from "../domain/fault.ts";
import type { PrincipalOf } from "../domain/principal.ts";
import { env } from "../runtime/env.ts";
import { readTogether } from "./batch.ts";
import { readComplaint, writesOfChange } from "./complaints.ts";
import type { Once } from "./moves.ts";
import { attachmentKey, complaintKey, headKey, table } from "./table.ts";
import { backOff, type Writes, writeTogether } from "./transaction.ts";

/** As stored: with what tells a repeated announcement from another under the same key. */
const Stored = Attachment.extend({ bodyMac: z.string().optional() });
type Stored = z.infer<typeof Stored>;

type Place = { complaintId: string; attachmentId: string };
const attempts = 3;

type Announcing = {
  by: PrincipalOf<"citizen">;
  /** Derived from the key where there is one, so that the key leads to the attachment. */
  attachmentId: string;
  announcement: Announcement;
  once: Once | undefined;
  now: string;
};

/** Writes that an upload is awaited, or finds the one that was announced with the same key. Throws as `announce` does. */
export async function announceOnce({ by, ...request }: Announcing): Promise<Attachment> {
  const id = by.complaintId;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const [complaint, others] = await Promise.all([readComplaint(id), listAttachments(id)]);
    mustConcern(complaint, by);
    const earlier = others.find(({ attachmentId }) => attachmentId === request.attachmentId);
    if (earlier && !isForgotten(earlier, request.now)) return repeated(earlier, request.once);
    const attachment = announce(complaint, { ...request, others });
    const bodyMac = request.once?.bodyMac;
    if (await putNew({ id, stored: { ...attachment, bodyMac }, now: request.now })) return attachment;
  }
  throw new Fault("unavailable");
}

function repeated(earlier: Stored, once: Once | undefined): Attachment {
  if (earlier.bodyMac !== once?.bodyMac) throw new Fault("idempotency-key-reused");
  return earlier;
}

/** False where another request with the same key was faster. */
async function putNew({ id, stored, now }: { id: string; stored: Stored; now: string }): Promise<boolean> {
  const { TableName, Item } = itemOf(id, stored);
  const put = new PutCommand({
    ...{ TableName, Item },
    ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
    ExpressionAttributeValues: { ":now": Math.floor(Date.parse(now) / 1_000) },
  });
  return table.send(put).then(
    () => true,
    (error: unknown) => {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    },
  );
}

function itemOf(id: string, attachment: Stored) {
  const keys = { pk: complaintKey(id), sk: attachmentKey(attachment.attachmentId) };
  return { TableName: env("COMPLAINTS_TABLE"), Item: { ...attachment, ...keys } };
}

async function listAttachments(id: string): Promise<Stored[]> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :attachments)",
      ExpressionAttributeValues: { ":pk": complaintKey(id), ":attachments": attachmentKey("") },
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => Stored.parse(item));
}

/** An attachment and the complaint it is of, each undefined where there is none. */
export async function readAttachment({ complaintId, attachmentId }: Place) {
  const pk = complaintKey(complaintId);
  const items = await readTogether([headKey, attachmentKey(attachmentId)].map((sk) => ({ pk, sk })));
  return {
    complaint: Complaint.optional().parse(items.find(({ sk }) => sk === headKey)),
    attachment: Stored.optional().parse(items.find(({ sk }) => sk !== headKey)),
  };
}

type Keeping = { complaintId: string; attachment: Attachment; decide: (complaint: Complaint) => Change };

/** The attachment stands with the complaint and the event says so, in one transaction and once. Throws what `decide` does. */
export async function keepAttachment({ complaintId, attachment, decide }: Keeping): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { complaint, attachment: current } = await readAttachment({ complaintId, ...attachment });
    if (!complaint || current?.state !== "awaited") return;
    const writes = [...writesOfChange(decide(complaint)), putSettled(complaintId, kept(current))];
    if (!(await writeTogether(writes))) return;
    await backOff(attempt);
  }
  throw new Fault("unavailable");
}

/** An upload that did not fit is remembered with the reason. */
export async function refuseAttachment(complaintId: string, attachment: Attachment): Promise<void> {
  const refusal = await writeTogether([putSettled(complaintId, attachment)]);
  if (refusal === "conflict") throw new Fault("unavailable");
}

/** An upload is settled once: what came later finds it so. */
function putSettled(complaintId: string, attachment: Attachment): Writes[number] {
  return {
    Put: {
      ...itemOf(complaintId, attachment),
      ConditionExpression: "#state = :awaited",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: { ":awaited": "awaited" },
    },
  };
}
