import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { Order } from "#shared/domain/complaint/orders.ts";
import { env } from "#shared/runtime/env.ts";
import { folders } from "#shared/runtime/keys.ts";
import { s3 } from "../objects.ts";

/** Every order of the last two months, in the order in which they were given. */
export async function listOrders(): Promise<Order[]> {
  const orders: Order[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: env("ATTACHMENTS_BUCKET"), Prefix: folders.orders, ContinuationToken }),
    );
    orders.push(...(page.Contents ?? []).map(({ Key = "" }) => readOrder(Key)));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  return orders;
}

function readOrder(key: string): Order {
  const [at, id, act] = key.slice(folders.orders.length).split("/");
  return Order.parse({ at, id, act });
}
