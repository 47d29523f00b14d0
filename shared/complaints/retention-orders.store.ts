import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { Fault } from "../fault.ts";
import { requestSigner } from "../files/links.store.ts";
import { env } from "../runtime/environment.ts";
import { bucketFolders } from "../runtime/keys.ts";
import { errorName, log } from "../runtime/log.ts";
import { s3 } from "../storage/objects.ts";
import { RetentionOrder } from "./retention-orders.ts";

/**
 * Stores an order outside the table too, as an S3 object whose key holds all its fields, so that a restored table can follow
 * it. May be repeated. Throws `unavailable` if S3 refuses the object or does not answer. The request is signed here: the S3
 * client would make these functions' bundles a third larger.
 */
export async function saveRetentionOrder({ at, id, type }: RetentionOrder): Promise<void> {
  const { protocol, hostname, port, host, pathname } = new URL(env("ATTACHMENTS_URL"));
  // Encoded: S3 encodes the path before it compares the signature, and an instant has colons.
  const key = [at, id, type].map(encodeURIComponent).join("/");
  const path = `${pathname.replace(/\/$/, "")}/${bucketFolders.orders}${key}`;
  const signed = await requestSigner.sign({
    method: "PUT",
    protocol,
    hostname,
    ...(port && { port: Number(port) }),
    path,
    headers: { host, "content-type": "text/plain", "if-none-match": "*", "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
  });
  const { status } = await fetch(`${protocol}//${host}${path}`, {
    method: "PUT",
    headers: signed.headers,
    // The key holds all fields, but a local S3 engine does not store an empty object.
    body: type,
    signal: AbortSignal.timeout(3_000),
  }).catch((cause: unknown) => {
    log.error("retention order not stored", { errorName: errorName(cause) });
    throw new Fault("unavailable", { cause });
  });
  // 412: the order is stored already.
  if (status === 200 || status === 412) return;
  log.error("retention order not stored", { status });
  throw new Fault("unavailable", { cause: new Error(`The order was not stored: S3 answered ${status}`) });
}

/** All orders of the last two months, the oldest first. */
export async function listRetentionOrders(): Promise<RetentionOrder[]> {
  const orders: RetentionOrder[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: env("ATTACHMENTS_BUCKET"), Prefix: bucketFolders.orders, ContinuationToken }),
    );
    orders.push(...(page.Contents ?? []).map(({ Key = "" }) => parseOrderKey(Key)));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  return orders;
}

function parseOrderKey(key: string): RetentionOrder {
  const [at, id, type] = key.slice(bucketFolders.orders.length).split("/");
  return RetentionOrder.parse({ at, id, type });
}
