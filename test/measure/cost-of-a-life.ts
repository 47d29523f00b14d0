import { randomUUID } from "node:crypto";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import * as z from "zod";
import { eventPrefix } from "#shared/runtime/keys.ts";
import { table } from "#shared/store/table.ts";
import { callable } from "../../infra/constructs/call-list.ts";
import { routes } from "../../infra/routes.ts";
import { aContext, anApiEvent } from "../support/api-event.ts";
import { type Item, meter } from "./capacity.ts";
import { startDeployed } from "./cost-of-a-life-deployed.ts";
import { type Call, lives } from "./cost-of-a-life-profiles.ts";
import { assumed, billOf, type Counted, dollars, services, sum } from "./prices.ts";

/** What a life may cost at most, in dollars per million; `measure:statistics` adds up to four of them. */
const budget = 79;
/** How many complaints wait in the agency's inbox beside this one: a page of it is read in full. */
const waiting = 30;
/** How many events of a batch concern the stream's second reader. */
const answersAndEnds = 8;
/** What a log is charged for each line beside its bytes, and the three lines that Lambda writes of an invocation. */
const [lineBytes, invocationLines, invocationBytes] = [26, 3, 320];

const Answer = z.object({ statusCode: z.number(), headers: z.record(z.string(), z.unknown()), body: z.string() });
const Receipt = z.object({ id: z.string(), secret: z.string() });
const Module = z.object({ handler: z.custom<(event: unknown, context: typeof aContext) => Promise<unknown>>() });
type Row = { what: string; counted: Counted };

const sqs = mockClient(SQSClient);
sqs.on(SendMessageCommand).resolves({});
sqs.on(SendMessageBatchCommand).resolves({});
mockClient(SecretsManagerClient).resolves({ SecretString: "a secret for a measurement" });
const { functions, indexes, accessLog, stop } = await startDeployed();
const capacity = meter({ client: table, indexes });
try {
  for (let n = 0; n < waiting; n++) await answerTo(lives[0].calls[0]);
  for (const { name, calls } of lives) report(name, await live(calls));
  console.log(
    `assumed: ${assumed.seconds * 1_000} ms an invocation, each event in one of its own; ${assumed.invocationsPerContainer} invocations a container;`,
    "one receive and one delete a message; moves without keys.",
    "\naside: mails and their queue, storage, what a province costs a month; stream reads by Lambda are free.",
  );
} finally {
  await stop();
}

/** The calls one after the other, and after each what follows from the events it wrote. */
async function live(calls: readonly Call[]): Promise<Row[]> {
  capacity.take();
  const rows: Row[] = [];
  let filed: z.infer<typeof Receipt> | undefined;
  for (const call of calls) {
    const { answer, logged } = await answerTo(call, filed);
    filed ??= Receipt.parse(JSON.parse(answer.body));
    const { used, written } = capacity.take();
    const sentGb = gigabytes(JSON.stringify(answer.headers) + answer.body);
    const invoked = invocation(routes[call.route] ?? "", `${logged}${accessLineOf(call)}\n`);
    rows.push({ what: call.route, counted: sum([{ ...used, requests: 1, sentGb }, invoked]) });
    for (const event of written.filter(({ sk }) => String(sk).startsWith(eventPrefix))) {
      rows.push(await told(event));
      if (callable.includes(String(event.type))) rows.push(await placed(event));
    }
  }
  return rows;
}

async function answerTo({ route, as, body }: Call, filed?: z.infer<typeof Receipt>) {
  const headers: Record<string, string> = filed ? { "foad-secret": filed.secret } : { "idempotency-key": randomUUID() };
  const event = anApiEvent({ routeKey: route, id: filed?.id ?? "", body, headers, ...(as && { clientId: as }) });
  const { result, logged } = await invoke(`api/${routes[route]}`, event);
  const answer = Answer.parse(result);
  if (answer.statusCode >= 300) throw new Error(`${route} was answered ${answer.body}`);
  return { answer, logged };
}

async function told(event: Item): Promise<Row> {
  sqs.resetHistory();
  const logged = await streamed("dispatch/dispatch-event", event);
  const messages = sqs.commandCalls(SendMessageCommand).length;
  const fifoRequests = messages * (1 + assumed.requestsPerMessage);
  const counted = sum([{ ...capacity.take().used, fifoRequests }, invocation("dispatch-event", logged)]);
  return { what: `  told: ${event.type}`, counted };
}

/**
 * What the stream's second reader does of a complaint that was not drawn, as nearly all are not: a share of an
 * invocation, since a hundred records of the stream hold about eight answers and ends.
 */
async function placed(event: Item): Promise<Row> {
  const whole = invocation("place-call", await streamed("callbacks/place-call", event));
  const share = Object.fromEntries(Object.entries(whole).map(([name, amount]) => [name, amount / answersAndEnds]));
  return { what: `  not placed: ${event.type}`, counted: sum([capacity.take().used, share]) };
}

async function streamed(file: string, event: Item): Promise<string> {
  const NewImage = marshall(event, { removeUndefinedValues: true });
  const Keys = { pk: NewImage.pk, sk: NewImage.sk };
  const record = { eventName: "INSERT", dynamodb: { Keys, NewImage, SequenceNumber: "1" } };
  const { result, logged } = await invoke(file, { Records: [record] });
  if (JSON.stringify(result) !== '{"batchItemFailures":[]}') throw new Error(`${event.type} failed: ${logged}`);
  return logged;
}

/** Runs a handler as Lambda would, and catches what it logs. */
async function invoke(file: string, event: unknown): Promise<{ result: unknown; logged: string }> {
  const { handler } = Module.parse(await import(`../../functions/${file}.ts`));
  const functionName = "Foad-qazvin-Api-a-function-of-some-name-0123456789AB-0123456789AB";
  const invokedFunctionArn = `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`;
  const context = { ...aContext, functionName, invokedFunctionArn, awsRequestId: randomUUID() };
  const { write } = process.stdout;
  let logged = "";
  process.stdout.write = (chunk: unknown) => {
    logged += String(chunk);
    return true;
  };
  try {
    return { result: await handler(event, context), logged };
  } finally {
    process.stdout.write = write;
  }
}

function invocation(name: string, logged: string): Partial<Counted> {
  const deployed = functions[name];
  if (!deployed) throw new Error(`no stack has a function ${name}`);
  const lines = logged.split("\n").length - 1 + invocationLines;
  return {
    invocations: 1,
    gbSeconds: deployed.gb * assumed.seconds,
    secretReads: deployed.secrets / assumed.invocationsPerContainer,
    loggedGb: gigabytes(logged) + (lines * lineBytes + invocationBytes) / 1e9,
  };
}

function accessLineOf({ route }: Call): string {
  return accessLog.replaceAll("$context.routeKey", route).replace(/\$context[.\w]+/g, "of some length");
}

function gigabytes(text: string): number {
  return Buffer.byteLength(text) / 1e9;
}

function report(name: string, rows: Row[]): void {
  const total = { what: "a million lives", counted: sum(rows.map(({ counted }) => counted)) };
  console.log(line(`a life ${name}: $ per million`, ["writes", "reads", ...services, "sum"]));
  for (const { what, counted } of [...rows, total]) {
    const bill = billOf(counted);
    const amounts = [...services.map((service) => bill[service]), dollars(bill)].map((amount) => amount.toFixed(2));
    console.log(line(what, [counted.writes, counted.reads, ...amounts]));
  }
  const perMillion = dollars(billOf(total.counted));
  const kept = perMillion <= budget;
  console.log(
    `${kept ? "kept  " : "MISSED"} $${perMillion.toFixed(2)} per million complaints; the budget is $${budget}\n`,
  );
  if (!kept) process.exitCode = 1;
}

function line(what: string, cells: (string | number)[]): string {
  return [what.padEnd(48), ...cells.map((cell) => String(cell).padStart(9))].join(" ");
}
