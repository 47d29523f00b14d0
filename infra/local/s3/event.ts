import type { Emitted } from "../event-bridge/event-bridge.ts";
import type { Created } from "./s3.ts";

/** What S3 tells EventBridge of a stored object. */
export function objectCreated({ bucket, key, size, etag, reason }: Created): Emitted {
  return {
    source: "aws.s3",
    detailType: "Object Created",
    resources: [`arn:aws:s3:::${bucket}`],
    detail: { version: "0", bucket: { name: bucket }, object: { key, size, etag }, reason },
  };
}
