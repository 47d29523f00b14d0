import * as z from "zod";
import { callDynamodb } from "../dynamodb/call.ts";

const Shard = z.object({ ShardId: z.string(), ParentShardId: z.string().optional() });
type Shard = z.infer<typeof Shard>;

const Description = z.object({
  StreamDescription: z.object({ Shards: z.array(Shard).default([]), LastEvaluatedShardId: z.string().optional() }),
});

/** A record as it reaches a function: DynamoDB's JSON and Lambda's event have the same shape. */
export const StreamRecord = z.looseObject({
  eventName: z.string(),
  dynamodb: z.looseObject({ SequenceNumber: z.string(), ApproximateCreationDateTime: z.number().default(0) }),
});
export type StreamRecord = z.infer<typeof StreamRecord>;

const Page = z.object({ Records: z.array(StreamRecord), NextShardIterator: z.string().nullish() });
export type Page = z.infer<typeof Page>;

/** The sequence number of the last record of a shard that is done; undefined where none is. */
export type Position = string | undefined;

export type Stream = {
  shards(): Promise<Shard[]>;
  iteratorAfter(shardId: string, position: Position): Promise<string>;
  page(iterator: string): Promise<Page>;
};

type Address = { endpoint: string; arn: string };

/** The three calls to DynamoDB Streams that a reader needs. */
export function openStream({ endpoint, arn }: Address): Stream {
  const address = { endpoint, arn: engineArn(arn) };
  return {
    shards: () => shardsOf(address),
    iteratorAfter: (shardId, position) => iteratorAfter({ address, shardId, position }),
    page: (ShardIterator) =>
      call({ address, operation: "GetRecords", body: { ShardIterator, Limit: 1000 }, schema: Page }),
  };
}

/** A stream that a template names by itself is in its region; the engine knows one region alone. */
const engineArn = (arn: string) =>
  arn.replace(/^arn:aws:dynamodb:[^:]+:[^:]+:/, "arn:aws:dynamodb:ddblocal:000000000000:");

type StreamCall<S extends z.ZodType> = { address: Address; operation: string; body: object; schema: S };

async function call<S extends z.ZodType>({ address, operation, body, schema }: StreamCall<S>): Promise<z.infer<S>> {
  const { endpoint, arn } = address;
  const answer = await callDynamodb({ endpoint, target: `DynamoDBStreams_20120810.${operation}`, body });
  if (!answer.ok) throw new Error(`${operation} on ${arn}: ${answer.error}`);
  return schema.parse(answer.value);
}

async function shardsOf(address: Address): Promise<Shard[]> {
  const found: Shard[] = [];
  let after: string | undefined;
  do {
    const body = { StreamArn: address.arn, ...(after ? { ExclusiveStartShardId: after } : {}) };
    const page = await call({ address, operation: "DescribeStream", body, schema: Description });
    found.push(...page.StreamDescription.Shards);
    after = page.StreamDescription.LastEvaluatedShardId;
  } while (after !== undefined);
  return found;
}

type IteratorRequest = { address: Address; shardId: string; position: Position };

async function iteratorAfter({ address, shardId, position }: IteratorRequest): Promise<string> {
  const at = (from: object) =>
    call({
      address,
      operation: "GetShardIterator",
      body: { StreamArn: address.arn, ShardId: shardId, ...from },
      schema: z.object({ ShardIterator: z.string() }),
    });
  const oldest = { ShardIteratorType: "TRIM_HORIZON" };
  if (position === undefined) return (await at(oldest)).ShardIterator;
  const after = { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: position };
  const { ShardIterator } = await at(after).catch((error: unknown) => {
    // DynamoDB keeps a stream's records for a day. If those after the position are gone, reading goes on with the
    // oldest left.
    if (String(error).includes("TrimmedDataAccessException")) return at(oldest);
    throw error;
  });
  return ShardIterator;
}
