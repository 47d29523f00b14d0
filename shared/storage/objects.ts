import { PutObjectCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { clientTimeouts } from "../runtime/environment.ts";

export const s3 = new S3Client({
  // The local cloud has no host names for buckets.
  forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined,
  requestHandler: clientTimeouts(3_000),
});

type Put = { Bucket: string; Key: string; Body?: Uint8Array | string; ContentType?: string };

/** Puts an object if none has its key; false if one has. */
export async function putIfAbsent(object: Put): Promise<boolean> {
  const put = new PutObjectCommand({ ...object, IfNoneMatch: "*" });
  return (await undefinedOnStatus(takenStatuses, () => s3.send(put))) !== undefined;
}

/** 412: the object exists. A 409, for two puts at once, is thrown, and the SDK tries again. */
const takenStatuses = new Set([412]);

/** The result of `ask`; undefined if S3 answers with one of these statuses. */
export async function undefinedOnStatus<T>(
  statuses: ReadonlySet<number>,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  return ask().catch((error: unknown) => {
    if (error instanceof S3ServiceException && statuses.has(error.$metadata.httpStatusCode ?? 0)) return undefined;
    throw error;
  });
}
