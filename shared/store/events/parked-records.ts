import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import { SentInstant } from "#shared/domain/time/instant.ts";
import { env } from "#shared/runtime/env.ts";
import { s3 } from "../objects.ts";
import { StreamedEvent } from "./fed-event.ts";
import { EventPlace, type Undelivered } from "./undelivered.ts";
import { undeliveredEvent, undeliveredPoison } from "./undelivered-events.ts";

/** What Lambda writes into the bucket when it gives up on a batch; `payload` is the batch as JSON text. */
const Parked = z.object({ timestamp: SentInstant, payload: z.string() });

const Image = z.record(z.string(), z.custom<AttributeValue>());
const Batch = z.object({
  Records: z.array(z.object({ dynamodb: z.object({ Keys: Image, NewImage: Image.optional() }) })),
});

/** The events in an object of the bucket of parked records; of an event that cannot be read, only its place. */
export async function readParked(key: string): Promise<Undelivered[]> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: env("PARKED_BUCKET"), Key: key }));
  const { timestamp, payload } = Parked.parse(JSON.parse((await Body?.transformToString()) ?? ""));
  return Batch.parse(JSON.parse(payload)).Records.map(({ dynamodb: { Keys, NewImage = {} } }) => {
    const event = StreamedEvent.safeParse(unmarshall(NewImage)).data;
    if (event) return undeliveredEvent(event, timestamp);
    return undeliveredPoison(EventPlace.parse(unmarshall(Keys)), timestamp);
  });
}
