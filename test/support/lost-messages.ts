import { GetObjectCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import type { Endpoints } from "#infra/programs/local-cloud/local-cloud.ts";

const identity = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };
const Attributes = {
  FifoQueue: "true",
  DeduplicationScope: "messageGroup",
  FifoThroughputLimit: "perMessageGroupId",
};

/** Lets an agency's queue be gone, and be there again: empty, and without memory of what it was ever sent. */
export function createQueueLoser({ sqs, queues }: Pick<Endpoints, "sqs" | "queues">) {
  const client = new SQSClient({ ...identity, endpoint: sqs });
  const lose = (agencyId: string) => client.send(new DeleteQueueCommand({ QueueUrl: queues[agencyId] }));
  const remake = (agencyId: string) =>
    client.send(new CreateQueueCommand({ QueueName: queues[agencyId]?.split("/").at(-1), Attributes }));
  return {
    lose,
    remake,
    async replace(agencyId: string) {
      await lose(agencyId);
      await remake(agencyId);
    },
  };
}

const Parked = z.object({ payload: z.string() });
const Payload = z.object({
  Records: z.array(z.object({ dynamodb: z.object({ NewImage: z.record(z.string(), z.any()) }) })),
});

/** What stands in the bucket of records that could not be consumed: the items of each object. */
export async function readParkedBatches({ sqs }: Pick<Endpoints, "sqs">): Promise<Record<string, unknown>[][]> {
  const files = new S3Client({ ...identity, endpoint: sqs, forcePathStyle: true });
  const { Buckets = [] } = await files.send(new ListBucketsCommand({}));
  const Bucket = Buckets.find(({ Name = "" }) => Name.includes("dispatcherparkedrecords"))?.Name;
  const { Contents = [] } = await files.send(new ListObjectsV2Command({ Bucket }));
  const objects = Contents.map(async ({ Key }) => {
    const { Body } = await files.send(new GetObjectCommand({ Bucket, Key }));
    const { payload } = Parked.parse(JSON.parse((await Body?.transformToString()) ?? ""));
    return Payload.parse(JSON.parse(payload)).Records.map(({ dynamodb }) => unmarshall(dynamodb.NewImage));
  });
  return Promise.all(objects).finally(() => files.destroy());
}
