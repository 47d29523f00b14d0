import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { ListBucketsCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";

const dynamodb = new DynamoDBClient({});
const s3 = new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
const sqs = new SQSClient({});
const secrets = new SecretsManagerClient({});

/** What is kept in an account, by name, with how much is in it. */
export type Holdings = Record<string, number>;

/** Puts an item into the complaints' table, a file into the attachments' bucket and a message into an agency's queue. */
export async function putSomething(province: string, agencyId: string): Promise<void> {
  const found = Object.keys(await holdings(province));
  const nameOf = (kind: string, part: string) =>
    found.find((name) => name.startsWith(kind) && name.toLowerCase().includes(part))?.slice(kind.length);
  const documents = DynamoDBDocumentClient.from(dynamodb);
  const Item = { pk: "COMPLAINT#play", sk: "HEAD" };
  await documents.send(new PutCommand({ TableName: nameOf("table ", "complaints"), Item }));
  await s3.send(new PutObjectCommand({ Bucket: nameOf("bucket ", "attachments"), Key: "clean/play", Body: "a file" }));
  const QueueName = `foad-${province}-agency-${agencyId}.fifo`;
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  const message = { MessageBody: "{}", MessageGroupId: "play", MessageDeduplicationId: "play" };
  await sqs.send(new SendMessageCommand({ QueueUrl, ...message }));
}

/** Tables, buckets, queues and secrets of a province. */
export async function holdings(province: string): Promise<Holdings> {
  const all = [...(await tables()), ...(await buckets()), ...(await queues()), ...(await keptSecrets())];
  return Object.fromEntries(all.filter(([name]) => name.toLowerCase().includes(`foad-${province}-`)).sort());
}

async function tables(): Promise<[string, number][]> {
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand({}));
  const count = async (TableName: string) =>
    (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table?.ItemCount ?? 0;
  return Promise.all(TableNames.map(async (name) => [`table ${name}`, await count(name)]));
}

async function buckets(): Promise<[string, number][]> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const count = async (Bucket: string | undefined) =>
    (await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount ?? 0;
  return Promise.all(Buckets.map(async ({ Name }) => [`bucket ${Name}`, await count(Name)]));
}

async function queues(): Promise<[string, number][]> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ MaxResults: 1_000 }));
  const count = async (QueueUrl: string) => {
    const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] });
    return Number((await sqs.send(asked)).Attributes?.ApproximateNumberOfMessages);
  };
  return Promise.all(QueueUrls.map(async (url) => [`queue ${url.split("/").at(-1)}`, await count(url)]));
}

async function keptSecrets(): Promise<[string, number][]> {
  const { SecretList = [] } = await secrets.send(new ListSecretsCommand({ MaxResults: 100 }));
  return SecretList.map(({ Name }) => [`secret ${Name}`, 1]);
}
