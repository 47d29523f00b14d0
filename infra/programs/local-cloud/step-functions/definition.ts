import validate from "asl-validator";
import { StateMachine, type StateMachineDefinition } from "aws-local-stepfunctions";
import * as z from "zod";
import { asError } from "../machine/errors.ts";

const Retrier = z.looseObject({
  ErrorEquals: z.array(z.string()),
  IntervalSeconds: z.number().default(1),
  MaxAttempts: z.number().default(3),
  BackoffRate: z.number().default(2),
  MaxDelaySeconds: z.number().default(Number.POSITIVE_INFINITY),
  JitterStrategy: z.enum(["FULL", "NONE"]).default("NONE"),
});
type Retrier = z.infer<typeof Retrier>;

const Retry = z.array(Retrier);
type Retry = z.infer<typeof Retry>;

type Attempts = { retry: Retry; attempt: () => Promise<unknown>; pause: (ms: number) => Promise<void> };

/**
 * Calls `attempt`, with the retries that a state machine defines. `pause` must wait on the local clock; the engine itself
 * would wait in real time. Throws the last error if no retrier is left.
 */
export async function runWithRetries({ retry, attempt, pause }: Attempts): Promise<unknown> {
  const used = new Map<Retrier, number>();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      await pause(delayAfter(error, { retry, used }));
    }
  }
}

/** Counts the next attempt, and returns the ms to wait before it. Throws the error if no retrier allows another attempt. */
function delayAfter(error: unknown, { retry, used }: { retry: Retry; used: Map<Retrier, number> }): number {
  const retrier = retry.find(({ ErrorEquals }) => ErrorEquals.some((name) => matches(name, error)));
  const attempts = retrier ? (used.get(retrier) ?? 0) : 0;
  if (!retrier || attempts >= retrier.MaxAttempts) throw error;
  used.set(retrier, attempts + 1);
  return delay(retrier, attempts);
}

function matches(wanted: string, error: unknown): boolean {
  const { name } = asError(error);
  if (wanted === "States.TaskFailed") return name !== "States.Timeout";
  return wanted === "States.ALL" || wanted === name;
}

function delay(retrier: Retrier, attempts: number): number {
  const seconds = Math.min(retrier.IntervalSeconds * retrier.BackoffRate ** attempts, retrier.MaxDelaySeconds);
  return seconds * 1_000 * (retrier.JitterStrategy === "FULL" ? Math.random() : 1);
}

export type Machine = { arn: string; name: string; definition: string; roleArn: string };

export type Task =
  | { kind: "wait" }
  | { kind: "lambda"; functionArn: string | undefined; retry: Retry; timeoutSeconds: number | undefined };

/**
 * A state machine rewritten for the engine. Waits, tasks and retries run in our code, so that they follow the local clock.
 */
export type Prepared = {
  arn: string;
  name: string;
  roleArn: string;
  engine: StateMachine;
  tasks: Map<string, Task>;
  timeoutSeconds: number | undefined;
};

const INVOKE = "arn:aws:states:::lambda:invoke";

/** In seconds, the longest that Node's timers allow. By default the engine ends a task after one minute of real time. */
const FOREVER = 2_147_483;

type Branch = { States: Record<string, State> } & Record<string, unknown>;

const State = z.looseObject({
  Type: z.string(),
  Resource: z.string().optional(),
  Retry: Retry.optional(),
  TimeoutSeconds: z.number().optional(),
  get Branches(): z.ZodOptional<z.ZodArray<typeof Branch>> {
    return z.array(Branch).optional();
  },
  get Iterator(): z.ZodOptional<typeof Branch> {
    return Branch.optional();
  },
  get ItemProcessor(): z.ZodOptional<typeof Branch> {
    return Branch.optional();
  },
});
type State = z.infer<typeof State>;

const Branch: z.ZodType<Branch> = z.looseObject({
  get States() {
    return z.record(z.string(), State);
  },
});

const Definition = z.looseObject({
  StartAt: z.string(),
  QueryLanguage: z.literal("JSONPath").optional(),
  TimeoutSeconds: z.number().optional(),
  States: z.record(z.string(), State),
});

/** Validates a definition as a deployment would, and rewrites it. Throws if it uses something that runs only in AWS. */
export function prepare({ arn, name, roleArn, definition }: Machine): Prepared {
  const verdict = validate(JSON.parse(definition));
  if (!verdict.isValid) throw new Error(`State machine ${name} is not valid: ${verdict.errorsText("; ")}`);
  // The engine would insert the real start time. `Local` in its context has the start time of the local clock.
  const parsed = Definition.safeParse(
    JSON.parse(definition.replaceAll("$$.Execution.StartTime", () => "$$.Local.StartTime")),
  );
  if (!parsed.success) throw new Error(`State machine ${name} cannot run here: ${z.prettifyError(parsed.error)}`);
  const tasks = new Map<string, Task>();
  const { TimeoutSeconds, ...rewritten } = { ...parsed.data, ...localBranch(parsed.data, tasks) };
  const engine = new StateMachine(rewritten as StateMachineDefinition, { validationOptions: { noValidate: true } });
  return { arn, name, roleArn, engine, tasks, timeoutSeconds: TimeoutSeconds };
}

function localBranch(branch: Branch, tasks: Map<string, Task>): Branch {
  const states = Object.entries(branch.States).map(
    ([name, state]) => [name, localState({ name, state, tasks })] as const,
  );
  return { ...branch, States: Object.fromEntries(states) };
}

type StateToRewrite = { name: string; state: State; tasks: Map<string, Task> };

function localState({ name, state, tasks }: StateToRewrite): State {
  if (state.Type === "Wait") return localWait({ name, state, tasks });
  if (state.Type === "Task") return localTask({ name, state, tasks });
  const inner = (branch: Branch) => localBranch(branch, tasks);
  return {
    ...state,
    ...(state.Branches && { Branches: state.Branches.map(inner) }),
    ...(state.Iterator && { Iterator: inner(state.Iterator) }),
    ...(state.ItemProcessor && { ItemProcessor: inner(state.ItemProcessor) }),
  };
}

/**
 * Turns a wait state into a task that returns its input. The engine resolves the paths, and our code waits on the local
 * clock.
 */
function localWait({ name, state, tasks }: StateToRewrite): State {
  const { Seconds, SecondsPath, Timestamp, TimestampPath, ...rest } = state;
  tasks.set(name, { kind: "wait" });
  return {
    ...rest,
    Type: "Task",
    Resource: "local:wait",
    TimeoutSeconds: FOREVER,
    Parameters: {
      "input.$": "$",
      ...(Seconds !== undefined && { seconds: Seconds }),
      ...(SecondsPath !== undefined && { "seconds.$": SecondsPath }),
      ...(Timestamp !== undefined && { until: Timestamp }),
      ...(TimestampPath !== undefined && { "until.$": TimestampPath }),
    },
  };
}

function localTask({ name, state, tasks }: StateToRewrite): State {
  const { Retry: retry = [], TimeoutSeconds: timeoutSeconds, Resource: resource = "", ...rest } = state;
  const isFunction = /^arn:[a-z-]+:lambda:[^:]*:[^:]*:function:/.test(resource);
  if (!isFunction && resource !== INVOKE) throw new Error(`State ${name} uses ${resource}, which does not run here.`);
  tasks.set(name, { kind: "lambda", functionArn: isFunction ? resource : undefined, retry, timeoutSeconds });
  const timeout = rest.TimeoutSecondsPath === undefined ? { TimeoutSeconds: FOREVER } : {};
  return { ...rest, Resource: resource, ...timeout };
}
