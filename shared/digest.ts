import { createHash, createHmac } from "node:crypto";

/** HMAC-SHA-256 of the parts. They are joined as JSON, so that no two lists of parts give the same text. */
export function hmac(key: string, ...parts: string[]): Buffer {
  return createHmac("sha256", key).update(JSON.stringify(parts)).digest();
}

/** A keyed digest (32 hex digits). It shows whether two values are equal, and does not reveal them. */
export function hmacHex(key: string, ...parts: string[]): string {
  return hmac(key, ...parts)
    .toString("hex")
    .slice(0, 32);
}

/** An unkeyed digest (32 hex digits), for functions that may read no key. */
export function fingerprint(...parts: string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
