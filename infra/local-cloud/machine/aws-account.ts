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

/** Names the only access key that the local cloud knows. In tests each file's cloud has another: test/support/own-access-key.ts. */
export const accessKeyId = process.env.FOAD_ACCESS_KEY ?? "local";

/** What an SDK client is made with, apart from its endpoint, for a service that does not check its signature. */
export const clientSettings = { region, credentials: { accessKeyId, secretAccessKey: "local" } };

/**
 * What an SDK client in another process finds in its environment, which also keeps
 * it from the AWS set-up of whoever started the local cloud.
 */
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
 * The secret of the only access key, which is for whoever may read the state folder.
 * Kept there, so that what was signed before a restart is served after it.
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
