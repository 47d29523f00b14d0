import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { hmac } from "#shared/digest.ts";
import { Fault } from "#shared/fault.ts";
import { readMaskKey } from "#shared/storage/secrets.ts";
import { readCursor, writeCursor } from "../http/parameters.ts";

/** A position in the call list names a complaint, so it is enciphered. */
const cipher = "aes-256-gcm";
const [ivBytes, tagBytes] = [12, 16];
/** All positions are equally long: the length of a cursor would reveal the purpose of the call that it stands at. */
const positionChars = 256;
const query = { list: "calls" };
const key = async () => hmac(await readMaskKey(), "call-cursor");

/** Writes a position as a cursor; undefined if there is no further page. */
export async function writeCallCursor(position: Record<string, unknown> | undefined): Promise<string | undefined> {
  if (!position) return undefined;
  const iv = randomBytes(ivBytes);
  const enciphering = createCipheriv(cipher, await key(), iv);
  const body = Buffer.concat([enciphering.update(JSON.stringify(position).padEnd(positionChars)), enciphering.final()]);
  return writeCursor({ sealed: Buffer.concat([iv, enciphering.getAuthTag(), body]).toString("base64url") }, query);
}

/** Reads the position from a cursor. Throws `cursor-invalid` unless `writeCallCursor` wrote it. */
export async function readCallCursor(cursor: string | undefined): Promise<Record<string, string> | undefined> {
  const { sealed } = readCursor(cursor, query) ?? {};
  if (sealed === undefined) return undefined;
  const bytes = Buffer.from(sealed, "base64url");
  const [iv, tag] = [bytes.subarray(0, ivBytes), bytes.subarray(ivBytes, ivBytes + tagBytes)];
  const secret = await key();
  try {
    const deciphering = createDecipheriv(cipher, secret, iv, { authTagLength: tagBytes });
    deciphering.setAuthTag(tag);
    const plain = Buffer.concat([deciphering.update(bytes.subarray(ivBytes + tagBytes)), deciphering.final()]);
    return JSON.parse(plain.toString());
  } catch {
    throw new Fault("cursor-invalid");
  }
}
