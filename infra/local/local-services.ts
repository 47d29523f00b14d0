import { createHttpApis } from "./api-gateway/http-apis.ts";
import type { Clock } from "./clock/clock.ts";
import { inert } from "./cloudformation/inert.ts";
import type { Service } from "./cloudformation/service.ts";
import { startDynamodb } from "./dynamodb/dynamodb.ts";
import { createEventBridge } from "./event-bridge/event-bridge.ts";
import { createEventSources } from "./event-sources/event-sources.ts";
import { createLambda } from "./lambda/lambda.ts";
import type { Ports } from "./machine/ports.ts";
import type { StateFolder } from "./machine/state-folder.ts";
import type { Teardown } from "./machine/teardown.ts";
import { objectCreated } from "./s3/event.ts";
import { startS3 } from "./s3/s3.ts";
import { createSchedules } from "./scheduler/scheduler.ts";
import { startSecretsManager } from "./secrets-manager/secrets-manager.ts";
import { startMail } from "./ses/mail.ts";
import { startQueues } from "./sqs/sqs.ts";
import { createStateMachines } from "./step-functions/state-machines.ts";

type Surroundings = {
  state: StateFolder;
  ports: Ports;
  clock: Clock;
  inMemory: boolean;
  say: (line: string) => void;
  teardown: Teardown;
};

export type LocalServices = Awaited<ReturnType<typeof startServices>>;

/** Every service of the local cloud, ready to make what the templates ask of it. */
export async function startServices({ state, ports, clock, inMemory, say, teardown }: Surroundings) {
  const keep = <S extends Service>(service: S): S => {
    teardown.add(() => service.stop?.());
    return service;
  };
  const { now } = clock;
  const startingQueues = startQueues({ state, port: ports.queues }).then(keep);
  const starting = [
    startDynamodb({ state, inMemory, say }).then(keep),
    startingQueues,
    startingQueues.then((engine) => startS3({ port: ports.files, engine, now })).then(keep),
    startSecretsManager({ state, port: ports.secrets }).then(keep),
    startMail({ port: ports.mail, now }).then(keep),
  ] as const;
  // Where one fails the others are still let finish, so that they can be ended.
  await Promise.allSettled(starting);
  const [dynamodb, queues, files, secrets, mail] = await Promise.all(starting);
  const engines: Service[] = [dynamodb, queues, files, secrets, mail];
  const endpoints = (): Record<string, string> => Object.assign({}, ...engines.map(({ environment }) => environment));
  const localized = (text: string) => files.localized(queues.localized(text));
  const lambda = keep(createLambda({ state, clock, endpoints, localized }));
  const { invoke } = lambda;
  const stateMachines = keep(createStateMachines({ port: ports.stateMachines, clock, invoke }));
  engines.push(stateMachines);
  const sources = createEventSources({ state, clock, dynamodbEndpoint: dynamodb.endpoint, queues, files, invoke });
  const schedules = createSchedules({ clock, invoke });
  const events = createEventBridge({ queues, invoke, now, scheduled: schedules.rule });
  files.onCreated((created) => events.emit(objectCreated(created)));
  const apis = createHttpApis({ url: `http://127.0.0.1:${ports.api}` });
  const services = [inert, ...engines, lambda, keep(sources), keep(schedules), keep(events), apis];
  return { services, invoke, apis, dynamodb, queues, mail };
}
