import { createHttpApis } from "./api-gateway/service.ts";
import type { Clock } from "./clock/clock.ts";
import { inert } from "./cloudformation/inert.ts";
import type { Service } from "./cloudformation/local-service.ts";
import { createCloudfront } from "./cloudfront/cloudfront.ts";
import { startDynamodb } from "./dynamodb/dynamodb.ts";
import type { DynamodbEngine } from "./dynamodb/engine.ts";
import { createEventBridge } from "./event-bridge/event-bridge.ts";
import { createEventSources } from "./event-sources/event-sources.ts";
import { createGate, type Gate } from "./iam/gate.ts";
import { createLambda } from "./lambda/lambda.ts";
import { secretAccessKeyIn } from "./machine/access-key.ts";
import type { Ports } from "./machine/ports.ts";
import type { StateFolder } from "./machine/state-folder.ts";
import type { Teardown } from "./machine/teardown.ts";
import type { ProvinceFile } from "./province-clients.ts";
import { objectCreated } from "./s3/event.ts";
import { startS3 } from "./s3/s3.ts";
import { createScheduler } from "./scheduler/scheduler.ts";
import { startSecretsManager } from "./secrets-manager/secrets-manager.ts";
import { startMail } from "./ses/service.ts";
import { startQueues } from "./sqs/sqs.ts";
import { createStateMachines } from "./step-functions/service.ts";

type ServiceOptions = {
  state: StateFolder;
  ports: Ports;
  /** Where the deployed API would be called, and the issuer of its tokens. */
  province: Pick<ProvinceFile, "publicUrl" | "tokens">;
  clock: Clock;
  inMemory: boolean;
  lasting: boolean;
  engine: DynamodbEngine | undefined;
  say: (line: string) => void;
  teardown: Teardown;
};

export type LocalServices = Awaited<ReturnType<typeof startServices>>;

/** Registers a service to be stopped at the end, and returns it. */
type Keep = <S extends Service>(service: S) => S;

/** Every service of the local cloud, ready to make what the templates ask of it. */
export async function startServices(options: ServiceOptions) {
  const { state, ports, province, clock, teardown } = options;
  const keep: Keep = (service) => {
    teardown.add(() => service.stop?.());
    return service;
  };
  const gate = keep(createGate({ usedGrants: process.env.FOAD_GRANTS }));
  const engines = await startEngines({ ...options, gate }, keep);
  const { dynamodb, queues, files, mail, secrets } = engines;
  const addressed: Service[] = Object.values(engines);
  const endpoints = (): Record<string, string> =>
    Object.assign({ LOCAL_RECEIVER: receiverAt(ports) }, ...addressed.map(({ environment }) => environment));
  const api = `http://127.0.0.1:${ports.api}`;
  const tokens = `http://127.0.0.1:${ports.tokens}`;
  const here = (text: string) => text.replace(province.publicUrl, api).replace(province.tokens.issuer, tokens);
  const localized = (text: string) => files.localized(queues.localized(here(text)));
  const lambda = keep(createLambda({ state, clock, endpoints, localized, gate }));
  const { invoke, roleOf, variables } = lambda;
  addressed.push(keep(createStateMachines({ port: ports.stateMachines, clock, invoke, gate })));
  const read = { dynamodb, queues, files };
  const sources = createEventSources({ ...read, state, clock, invoke, gate, roleOf });
  const scheduler = createScheduler({ clock, invoke, gate });
  const events = createEventBridge({ queues, invoke, gate, now: clock.now, scheduled: scheduler.rule });
  files.onCreated((created) => events.emit(objectCreated(created)));
  const apis = createHttpApis({ url: api });
  const edge = createCloudfront();
  const services = [inert, gate, ...addressed, lambda, keep(sources), keep(scheduler), keep(events), apis, edge];
  const { runRarest } = scheduler;
  const { secret } = secrets;
  return { gate, services, invoke, runRarest, variables, apis, edge, secret, dynamodb, queues, mail };
}

/** Where a program may listen that stands in for the hosts that functions post to: nothing leaves this machine. */
export const receiverAt = ({ receiver }: Ports) => `http://127.0.0.1:${receiver}`;

type EngineOptions = ServiceOptions & { gate: Gate };

/**
 * Starts the services that are served by an engine or a server of their
 * own, side by side; S3 waits for the engine of the queues.
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
  ] as const;
  // Where one fails, the others are still waited for: only what has been started can be stopped.
  await Promise.allSettled(starting);
  const [dynamodb, queues, files, secrets, mail] = await Promise.all(starting);
  return { dynamodb, queues, files, secrets, mail };
}
