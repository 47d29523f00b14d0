import type { Clock } from "./clock.ts";
import type { Ports } from "./ports.ts";
import { startDynamodb } from "./services/dynamodb.ts";
import { createEventBridge } from "./services/event-bridge.ts";
import { createEventSources } from "./services/event-sources.ts";
import { createHttpApis } from "./services/http-apis.ts";
import { inert } from "./services/inert.ts";
import { createLambda } from "./services/lambda.ts";
import { startMail } from "./services/mail.ts";
import { startS3 } from "./services/s3.ts";
import { objectCreated } from "./services/s3-event.ts";
import { createSchedules } from "./services/schedules.ts";
import { startSecretsManager } from "./services/secrets-manager.ts";
import type { Service } from "./services/service.ts";
import { startQueues } from "./services/sqs.ts";
import { createStateMachines } from "./services/state-machines.ts";
import type { StateFolder } from "./state-folder.ts";
import type { Teardown } from "./teardown.ts";

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
