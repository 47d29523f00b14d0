import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Endpoints } from "../../../infra/local/local-cloud.ts";
import { clientSettings } from "../../../infra/local/machine/aws-account.ts";

/** What the functions logged as an error, by how often each was logged. */
export function errorsIn(state: string): Record<string, number> {
  const found: Record<string, number> = {};
  for (const file of globSync("*.log", { cwd: join(state, "logs") }))
    for (const [, message = ""] of readFileSync(join(state, "logs", file), "utf8").matchAll(noted))
      found[message] = (found[message] ?? 0) + 1;
  return found;
}

const noted = /"level":"ERROR"[^\n]*?"message":"([^"]+)"/g;

/** Queues of dead letters that hold any, with how many. */
export async function deadLetters({ sqs }: Endpoints): Promise<string[]> {
  const client = new SQSClient({ ...clientSettings, endpoint: sqs });
  const found: string[] = [];
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({ MaxResults: 1_000 }));
  for (const QueueUrl of QueueUrls.filter((url) => /dlq|deadletter/i.test(url))) {
    const AttributeNames = ["ApproximateNumberOfMessages"] as const;
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
    );
    const count = Number(Attributes?.ApproximateNumberOfMessages);
    if (count > 0) found.push(`${count} in ${QueueUrl.split("/").at(-1)}`);
  }
  client.destroy();
  return found;
}
