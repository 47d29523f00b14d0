import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import {
  type CreatedResource,
  type DeclaredResource,
  physicalName,
  type Service,
} from "../cloudformation/resources.ts";
import type { Dynamodb } from "../dynamodb/dynamodb.ts";
import { recordFilter } from "../event-bridge/event-bridge.ts";
import type { PermissionGate } from "../iam/gate.ts";
import type { Invoke, Lambda } from "../lambda/lambda.ts";
import { arnOf } from "../machine/aws-account.ts";
import { plainFailure } from "../machine/errors.ts";
import type { StateFolder } from "../machine/state-folder.ts";
import type { S3 } from "../s3/s3.ts";
import type { Queues } from "../sqs/sqs.ts";
import { type Consumer, startQueueConsumer } from "./queue-consumer.ts";
import { deliver, park } from "./stream-delivery.ts";
import { openStream, startStreamReader } from "./stream-reader.ts";

const Mapping = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  BatchSize: z.number().optional(),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: z.number().default(-1),
  FunctionResponseTypes: z.array(z.string()).default([]),
  FilterCriteria: z.unknown().optional(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }) }).optional(),
});
type Mapping = z.infer<typeof Mapping>;

type Options = {
  state: StateFolder;
  clock: Pick<Clock, "settles" | "now">;
  dynamodb: Pick<Dynamodb, "endpoint" | "writtenAt">;
  queues: Pick<Queues, "endpoint" | "queueUrl" | "contents">;
  files: Pick<S3, "endpoint">;
  invoke: Invoke;
  gate: PermissionGate;
  roleOf: Lambda["roleOf"];
};

type PlannedMapping = { id: string; mapping: Mapping };

/**
 * Creates Lambda's event source mappings. They start once all resources are created, and feed functions from streams and
 * queues.
 */
export function createEventSources(options: Options): Service {
  const planned: PlannedMapping[] = [];
  const consumers: Consumer[] = [];
  const stopping = new AbortController();
  options.clock.settles((asked) => waitUntilSettled(consumers, asked));
  return {
    creators: {
      "AWS::Lambda::EventSourceMapping": (declared: DeclaredResource): CreatedResource => {
        const id = physicalName({ ...declared, longest: 120 });
        const mapping = Mapping.parse(declared.properties);
        if (mapping.Enabled) planned.push({ id, mapping });
        return {
          ref: id,
          attributes: {
            Id: id,
            EventSourceMappingArn: arnOf({ service: "lambda", resource: `event-source-mapping:${id}` }),
          },
        };
      },
    },
    begin() {
      for (const plan of planned) consumers.push(start({ ...plan, options, stopped: stopping.signal }));
    },
    async stop() {
      stopping.abort();
      await Promise.all(consumers.map(({ ended }) => ended));
    },
  };
}

/**
 * Resolves once no consumer has work left, with the number of items that all have taken. The function of one consumer may
 * fill the source of another one, so all are asked again until none has taken anything.
 */
async function waitUntilSettled(consumers: Consumer[], asked: { isFirst: boolean }): Promise<number> {
  let taken = -1;
  while (taken !== countTaken(consumers)) {
    taken = countTaken(consumers);
    await Promise.all(consumers.map((consumer) => Promise.race([consumer.settled(asked), consumer.ended])));
  }
  return taken;
}

function countTaken(consumers: Consumer[]): number {
  return consumers.reduce((sum, { taken }) => sum + taken(), 0);
}

type StartOptions = PlannedMapping & { options: Options; stopped: AbortSignal };

function start(options: StartOptions): Consumer {
  refuseWithoutPermissions(options);
  return options.mapping.EventSourceArn.includes(":dynamodb:") ? startStream(options) : startQueue(options);
}

/** The actions that Lambda needs from a function's role to read a source: on the source itself, or on all resources. */
const requiredActions: Record<"dynamodb" | "sqs", Record<string, "source" | "all">> = {
  dynamodb: { DescribeStream: "source", GetRecords: "source", GetShardIterator: "source", ListStreams: "all" },
  sqs: { ReceiveMessage: "source", DeleteMessage: "source", GetQueueAttributes: "source" },
};

function refuseWithoutPermissions({ id, mapping, options: { gate, roleOf } }: StartOptions): void {
  const service = mapping.EventSourceArn.includes(":dynamodb:") ? "dynamodb" : "sqs";
  const requests = Object.entries(requiredActions[service]).map(([action, resource]) => ({
    action: `${service}:${action}`,
    resource: resource === "source" ? mapping.EventSourceArn : "*",
  }));
  const refusal = gate.refusal({ arn: roleOf(functionArnOf(mapping)) }, ...requests);
  if (refusal) throw plainFailure(`The event source ${id} could not be made. ${refusal}`);
}

function startStream({ id, mapping, options, stopped }: StartOptions): Consumer {
  const { state, invoke, queues, files } = options;
  const { now } = options.clock;
  const functionArn = functionArnOf(mapping);
  const streamArn = mapping.EventSourceArn;
  const settings = {
    functionArn,
    maximumRetryAttempts: mapping.MaximumRetryAttempts,
    bisect: mapping.BisectBatchOnFunctionError,
    reportsItemFailures: reportsItemFailures(mapping),
  };
  const destination = mapping.DestinationConfig?.OnFailure.Destination;
  return startStreamReader({
    id,
    stream: openStream({ endpoint: options.dynamodb.endpoint, arn: streamArn }),
    lets: recordFilter(mapping.FilterCriteria),
    batchSize: mapping.BatchSize ?? 100,
    writtenAt: options.dynamodb.writtenAt,
    deliver: (records, shardId) => {
      const source = { id, functionArn, streamArn, shardId };
      const role = { arn: options.roleOf(functionArn) };
      const parking = { destination, queues, files, gate: options.gate, role, now, source, stopped };
      return deliver(
        { settings, invoke, stopped, park: (abandoned) => park(parking, abandoned) },
        withEventSource(records, streamArn),
      );
    },
    state,
    stopped,
  });
}

function withEventSource<R extends object>(records: R[], eventSourceARN: string): R[] {
  return records.map((record) => ({ ...record, eventSourceARN }));
}

function startQueue({ id, mapping, options, stopped }: StartOptions): Consumer {
  return startQueueConsumer({
    id,
    queueArn: mapping.EventSourceArn,
    queues: options.queues,
    lets: recordFilter(mapping.FilterCriteria),
    batchSize: Math.min(mapping.BatchSize ?? 10, 10),
    reportsItemFailures: reportsItemFailures(mapping),
    invoke: (event) => options.invoke(functionArnOf(mapping), event),
    stopped,
  });
}

function reportsItemFailures({ FunctionResponseTypes }: Mapping): boolean {
  return FunctionResponseTypes.includes("ReportBatchItemFailures");
}

/** Returns the function's ARN; the template may have only its name. */
function functionArnOf({ FunctionName }: Mapping): string {
  return FunctionName.startsWith("arn:")
    ? FunctionName
    : arnOf({ service: "lambda", resource: `function:${FunctionName}` });
}
