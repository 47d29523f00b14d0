import { createCipheriv, createDecipheriv } from "node:crypto";
import * as z from "zod";
import { hmac } from "#shared/digest.ts";
import { Fault } from "#shared/fault.ts";
import { type ComplaintId, parseComplaintId } from "#shared/identifier.ts";
import { idPrefixes } from "#shared/province/slices.static.ts";
import { readMaskKey } from "#shared/storage/secrets.ts";

/** Stands for a complaint on the call list, enciphered: the same in every call about it. */
export const CallId = z.string().regex(/^[\w-]{22}$/);
export const CallPath = z.object({ callId: CallId });

/** A complaint's id is shorter than a block of AES (16 bytes), so one block is the whole cipher, and always the same for an id. */
const cipher = "aes-256-ecb";
const keyFrom = (maskKey: string) => hmac(maskKey, "call-id");

/** The call id of a complaint: its id, enciphered. Nothing is stored, and only the call centre's function turns it back. */
export function callIdWith(maskKey: string, id: ComplaintId): string {
  const enciphering = createCipheriv(cipher, keyFrom(maskKey), null).setAutoPadding(false);
  const plain = Buffer.from(id.padEnd(16, "\0"));
  return Buffer.concat([enciphering.update(plain), enciphering.final()]).toString("base64url");
}

export const callIdOf = async (id: ComplaintId) => callIdWith(await readMaskKey(), id);

/** The complaint of a call. Throws `not-found` unless it deciphers to the id of a complaint of this province. */
export async function complaintOfCall(callId: string): Promise<ComplaintId> {
  const deciphering = createDecipheriv(cipher, keyFrom(await readMaskKey()), null).setAutoPadding(false);
  const block = Buffer.concat([deciphering.update(Buffer.from(callId, "base64url")), deciphering.final()]);
  const id = block.toString("latin1").replace(/\0+$/, "");
  if (parseComplaintId(id, idPrefixes) !== id) throw new Fault("not-found");
  return id;
}
