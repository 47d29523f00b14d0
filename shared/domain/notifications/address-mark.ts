import { timingSafeEqual } from "node:crypto";
import { hmacHex } from "../digest.ts";

/**
 * Stands for an e-mail address where the address itself may not be kept. Keyed, or whoever has a list of addresses
 * could compute their marks and compare.
 */
export function addressDigest(addressKey: string, address: string): string {
  return hmacHex(addressKey, "address", comparableAddress(address));
}

/**
 * The form in which all spellings of an address that lead to one mailbox are the same: what stands behind a `+` is left out, and
 * at Gmail dots too. Other providers' own rules are not known here.
 */
export function comparableAddress(address: string): string {
  const one = address
    .trim()
    .toLowerCase()
    .replace(/(?<=.)\+[^@]*(?=@)/, "");
  const [, atGmail] = /^(.*)@(?:gmail|googlemail)\.com$/.exec(one) ?? [];
  return atGmail === undefined ? one : `${atGmail.replaceAll(".", "")}@gmail.com`;
}

/**
 * What a mail carries so that whoever reads it may refuse further ones: the mark of its address, and a digest that
 * nobody makes without the key. It names no complaint.
 */
export function refusalToken(addressKey: string, mark: string): string {
  return mark + hmacHex(addressKey, "refusal", mark);
}

/** The mark of the address that a token is for; undefined where the token is not ours. */
export function addressDigestOfToken(addressKey: string, token: string): string | undefined {
  const mark = token.slice(0, 32);
  const [ours, sent] = [Buffer.from(refusalToken(addressKey, mark)), Buffer.from(token)];
  return ours.length === sent.length && timingSafeEqual(ours, sent) ? mark : undefined;
}
