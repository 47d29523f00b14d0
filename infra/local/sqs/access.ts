import type { IncomingHttpHeaders } from "node:http";
import * as z from "zod";
import { callerOf, type Gate } from "../iam/gate.ts";
import { arnOf } from "../machine/aws-account.ts";
import { parseJson } from "../machine/parse-json.ts";

const Call = z.object({ QueueUrl: z.string().default(""), QueueName: z.string().optional() }).catch({ QueueUrl: "" });

type Entering = { gate: Gate | undefined; headers: IncomingHttpHeaders; body: unknown };

/**
 * Why SQS would not do what it is asked. What is no call to SQS, such as one to the engine's own store of objects, has an
 * action that nothing grants.
 */
export function refusalOfCall({ gate, headers, body }: Entering): string | undefined {
  const caller = callerOf(headers);
  if (!caller) return undefined;
  const [, operation = ""] = /^AmazonSQS\.(\w+?)(?:Batch)?$/.exec(String(headers["x-amz-target"] ?? "")) ?? [];
  const { QueueUrl, QueueName = QueueUrl } = Call.parse(typeof body === "string" ? parseJson(body) : body);
  const resource = arnOf({ service: "sqs", resource: QueueName.split("/").at(-1) ?? "" });
  return gate?.refusal(caller, { action: `sqs:${operation}`, resource });
}

/** As SQS says it. */
export const refusedCall = (message: string) => ({
  status: 403,
  headers: { "x-amzn-query-error": "AccessDenied;Sender", "content-type": "application/x-amz-json-1.0" },
  body: JSON.stringify({ __type: "com.amazonaws.sqs#AccessDenied", message }),
});
