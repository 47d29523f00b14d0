import { timingSafeEqual } from "node:crypto";
import { hmacHex } from "../digest.ts";

/**
 * Returns the digest of a mailbox, for places where the address itself may not be stored. All spellings that
 * `comparableAddress` knows have the same digest. The digest needs a key. Without one, a person with a list of addresses
 * could compute their digests and compare them.
 */
export function addressDigest(addressKey: string, address: string): string {
  return hmacHex(addressKey, "address", comparableAddress(address));
}

/**
 * Returns the digest of an e-mail address as it is written, except for spaces around it and capital letters. A bounce
 * holds only for this spelling. A provider may reject mail to `name+x@` and deliver mail to `name@`. If the bounce held
 * for both, anybody could end the mail of `name@` by filing with `name+x@`.
 */
export function spellingDigest(addressKey: string, address: string): string {
  return hmacHex(addressKey, "spelling", address.trim().toLowerCase());
}

/**
 * Returns an address in a form that is the same for all spellings of one mailbox. The part after a `+` is removed, and
 * at Gmail the dots too. The rules of other providers are not known here.
 */
export function comparableAddress(address: string): string {
  const plain = address
    .trim()
    .toLowerCase()
    .replace(/(?<=.)\+[^@]*(?=@)/, "");
  const [, atGmail] = /^(.*)@(?:gmail|googlemail)\.com$/.exec(plain) ?? [];
  return atGmail === undefined ? plain : `${atGmail.replaceAll(".", "")}@gmail.com`;
}

/**
 * Returns the token for the link in a mail with which its reader can unsubscribe. The token consists of the
 * digest of the address and a signature that needs the key. It names no complaint.
 */
export function unsubscribeToken(addressKey: string, digest: string): string {
  return digest + hmacHex(addressKey, "refusal", digest);
}

/** Returns the digest of the address that a token is for; undefined if the signature is wrong. */
export function addressDigestOfToken(addressKey: string, token: string): string | undefined {
  const digest = token.slice(0, 32);
  const [expected, actual] = [Buffer.from(unsubscribeToken(addressKey, digest)), Buffer.from(token)];
  return expected.length === actual.length && timingSafeEqual(expected, actual) ? digest : undefined;
}
