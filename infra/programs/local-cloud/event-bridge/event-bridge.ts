import { randomUUID } from "node:crypto";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { type CreateResource, physicalName, type Service } from "../cloudformation/resources.ts";
import type { PermissionGate } from "../iam/gate.ts";
import type { Invoke } from "../lambda/lambda.ts";
import { account, arnOf, clientSettings, region } from "../machine/aws-account.ts";
import type { Queues } from "../sqs/sqs.ts";

const FilterCriteria = z.object({
  Filters: z.array(z.object({ Pattern: z.string().transform((text): unknown => JSON.parse(text)) })),
});

/** Returns a function that tells whether at least one filter of an event source's `FilterCriteria` matches a record. */
export function recordFilter(criteria: unknown): (record: unknown) => boolean {
  if (criteria === undefined) return () => true;
  const { Filters } = FilterCriteria.parse(criteria);
  return (record) => Filters.length === 0 || Filters.some(({ Pattern }) => matches(record, Pattern));
}

const PatternFields = z.record(z.string(), z.unknown());

/**
 * Returns whether a value matches an EventBridge pattern: every field must match one of its alternatives. It supports the
 * patterns that `FilterRule` of aws-cdk-lib can write.
 */
export function matches(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((alternative) => matchesField(value, alternative));
  const fields = PatternFields.safeParse(value).data ?? {};
  return Object.entries(PatternFields.parse(pattern)).every(([field, inner]) => matches(fields[field], inner));
}

function matchesField(value: unknown, alternative: unknown): boolean {
  if (typeof alternative !== "object" || alternative === null) return value === alternative;
  return Object.entries(alternative).every(([name, argument]) => {
    const test = tests[name];
    if (!test)
      throw new Error(
        `The local cloud does not know the filter "${name}": add it to infra/programs/local-cloud/event-bridge/event-bridge.ts.`,
      );
    return test(value, argument);
  });
}

const tests: Record<string, (value: unknown, argument: unknown) => boolean> = {
  exists: (value, wanted) => (value !== undefined) === wanted,
  prefix: (value, prefix) => typeof value === "string" && value.startsWith(z.string().parse(prefix)),
  suffix: (value, suffix) => typeof value === "string" && value.endsWith(z.string().parse(suffix)),
  "equals-ignore-case": (value, text) =>
    typeof value === "string" && value.toLowerCase() === z.string().parse(text).toLowerCase(),
  "anything-but": (value, excluded) => value !== undefined && ![excluded].flat().includes(value),
  numeric: (value, bounds) =>
    typeof value === "number" && withinBounds(value, z.array(z.union([z.string(), z.number()])).parse(bounds)),
};

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

function withinBounds(value: number, [operator, bound, ...rest]: (string | number)[]): boolean {
  if (operator === undefined) return true;
  return (comparisons[operator]?.(value, Number(bound)) ?? false) && withinBounds(value, rest);
}

const Target = z.object({
  Arn: z.string(),
  Input: z.string().optional(),
  InputTransformer: z
    .object({ InputPathsMap: z.record(z.string(), z.string()).default({}), InputTemplate: z.string() })
    .optional(),
});
type Target = z.infer<typeof Target>;

const Rule = z.object({
  EventPattern: z.unknown().optional(),
  State: z.string().default("ENABLED"),
  Targets: z.array(Target).default([]),
});

export type Emitted = { source: string; detailType: string; resources: string[]; detail: object };

type EventBridge = Service & {
  /** Resolves once every matching rule has sent the event to its queues. It does not wait for functions. */
  emit(event: Emitted): Promise<void>;
};

type Options = {
  queues: Pick<Queues, "endpoint" | "queueUrl">;
  invoke: Invoke;
  now: () => number;
  gate?: PermissionGate;
  /** Creates rules that run on a schedule instead of matching events. */
  scheduled: CreateResource;
};

type TargetDelivery = { arn: string; target: Target; event: object };

/** Creates EventBridge's default bus. It sends events of the local services to the targets of the matching rules. */
export function createEventBridge({ queues, invoke, now, gate, scheduled }: Options): EventBridge {
  const rules: { arn: string; pattern: unknown; targets: Target[] }[] = [];
  const sqs = new SQSClient({ ...clientSettings, endpoint: queues.endpoint });
  const deliver = async ({ arn, target: { Arn, ...target }, event }: TargetDelivery) => {
    const action = Arn.includes(":sqs:") ? "sqs:SendMessage" : "lambda:InvokeFunction";
    const ask = { action, resource: Arn, context: { "aws:sourcearn": [arn] } };
    // As in AWS, an event that a target does not allow is dropped; only the log shows it.
    if (gate?.refusal({ service: "events.amazonaws.com" }, ask)) return;
    const input = inputOf(target, event);
    if (Arn.includes(":sqs:")) {
      const QueueUrl = queues.queueUrl(Arn.split(":").at(-1) ?? "");
      return void (await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: input })));
    }
    invoke(Arn, JSON.parse(input)).catch((error: unknown) => console.error(`event rule: ${Arn} failed: ${error}`));
  };
  return {
    creators: {
      "AWS::Events::Rule": (declared) => {
        const { EventPattern, State, Targets } = Rule.parse(declared.properties);
        if (EventPattern === undefined) return scheduled(declared);
        const name = physicalName({ ...declared, longest: 64 });
        const arn = arnOf({ service: "events", resource: `rule/${name}` });
        if (State === "ENABLED") rules.push({ arn, pattern: EventPattern, targets: Targets });
        return { ref: name, attributes: { Arn: arn } };
      },
    },
    async emit(emitted) {
      const event = envelope(emitted, now());
      const matching = rules.filter(({ pattern }) => matches(event, pattern));
      await Promise.all(
        matching.flatMap(({ arn, targets }) => targets.map((target) => deliver({ arn, target, event }))),
      );
    },
    stop: () => sqs.destroy(),
  };
}

function envelope({ source, detailType, resources, detail }: Emitted, now: number) {
  const time = new Date(now).toISOString().replace(/\.\d+Z$/, "Z");
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": detailType,
    source,
    account,
    time,
    region,
    resources,
    detail,
  };
}

/** Returns the input of a target: the event, a constant, or a template with parts of the event inserted as JSON. */
function inputOf({ Input, InputTransformer }: Omit<Target, "Arn">, event: object): string {
  if (!InputTransformer) return Input ?? JSON.stringify(event);
  const { InputPathsMap, InputTemplate } = InputTransformer;
  return InputTemplate.replace(/<([^>]+)>/g, (_, name: string) =>
    JSON.stringify(valueAt(event, InputPathsMap[name] ?? "") ?? null),
  );
}

const Fields = z.record(z.string(), z.unknown());

/** Returns the value at a path such as `$.detail.tags[0]`. */
function valueAt(event: unknown, path: string): unknown {
  const steps = path
    .replace(/^\$\.?/, "")
    .split(/[.[\]]+/)
    .filter((step) => step !== "");
  return steps.reduce<unknown>((value, step) => {
    const inner = Array.isArray(value) ? Object.fromEntries(value.entries()) : value;
    return Fields.safeParse(inner).data?.[step];
  }, event);
}
