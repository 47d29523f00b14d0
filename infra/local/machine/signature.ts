import { createHmac, timingSafeEqual } from "node:crypto";
import { region } from "./aws-account.ts";

type Signed = {
  text: string;
  /** In hexadecimal digits. */
  signature: string;
  secretAccessKey: string;
  /** The day of the signature, `yyyymmdd`. */
  date: string;
  service: string;
};

/** Whether AWS Signature Version 4 of the text is this one. */
export function isSigned({ text, signature, secretAccessKey, date, service }: Signed): boolean {
  const key = [date, region, service, "aws4_request"].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${secretAccessKey}`,
  );
  const expected = hmac(key, text);
  const given = Buffer.from(signature, "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
