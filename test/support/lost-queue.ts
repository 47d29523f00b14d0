import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Endpoints } from "../../infra/local/local-cloud.ts";

const identity = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };
const Attributes = {
  FifoQueue: "true",
  DeduplicationScope: "messageGroup",
  FifoThroughputLimit: "perMessageGroupId",
};

/** Lets an agency's queue be gone, and be there again: empty, and without memory of what it was ever sent. */
export function lostQueues({ sqs, queues }: Pick<Endpoints, "sqs" | "queues">) {
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
