import { join } from "node:path";
import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import type { Declared, Service } from "../cloudformation/local-service.ts";
import { physicalName } from "../cloudformation/physical-name.ts";
import type { Gate } from "../iam/gate.ts";
import { secretAccessKeyIn } from "../machine/access-key.ts";
import { arnOf, clientEnvironment } from "../machine/aws-account.ts";
import { plainFailure } from "../machine/plain-failure.ts";
import type { StateFolder } from "../machine/state-folder.ts";
import type { FunctionCode } from "./container.ts";
import { createPool, invokeFunction, type Pool, shiftClock, stopPool, untilQuiet } from "./pool.ts";

const Properties = z.object({
  FunctionName: z.string().optional(),
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  /** Whose token its calls carry. Without a role, they are whoever runs this cloud. */
  Role: z.string().optional(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
});
type Properties = z.infer<typeof Properties>;

export type Invoke = (functionArn: string, event: unknown) => Promise<unknown>;

export type Lambda = Service & {
  invoke: Invoke;
  /** The ARN of the role that a function has. */
  roleOf(functionArn: string): string;
  /** Everything that the functions are told by their environment. */
  variables(): Record<string, string>;
  stop(): Promise<void>;
};

type Options = {
  state: StateFolder;
  clock: Pick<Clock, "offset" | "onShift" | "settles">;
  /** Environment variables by which SDK clients find the other services; asked for when a function is made. */
  endpoints: () => Record<string, string>;
  /** Asked whether Lambda may take the role of a function. */
  gate?: Gate;
  /** Replaces addresses in AWS by those of this machine in a variable of the template. */
  localized?: (text: string) => string;
};

/** Runs each function in child processes of its own, started when they are first needed. */
export function createLambda(options: Options): Lambda {
  const { clock, gate } = options;
  const pools = new Map<string, Pool>();
  const told: Record<string, string> = {};
  const everyPool = (act: (pool: Pool) => Promise<void>) => Promise.all([...pools.values()].map(act));
  clock.onShift((offset) => {
    for (const pool of pools.values()) shiftClock(pool, offset);
  });
  clock.settles(() => everyPool(untilQuiet).then(() => 0));
  return {
    makes: {
      "AWS::Lambda::Function": (declared) => {
        const code = codeOf(declared, options);
        Object.assign(told, code.environment);
        pools.set(code.arn, createPool({ code, offset: clock.offset }));
        return { ref: code.name, attributes: { Arn: code.arn } };
      },
    },
    begin() {
      for (const { code } of pools.values()) refuseWithoutRole(code, gate);
    },
    async invoke(functionArn, event) {
      const pool = pools.get(functionArn);
      if (!pool) throw new Error(`There is no function ${functionArn}.`);
      return invokeFunction(pool, event);
    },
    roleOf: (functionArn) => pools.get(functionArn)?.code.environment.AWS_SESSION_TOKEN ?? "",
    variables: () => told,
    stop: async () => void (await everyPool(stopPool)),
  };
}

function refuseWithoutRole(
  { name, environment: { AWS_SESSION_TOKEN: role } }: FunctionCode,
  gate: Gate | undefined,
): void {
  const asking = { action: "sts:AssumeRole", resource: role ?? "" };
  const refusal = role && gate?.refusal({ service: "lambda.amazonaws.com" }, asking);
  if (refusal) throw plainFailure(`Lambda cannot take the role of ${name}. ${refusal}`);
}

function codeOf(declared: Declared, { state, endpoints, localized = (text) => text }: Options): FunctionCode {
  const properties = Properties.parse(declared.properties);
  const name = properties.FunctionName ?? physicalName({ ...declared, longest: 64 });
  const root = declared.asset(properties.Code.S3Key);
  return {
    name,
    arn: arnOf({ service: "lambda", resource: `function:${name}` }),
    root,
    handler: properties.Handler,
    timeoutSeconds: properties.Timeout,
    environment: {
      ...clientEnvironment(secretAccessKeyIn(state)),
      ...environmentOf({ name, root, properties, endpoints: endpoints(), localized }),
    },
    logFile: join(state.folder("logs"), `${name}.log`),
  };
}

type EnvironmentParts = {
  name: string;
  root: string;
  properties: Properties;
  endpoints: Record<string, string>;
  localized: (text: string) => string;
};

function environmentOf({ name, root, properties, endpoints, localized }: EnvironmentParts): Record<string, string> {
  const variables = Object.entries(properties.Environment?.Variables ?? {});
  return {
    ...endpoints,
    ...(properties.Role && { AWS_SESSION_TOKEN: properties.Role }),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize),
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    LAMBDA_TASK_ROOT: root,
    NODE_OPTIONS: "--enable-source-maps",
    TZ: "UTC",
    ...Object.fromEntries(variables.map(([key, value]) => [key, localized(value)])),
  };
}
