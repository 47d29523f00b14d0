import * as z from "zod";
import { callDynamodb } from "./dynamodb-call.ts";

const Shard = z.object({ ShardId: z.string(), ParentShardId: z.string().optional() });
export type Shard = z.infer<typeof Shard>;

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

/** The position before which everything of a shard is done; undefined before its first record. */
export type Position = string | undefined;

export type Stream = ReturnType<typeof openStream>;

/** What a stream's reader asks DynamoDB Streams. */
export function openStream({ endpoint, arn }: { endpoint: string; arn: string }) {
  const call = async <S extends z.ZodType>(operation: string, body: object, schema: S): Promise<z.infer<S>> => {
    const answer = await callDynamodb({ endpoint, target: `DynamoDBStreams_20120810.${operation}`, body });
    if (!answer.ok) throw new Error(`${operation} on ${arn}: ${answer.error}`);
    return schema.parse(answer.value);
  };
  const iterator = (ShardId: string, from: object) =>
    call("GetShardIterator", { StreamArn: arn, ShardId, ...from }, z.object({ ShardIterator: z.string() }));
  return {
    arn,
    async shards(): Promise<Shard[]> {
      const found: Shard[] = [];
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const body = { StreamArn: arn, ...(after ? { ExclusiveStartShardId: after } : {}) };
        const { StreamDescription } = await call("DescribeStream", body, Description);
        found.push(...StreamDescription.Shards);
        after = StreamDescription.LastEvaluatedShardId;
      }
      return found;
    },
    async iteratorAfter(shardId: string, position: Position): Promise<string> {
      const oldest = { ShardIteratorType: "TRIM_HORIZON" };
      if (position === undefined) return (await iterator(shardId, oldest)).ShardIterator;
      const after = { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: position };
      const { ShardIterator } = await iterator(shardId, after).catch((error: unknown) => {
        // After more than a day the records next to it have been trimmed; what is left is what there is.
        if (String(error).includes("TrimmedDataAccessException")) return iterator(shardId, oldest);
        throw error;
      });
      return ShardIterator;
    },
    page: (ShardIterator: string): Promise<Page> => call("GetRecords", { ShardIterator, Limit: 1000 }, Page),
  };
}
