import { randomBytes } from "node:crypto";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { serveHttpApi } from "./api-gateway/api-gateway.ts";
import { createHttpApis } from "./api-gateway/http-apis.ts";
import { type Clock, keepOffset, readOffset, serveClock, startClock } from "./clock/clock.ts";
import { deploy, readAssembly } from "./cloudformation/deployment.ts";
import { inert, type Service } from "./cloudformation/resources.ts";
import { createCloudfront, serveEdge } from "./cloudfront.ts";
import { startDynamodb } from "./dynamodb/dynamodb.ts";
import type { DynamodbEngine } from "./dynamodb/engine.ts";
import { createEventBridge } from "./event-bridge/event-bridge.ts";
import { createEventSources } from "./event-sources/event-sources.ts";
import { createGate, type PermissionGate } from "./iam/gate.ts";
import { createLambda } from "./lambda/lambda.ts";
import { arnOf, clientSettings, region, secretAccessKeyIn } from "./machine/aws-account.ts";
import type { Listening } from "./machine/http-server.ts";
import { choosePorts, listenOn, type Ports, releasePort } from "./machine/ports.ts";
import { endpointsFile, openStateFolder, operatorFile, type StateFolder } from "./machine/state-folder.ts";
import { readRegisteredPeople, registerPeople } from "./people.ts";
import {
  type LocalClient,
  localClients,
  localPeople,
  type ProvinceFile,
  readProvinceFile,
  signInPeople,
} from "./province-clients.ts";
import { objectCreated, startS3 } from "./s3/s3.ts";
import { createScheduler } from "./scheduler.ts";
import { startSecretsManager } from "./secrets-manager.ts";
import { startMail } from "./ses.ts";
import { startSms } from "./sms-provider.ts";
import { startQueues } from "./sqs/sqs.ts";
import { createStateMachines } from "./step-functions/step-functions.ts";
import { startTokenIssuer } from "./token-issuer.ts";

type Teardown = ReturnType<typeof createTeardown>;

/** Collects functions that stop services. `run` calls them once, in reverse order, and goes on if one of them fails. */
function createTeardown() {
  const stops: (() => unknown)[] = [];
  let running: Promise<void> | undefined;
  const runAll = async () => {
    for (let stop = stops.pop(); stop; stop = stops.pop()) {
      try {
        await stop();
      } catch (error) {
        console.error("stopping:", error);
      }
    }
  };
  return {
    add: (stop: () => unknown) => void stops.push(stop),
    run: (): Promise<void> => {
      running ??= runAll();
      return running;
    },
  };
}

type ServiceOptions = {
  state: StateFolder;
  ports: Ports;
  /** The address of the deployed API and its token issuer; both are replaced by addresses of this machine. */
  province: Pick<ProvinceFile, "publicUrl" | "tokens">;
  clock: Clock;
  inMemory: boolean;
  lasting: boolean;
  engine: DynamodbEngine | undefined;
  say: (line: string) => void;
  teardown: Teardown;
};

type LocalServices = Awaited<ReturnType<typeof startServices>>;

/** Registers a service that is stopped at the end, and returns the service. */
type Keep = <S extends Service>(service: S) => S;

/** Starts every service of the local cloud. Afterwards they can create the resources of the templates. */
async function startServices(options: ServiceOptions) {
  const { state, ports, province, clock, teardown } = options;
  const keep: Keep = (service) => {
    teardown.add(() => service.stop?.());
    return service;
  };
  const gate = keep(createGate({ usedGrants: process.env.FOAD_GRANTS_FOLDER }));
  const engines = await startEngines({ ...options, gate }, keep);
  const { dynamodb, queues, files, mail, secrets, sms } = engines;
  const servicesWithEndpoint: Service[] = Object.values(engines);
  const endpoints = (): Record<string, string> =>
    Object.assign({ LOCAL_RECEIVER: receiverAt(ports) }, ...servicesWithEndpoint.map(({ environment }) => environment));
  const api = `http://127.0.0.1:${ports.api}`;
  const tokens = `http://127.0.0.1:${ports.tokens}`;
  const { issuer, tokenEndpoint = issuer } = province.tokens;
  const withLocalUrls = (text: string) =>
    text.replace(province.publicUrl, api).replace(tokenEndpoint, tokens).replace(issuer, tokens);
  const localized = (text: string) => files.localized(queues.localized(withLocalUrls(text)));
  const lambda = keep(createLambda({ state, clock, endpoints, localized, gate }));
  const { invoke, roleOf, variables } = lambda;
  servicesWithEndpoint.push(keep(createStateMachines({ port: ports.stateMachines, clock, invoke, gate })));
  const read = { dynamodb, queues, files };
  const sources = createEventSources({ ...read, state, clock, invoke, gate, roleOf });
  const scheduler = createScheduler({ clock, invoke, gate });
  const events = createEventBridge({ queues, invoke, gate, now: clock.now, scheduled: scheduler.rule });
  files.onCreated((created) => events.emit(objectCreated(created)));
  const apis = createHttpApis({ url: api });
  const edge = createCloudfront();
  const services = [
    inert,
    gate,
    ...servicesWithEndpoint,
    lambda,
    keep(sources),
    keep(scheduler),
    keep(events),
    apis,
    edge,
  ];
  const { runRarest } = scheduler;
  const { secret, replace: replaceSecret } = secrets;
  return {
    gate,
    services,
    invoke,
    runRarest,
    variables,
    apis,
    edge,
    secret,
    replaceSecret,
    dynamodb,
    queues,
    mail,
    sms,
  };
}

/**
 * The address where a program may receive webhooks in place of the hosts in the province file: nothing leaves this machine.
 */
const receiverAt = ({ receiver }: Ports) => `http://127.0.0.1:${receiver}`;

type EngineOptions = ServiceOptions & { gate: PermissionGate };

/**
 * Starts the services that have their own engine or server, in parallel. S3 waits for the queues, which share its engine.
 */
async function startEngines({ state, ports, clock, gate, ...options }: EngineOptions, keep: Keep) {
  const { now } = clock;
  const secretAccessKey = secretAccessKeyIn(state);
  const startingQueues = startQueues({ state, port: ports.queues, gate }).then(keep);
  const starting = [
    startDynamodb({ state, gate, ...options }).then(keep),
    startingQueues,
    startingQueues.then((engine) => startS3({ port: ports.files, engine, secretAccessKey, now, gate })).then(keep),
    startSecretsManager({ state, port: ports.secrets, gate }).then(keep),
    startMail({ port: ports.mail, now, gate }).then(keep),
    startSms({ port: ports.sms, now, keys: () => smsKeysIn(state) }).then(keep),
  ] as const;
  // If one fails, still wait for the others: only a service that has started can be stopped.
  await Promise.allSettled(starting);
  const [dynamodb, queues, files, secrets, mail, sms] = await Promise.all(starting);
  return { dynamodb, queues, files, secrets, mail, sms };
}

/** The content of `endpoints.json`: every address and client that a person or a test needs. */
export type Endpoints = {
  api: string;
  /** Only in a province with an edge: the address of the gateway. `api` is then the address of the edge. */
  gateway?: string;
  tokenEndpoint: string;
  sqs: string;
  /** Region and credentials for an SQS client. */
  aws: { region: string; accessKeyId: string; secretAccessKey: string };
  queues: Record<string, string>;
  mail: string;
  /** Lists the messages (SMS) that the providers of this machine accepted. */
  sms: string;
  clock: string;
  /** The local address of each webhook, by subscriber. All are on one port, where any program may listen. */
  webhooks: Record<string, string>;
  clients: Record<string, LocalClient>;
};

export type LocalCloud = {
  endpoints: Endpoints;
  clock: Clock;
  /** Invokes a function of the assembly by its name, as a schedule would. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Runs at once the functions that would first run in minutes or an hour: figures and pages. */
  runRarest(): Promise<void>;
  /** Environment variables by which an SDK client finds the services of this cloud. */
  environment: Record<string, string>;
  /** Checks permissions by the policies of the templates, and counts the checks and refusals so far. */
  access: Pick<PermissionGate, "refusal" | "refused" | "judged">;
  /** Resolves if an engine ends by itself. After that nothing works. */
  broken: Promise<void>;
  stop(): Promise<void>;
};

type Options = {
  /** The folder into which `node infra/app.ts` synthesized. */
  assembly: string;
  provinceFile: string;
  /** The folder for everything that is kept between two starts. */
  state: string;
  /** The port of the API. The other services get the next ports. With 0 every service gets a free port. */
  port: number;
  /** The clock's time at the start, in epoch ms. By default the clock keeps its previous distance from real time. */
  startsAt?: number;
  /** Whether the clock stands still but for advances, as for tests and for a year that is played. */
  isStill?: boolean;
  /** Keeps the tables in memory only, for tests that need no restart. */
  inMemory?: boolean;
  /** Whether DynamoDB Local will answer tens of thousands of calls, as for a year of complaints. */
  lasting?: boolean;
  /** A DynamoDB Local that runs already; without it one is started. */
  engine?: DynamodbEngine;
  say?: (line: string) => void;
};

/** Serves a synthesized assembly on this machine, over the same protocols as in AWS. */
export async function startLocalCloud(options: Options): Promise<LocalCloud> {
  const teardown = createTeardown();
  try {
    return await start({ say: () => {}, inMemory: false, lasting: false, isStill: false, ...options }, teardown);
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

type Start = Options & Required<Pick<Options, "say" | "inMemory" | "lasting" | "isStill">>;

async function start(
  { say, inMemory, lasting, isStill, engine, ...options }: Start,
  teardown: Teardown,
): Promise<LocalCloud> {
  const assembly = readAssembly(options.assembly);
  const province = readProvinceFile(options.provinceFile);
  const state = openStateFolder(options.state);
  teardown.add(state.release);
  for (const file of [endpointsFile, operatorFile]) state.remove(file);
  const ports = await choosePorts(options.port);
  // Freed for a program that wants to receive webhooks. Until one listens, posting there fails.
  await releasePort(ports.receiver);
  if (options.startsAt !== undefined) keepOffset(state, options.startsAt - Date.now());
  const clock = startClock({ offset: readOffset(state), isStill });
  clock.onShift(() => keepOffset(state, clock.now() - Date.now()));
  say("starting the engines: tables, queues and files, secrets, mail");
  const local = await startServices({ province, state, ports, clock, inMemory, lasting, engine, say, teardown });
  say("making what the stacks describe");
  const makers = Object.assign({}, ...local.services.map(({ creators }) => creators));
  await deploy({ assembly, makers, secret: local.secret });
  const { endpoint } = local.dynamodb;
  await registerPeople({ endpoint, variables: local.variables(), people: localPeople(province) });
  for (const service of local.services) await service.begin?.();
  const { CANARY_SECRET, SMS_SECRET } = local.variables();
  if (SMS_SECRET) local.replaceSecret(SMS_SECRET, JSON.stringify(smsKeysIn(state)));
  const clients = localClients({ province, state, canarySecret: CANARY_SECRET && local.secret(CANARY_SECRET) });
  const addresses = await serveCallers({ ports, clock, province, state, clients, local, teardown });
  const endpoints = { ...addresses, ...additionalEndpoints({ province, local, ports }), clients };
  state.writeVariables(operatorFile, operatorVariables(local.variables()));
  // Written last and removed first: while the file exists, everything runs.
  state.write(endpointsFile, endpoints);
  teardown.add(() => [endpointsFile, operatorFile].forEach(state.remove));
  const environment = Object.assign({}, ...local.services.map((service) => service.environment));
  const invoke = (name: string, event: unknown) =>
    local.invoke(arnOf({ service: "lambda", resource: `function:${name}` }), event);
  const { gate: access, runRarest, dynamodb } = local;
  return { endpoints, clock, environment, invoke, runRarest, access, broken: dynamodb.died, stop: teardown.run };
}

type AdditionalEndpoints = { province: ProvinceFile; local: LocalServices; ports: Ports };

/** The addresses of queues, mails and webhooks. */
function additionalEndpoints({ province, local, ports }: AdditionalEndpoints) {
  // Copied field by field, because an SDK client adds its own fields to the credentials object.
  const { accessKeyId, secretAccessKey } = clientSettings.credentials;
  return {
    sqs: local.queues.endpoint,
    aws: { region, accessKeyId, secretAccessKey },
    queues: queuesOf(province, local.queues.queueUrl),
    mail: local.mail.mailbox,
    sms: local.sms.list,
    webhooks: webhooksOf(province, receiverAt(ports)),
  };
}

/** The variables of functions that an operator's program needs: endpoints, tables, secrets and the attachments bucket. */
function operatorVariables(variables: Record<string, string>): Record<string, string> {
  const named = Object.entries(variables).filter(([name]) =>
    /^AWS_(?!LAMBDA|EXECUTION|SESSION)|_(TABLE|SECRET)$|^ATTACHMENTS_BUCKET$/.test(name),
  );
  return Object.fromEntries(named);
}

const smsKeysFile = "sms-keys.json";
const SmsKeys = z.record(z.enum(["kavenegar", "sms-ir", "webhook"]), z.string());

/** The keys by which the providers of this machine know the province. They are made once. */
function smsKeysIn(state: StateFolder): z.infer<typeof SmsKeys> {
  const kept = state.read(smsKeysFile, SmsKeys);
  if (kept) return kept;
  const newKey = () => randomBytes(24).toString("base64");
  const made = { kavenegar: newKey(), "sms-ir": newKey(), webhook: newKey() };
  state.write(smsKeysFile, made);
  return made;
}

const tokenKey = "token-key.json";

type Served = {
  ports: Ports;
  clock: Clock;
  province: ProvinceFile;
  state: StateFolder;
  clients: Record<string, LocalClient>;
  local: LocalServices;
  teardown: Teardown;
};

/** Serves what callers use directly: the token issuer, the clock and the API. */
async function serveCallers({ ports, clock, province, state, clients, local, teardown }: Served) {
  const serve = async <L extends Listening>(port: number, listen: () => Promise<L>): Promise<L> => {
    const server = await listenOn(port, listen);
    teardown.add(server.stop);
    return server;
  };
  // Only a check: the token issuer would also notice a broken key, but could not say how to repair the state folder.
  state.read(tokenKey, z.looseObject({ kty: z.string() }));
  const { endpoint } = local.dynamodb;
  const issuer = {
    ...province.tokens,
    port: ports.tokens,
    now: clock.now,
    keyFile: state.path(tokenKey),
    clients: Object.entries(clients).map(([name, client]) => ({ name, ...client })),
    people: async () => signInPeople(province, await readRegisteredPeople({ endpoint, variables: local.variables() })),
  };
  const { tokenEndpoint, keys } = await serve(ports.tokens, () => startTokenIssuer(issuer));
  const { url: clockUrl } = await serve(ports.clock, () => serveClock({ port: ports.clock, clock }));
  const gateway = { definition: local.apis.definition(), invoke: local.invoke, gate: local.gate, keys, now: clock.now };
  const logFile = join(state.folder("logs"), "gateway.log");
  const logged = (line: string) => appendFileSync(logFile, `${line}\n`);
  const serveGateway = (port: number) => serve(port, () => serveHttpApi({ port, ...gateway, logged }));
  const edge = local.edge.definition();
  if (!edge) return { api: (await serveGateway(ports.api)).url, tokenEndpoint, clock: clockUrl };
  const { url: gatewayUrl } = await serveGateway(0);
  const { url: api } = await serve(ports.api, () =>
    serveEdge({ port: ports.api, definition: edge, gateway: gatewayUrl }),
  );
  return { api, gateway: gatewayUrl, tokenEndpoint, clock: clockUrl };
}

/** Returns the local address of each webhook by its subscriber, such as `agency:post`: the receiver's address with the real host as the first part of the path. */
function webhooksOf({ agencies, frontEnds }: ProvinceFile, receiver: string): Record<string, string> {
  const all = [
    ...agencies.map(({ id, webhook }) => [`agency:${id}`, webhook] as const),
    ...frontEnds.map(({ clientId, webhook }) => [`front-end:${clientId}`, webhook] as const),
  ];
  const localUrl = ({ host, pathname }: URL) => `${receiver}/${host}${pathname}`;
  return Object.fromEntries(
    all.flatMap(([subscriber, webhook]) => (webhook ? [[subscriber, localUrl(new URL(webhook.url))]] : [])),
  );
}

function queuesOf(province: ProvinceFile, queueUrl: (name: string) => string): Record<string, string> {
  const agencies = [...province.agencies.map(({ id }) => id), ...(province.sandbox ? ["sandbox"] : [])];
  return Object.fromEntries(agencies.map((id) => [id, queueUrl(`foad-${province.id}-agency-${id}.fifo`)]));
}
