import { S3Client } from "@aws-sdk/client-s3";
import { patience } from "../runtime/patience.ts";

export const s3 = new S3Client({
  // The local cloud has no host names for buckets.
  forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined,
  requestHandler: patience(3_000),
});
