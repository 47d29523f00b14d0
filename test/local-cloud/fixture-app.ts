import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, CfnOutput, Duration, Stack } from "aws-cdk-lib";
import { HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { AttributeType, StreamViewType, Table } from "aws-cdk-lib/aws-dynamodb";
import {
  Code,
  FilterCriteria,
  FilterRule,
  Function as LambdaFunction,
  Runtime,
  StartingPosition,
} from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, S3OnFailureDestination, SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Queue } from "aws-cdk-lib/aws-sqs";

/** Writes each batch it gets to a file, and fails as the records tell it to. */
const recorder = `
const { appendFileSync } = require("node:fs");
exports.handler = async ({ Records }) => {
  const keys = Records.map((record) => record.messageId ? record.body : record.dynamodb.Keys.sk.S);
  appendFileSync(process.env.SEEN, JSON.stringify(keys) + "\\n");
  if (keys.some((key) => key.includes("throw"))) throw new Error("told to throw");
  const failed = Records.filter((_, index) => keys[index].includes("fail"));
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId ?? record.dynamodb.SequenceNumber })) };
};`;

const greeter = `exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify({ path: event.rawPath, secret: process.env.SECRET }) });`;

export type Fixture = { assembly: string; provinceFile: string; seen(name: string): string[][] };

/** A small app of the shape that the real one has, synthesized into a folder, with a province that fits it. */
export function synthesizeFixture(folder: string): Fixture {
  const seenIn = (name: string) => join(folder, `${name}.seen`);
  const assembly = join(folder, "cdk.out");
  const app = new App({ outdir: assembly });
  const held = dataStack(app);
  processingStack(app, { folder, seenIn, held });
  apiStack(app, { folder, held });
  app.synth();
  const provinceFile = join(folder, "tiny.json");
  writeFileSync(provinceFile, JSON.stringify(province));
  const seen = (name: string): string[][] => readLines(seenIn(name)).map((line) => JSON.parse(line));
  return { assembly, provinceFile, seen };
}

type Held = ReturnType<typeof dataStack>;

function dataStack(app: App) {
  const stack = new Stack(app, "Tiny-Data");
  const key = (name: string) => ({ name, type: AttributeType.STRING });
  const table = new Table(stack, "Table", {
    tableName: "tiny",
    partitionKey: key("pk"),
    sortKey: key("sk"),
    stream: StreamViewType.NEW_IMAGE,
  });
  const secret = new Secret(stack, "Secret", {
    generateSecretString: { passwordLength: 40, excludePunctuation: true },
  });
  const deadLetters = new Queue(stack, "DeadLetters", { queueName: "tiny-dead" });
  const queue = new Queue(stack, "Queue", {
    queueName: "tiny",
    visibilityTimeout: Duration.seconds(1),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 2 },
  });
  const agency = new Queue(stack, "Agency", { queueName: "foad-tiny-agency-bank.fifo", fifo: true });
  new CfnOutput(stack, "AgencyQueue", { value: agency.queueUrl });
  return { table, secret, queue };
}

function processingStack(
  app: App,
  { folder, seenIn, held }: { folder: string; seenIn: (name: string) => string; held: Held },
): void {
  const stack = new Stack(app, "Tiny-Processing");
  const parked = new Bucket(stack, "Parked", { bucketName: "tiny-parked" });
  const stream = lambda({ stack, folder, name: "stream", source: recorder, environment: { SEEN: seenIn("stream") } });
  stream.addEventSource(
    new DynamoEventSource(held.table, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 10,
      retryAttempts: 2,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: new S3OnFailureDestination(parked),
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual("INSERT"),
          dynamodb: { Keys: { sk: { S: FilterRule.beginsWith("E#") } } },
        }),
      ],
    }),
  );
  const queue = lambda({ stack, folder, name: "queue", source: recorder, environment: { SEEN: seenIn("queue") } });
  queue.addEventSource(new SqsEventSource(held.queue, { reportBatchItemFailures: true }));
}

function apiStack(app: App, { folder, held }: { folder: string; held: Held }): void {
  const stack = new Stack(app, "Tiny-Api");
  const greet = lambda({
    stack,
    folder,
    name: "greet",
    source: greeter,
    environment: { SECRET: held.secret.secretArn },
  });
  const api = new HttpApi(stack, "Api");
  api.addRoutes({
    path: "/hello/{name}",
    methods: [HttpMethod.GET],
    integration: new HttpLambdaIntegration("Greet", greet),
  });
}

type Small = { stack: Stack; folder: string; name: string; source: string; environment: Record<string, string> };

function lambda({ stack, folder, name, source, environment }: Small): LambdaFunction {
  const bundle = join(folder, name);
  mkdirSync(bundle, { recursive: true });
  writeFileSync(join(bundle, "index.js"), source);
  return new LambdaFunction(stack, name, {
    functionName: `tiny-${name}`,
    code: Code.fromAsset(bundle),
    handler: "index.handler",
    runtime: Runtime.NODEJS_24_X,
    timeout: Duration.seconds(5),
    environment,
  });
}

const province = {
  id: "tiny",
  name: { fa: "کوچک", en: "Tiny" },
  agencies: [{ id: "bank", countyIds: ["centre"], clientIds: ["bank-desk"] }],
  frontEnds: [{ clientId: "call-centre", channels: ["phone"] }],
  overseers: [{ clientId: "governor", authority: "county-governor", countyIds: ["centre"] }],
  publicUrl: "https://api.tiny.example",
  tokens: { issuer: "https://tokens.tiny.example", audience: "tiny", peopleClients: ["desk"] },
};

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").trim().split("\n");
  } catch {
    return [];
  }
}
