import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import type { StateFolder } from "./state-folder.ts";

/** The one AWS account and region that the local cloud pretends to be: they are in every ARN, URL and signature. */
export const account = "000000000000";
export const region = "us-east-1";
export const partition = "aws";
export const urlSuffix = "amazonaws.com";

export function arnOf({ service, resource }: { service: string; resource: string }): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/**
 * The id of the only access key that the local cloud knows. Each test file uses another one: test/support/own-access-key.ts.
 */
export const accessKeyId = process.env.FOAD_ACCESS_KEY ?? "local";

/** Settings of an SDK client, except its endpoint, for a local service that does not check signatures. */
export const clientSettings = { region, credentials: { accessKeyId, secretAccessKey: "local" } };

/** Environment variables for SDK clients in other processes. They also hide the AWS configuration of the machine's user. */
export function clientEnvironment(secretAccessKey: string) {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_CONFIG_FILE: "none",
    AWS_SHARED_CREDENTIALS_FILE: "none",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

const file = "access-key.json";
const AccessKey = z.object({ secretAccessKey: z.string().min(1) });

/**
 * Returns the secret of the only access key. It is stored in the state folder, so that links signed before a restart are
 * valid after it.
 */
export function secretAccessKeyIn(state: StateFolder): string {
  const kept = state.read(file, AccessKey);
  if (kept) return kept.secretAccessKey;
  const secretAccessKey = randomBytes(30).toString("base64url");
  state.write(file, { secretAccessKey });
  return secretAccessKey;
}

type Signed = {
  text: string;
  /** In hexadecimal digits. */
  signature: string;
  secretAccessKey: string;
  /** The day of the signature, `yyyymmdd`. */
  date: string;
  service: string;
};

/** Returns whether `signature` is the AWS Signature Version 4 of the text. */
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
