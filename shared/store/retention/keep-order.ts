import type { Order } from "#shared/domain/complaint/orders.ts";
import { env } from "#shared/runtime/env.ts";
import { folders } from "#shared/runtime/keys.ts";
import { signer } from "../attachments/attachment-links.ts";

/**
 * Keeps an order outside the table too, as an object whose name says it all. May be repeated. Signed by ourselves: a client
 * of S3 would add a third to the bundles of functions that write nothing else there.
 */
export async function keepOrder({ at, id, act }: Order): Promise<void> {
  const { protocol, hostname, port, host, pathname } = new URL(env("ATTACHMENTS_URL"));
  // Encoded, since S3 encodes what it was asked for before it compares the signature, and an instant has colons.
  const key = [at, id, act].map(encodeURIComponent).join("/");
  const path = `${pathname.replace(/\/$/, "")}/${folders.orders}${key}`;
  const signed = await signer.sign({
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
    // The name says it all, but an engine on one machine stores nothing that is empty.
    body: act,
    signal: AbortSignal.timeout(3_000),
  });
  // 412: it is there already.
  if (status !== 200 && status !== 412) throw new Error(`The order was not kept: S3 answered ${status}`);
}
