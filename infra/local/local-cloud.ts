import * as z from "zod";
import { serveHttpApi } from "./api-gateway/api-gateway.ts";
import { type Clock, serveClock, startClock } from "./clock/clock.ts";
import { keepOffset, readOffset } from "./clock/offset.ts";
import { readAssembly } from "./cloudformation/assembly.ts";
import { deploy } from "./cloudformation/deployment.ts";
import { type LocalServices, startServices } from "./local-services.ts";
import { arnOf } from "./machine/place.ts";
import { choosePorts, type Ports, portInUse } from "./machine/ports.ts";
import { openStateFolder, type StateFolder } from "./machine/state-folder.ts";
import { createTeardown, type Teardown } from "./machine/teardown.ts";
import { type LocalClient, localClients, type ProvinceFile, readProvinceFile } from "./province-clients.ts";
import { startTokenIssuer } from "./token-issuer/token-issuer.ts";

/** What `endpoints.json` holds: the whole of what a person or a test needs to know. */
export type Endpoints = {
  api: string;
  tokenEndpoint: string;
  sqs: string;
  queues: Record<string, string>;
  mail: string;
  clock: string;
  clients: Record<string, LocalClient>;
};

export type LocalCloud = {
  endpoints: Endpoints;
  clock: Clock;
  /** Calls a function of the assembly by its name, as a schedule would. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** By what an SDK client finds the services of this cloud. */
  environment: Record<string, string>;
  /** Resolves if an engine ended by itself: nothing works from then on. */
  broken: Promise<void>;
  stop(): Promise<void>;
};

type Options = {
  /** The folder into which `node infra/app.ts` synthesized. */
  assembly: string;
  provinceFile: string;
  /** Where everything is kept between two starts. */
  state: string;
  /** Of the API, the next few for the rest; 0 takes free ones. */
  port: number;
  /** Keeps the tables in memory alone, for tests that need no restart. */
  inMemory?: boolean;
  say?: (line: string) => void;
};

/** Serves a synthesized assembly on this machine, over the protocols it would be served by in AWS. */
export async function startLocalCloud(options: Options): Promise<LocalCloud> {
  const teardown = createTeardown();
  try {
    return await start({ say: () => {}, inMemory: false, ...options }, teardown);
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

async function start({ say, inMemory, ...options }: Required<Options>, teardown: Teardown): Promise<LocalCloud> {
  const assembly = readAssembly(options.assembly);
  const province = readProvinceFile(options.provinceFile);
  const state = openStateFolder(options.state);
  teardown.add(state.release);
  state.remove("endpoints.json");
  const ports = await choosePorts(options.port);
  const clock = startClock({ offset: readOffset(state) });
  clock.onShift((offset) => keepOffset(state, offset));
  say("starting the engines: tables, queues and files, secrets, mail");
  const local = await startServices({ state, ports, clock, inMemory, say, teardown });
  say("making what the stacks describe");
  await deploy({ assembly, makers: Object.assign({}, ...local.services.map(({ makes }) => makes)) });
  for (const service of local.services) await service.begin?.();
  const clients = localClients({ province, state });
  const front = await openFront({ ports, clock, province, state, clients, local, teardown });
  const queues = queuesOf(province, local.queues.queueUrl);
  const endpoints = { ...front, sqs: local.queues.endpoint, queues, mail: local.mail.mailbox, clients };
  // Last, and away first: whoever finds the file finds everything running.
  state.write("endpoints.json", endpoints);
  teardown.add(() => state.remove("endpoints.json"));
  const environment: Record<string, string> = Object.assign(
    {},
    ...local.services.map((service) => service.environment),
  );
  const invoke = (name: string, event: unknown) =>
    local.invoke(arnOf({ service: "lambda", resource: `function:${name}` }), event);
  return { endpoints, clock, environment, invoke, broken: local.dynamodb.died, stop: teardown.run };
}

const tokenKey = "token-key.json";

type Front = {
  ports: Ports;
  clock: Clock;
  province: ProvinceFile;
  state: StateFolder;
  clients: Record<string, LocalClient>;
  local: LocalServices;
  teardown: Teardown;
};

async function openFront({ ports, clock, province, state, clients, local, teardown }: Front) {
  const listen = async <L extends { stop(): Promise<void> }>(port: number, listening: Promise<L>): Promise<L> => {
    const server = await listening.catch((error: unknown) => {
      throw portInUse(port, error);
    });
    teardown.add(server.stop);
    return server;
  };
  // The issuer would say so too, but not what to do about the folder.
  state.read(tokenKey, z.looseObject({ kty: z.string() }));
  const issuing = {
    ...province.tokens,
    port: ports.tokens,
    now: clock.now,
    keyFile: state.path(tokenKey),
    clients: Object.entries(clients).map(([name, client]) => ({ name, ...client })),
  };
  const tokens = await listen(ports.tokens, startTokenIssuer(issuing));
  const hands = await listen(ports.clock, serveClock({ port: ports.clock, clock }));
  const definition = local.apis.definition();
  const gateway = serveHttpApi({
    port: ports.api,
    definition,
    invoke: local.invoke,
    keys: tokens.keys,
    now: clock.now,
  });
  const api = await listen(ports.api, gateway);
  return { api: api.url, tokenEndpoint: tokens.tokenEndpoint, clock: hands.url };
}

function queuesOf({ id, agencies }: ProvinceFile, queueUrl: (name: string) => string): Record<string, string> {
  return Object.fromEntries(agencies.map((agency) => [agency.id, queueUrl(`foad-${id}-agency-${agency.id}.fifo`)]));
}
