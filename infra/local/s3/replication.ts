import type { Gate } from "../iam/gate.ts";
import { objectArn } from "./access.ts";
import type { Bucket, Objects } from "./bucket.ts";

type Changed = { bucket: string; key: string; change: "stored" | "deleted" };
type Around = { objects: Objects; buckets: Map<string, Bucket>; gate?: Gate | undefined };

/**
 * Does in the bucket of copies what was just done in another, by the role that S3 is lent for it. S3 takes minutes and
 * keeps what was deleted as a version; here it is done at once, and no bucket has versions.
 */
export function replicate({ bucket, key, change }: Changed, { objects, buckets, gate }: Around): void {
  const { Role: arn = "", Rules = [] } = buckets.get(bucket)?.ReplicationConfiguration ?? {};
  const rule = Rules.find(({ Filter }) => key.startsWith(Filter.Prefix));
  if (!rule) return;
  const to = rule.Destination.Bucket.replace(objectArn(), "");
  const resource = objectArn(to, key);
  const read = { action: "s3:GetObjectVersionForReplication", resource: objectArn(bucket, key) };
  const write = { action: "s3:ReplicateObject", resource };
  const asks = change === "stored" ? [read, write] : [{ action: "s3:ReplicateDelete", resource }];
  if (gate?.refusal({ arn }, ...asks)) return;
  if (change === "deleted") objects.deleteObject(to, key);
  else copy(objects, { bucket, key, to });
}

function copy(objects: Objects, { bucket, key, to }: Record<"bucket" | "key" | "to", string>): void {
  const { body, contentType, metadata } = objects.getObject(bucket, key);
  objects.putObject(to, key, body, contentType, metadata);
}
