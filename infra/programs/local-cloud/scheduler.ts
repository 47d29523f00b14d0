import * as z from "zod";
import type { Clock } from "./clock/clock.ts";
import {
  type CreatedResource,
  type CreateResource,
  type DeclaredResource,
  physicalName,
  type Service,
} from "./cloudformation/resources.ts";
import type { PermissionGate } from "./iam/gate.ts";
import type { Invoke } from "./lambda/lambda.ts";
import { arnOf } from "./machine/aws-account.ts";

const Schedule = z.object({
  GroupName: z.string().default("default"),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().optional(),
  State: z.string().default("ENABLED"),
  Target: z.object({ Arn: z.string(), RoleArn: z.string(), Input: z.string().default("{}") }),
});
const Group = z.object({ Name: z.string() });
const Rule = z.object({
  ScheduleExpression: z.string().optional(),
  State: z.string().default("ENABLED"),
  Targets: z.array(z.object({ Arn: z.string(), Input: z.string().default("{}") })),
});

/**
 * A scheduled function may answer the time when it will next have work, or `never` if only something that happens can bring
 * work. An advance of the clock skips its runs before that.
 */
const Hint = z.object({ nextDueAt: z.iso.datetime() });
const never = "9999-12-31T23:59:59.999Z";

/**
 * `refusal` returns why the policies do not allow the schedule's role, or the rule, to invoke the function; else undefined.
 */
type PlannedRun = { every: number; phase: number; functionArn: string; input: unknown; refusal(): string | undefined };

/** `rule` creates an `AWS::Events::Rule` with a schedule. The event bridge creates rules with a pattern. */
type Scheduler = Service & {
  rule: CreateResource;
  /** Runs at once every schedule that runs less often than every minute, as EventBridge does for a new rate. */
  runRarest(): Promise<void>;
};

type Options = { clock: Pick<Clock, "every">; invoke: Invoke; gate?: PermissionGate };

/** Runs functions at the rates that EventBridge schedules and rules state, on the virtual clock. */
export function createScheduler({ clock, invoke, gate }: Options): Scheduler {
  const planned: PlannedRun[] = [];
  const cancels: (() => void)[] = [];
  return {
    creators: {
      "AWS::Scheduler::ScheduleGroup": ({ properties }) => {
        const { Name: ref } = Group.parse(properties);
        return { ref, attributes: { Arn: groupArn(ref) } };
      },
      "AWS::Scheduler::Schedule": (declared) => {
        const { Target, GroupName, ...schedule } = Schedule.parse(declared.properties);
        const refusal = () => refusalOfRole(gate, { ...Target, GroupName });
        planned.push(...plansOf({ ...schedule, refusal }, [Target]));
        return named(declared, "scheduler");
      },
    },
    rule: (declared) => {
      const { Targets, ...rule } = Rule.parse(declared.properties);
      const made = named(declared, "events");
      const context = { "aws:sourcearn": [made.attributes?.Arn ?? ""] };
      const refusal = (resource: string) =>
        gate?.refusal({ service: "events.amazonaws.com" }, { action: "lambda:InvokeFunction", resource, context });
      planned.push(...plansOf({ ...rule, refusal }, Targets));
      return made;
    },
    async runRarest() {
      for (const plan of planned) if (plan.every > 60_000) await run(plan, invoke);
    },
    begin() {
      for (const plan of planned) cancels.push(clock.every(plan.every, () => run(plan, invoke), plan.phase));
    },
    stop() {
      for (const cancel of cancels) cancel();
    },
  };
}

const groupArn = (name: string) => arnOf({ service: "scheduler", resource: `schedule-group/${name}` });

/**
 * Returns why the scheduler may not assume the role, or the role may not invoke the function; undefined if both are allowed.
 */
function refusalOfRole(
  gate: PermissionGate | undefined,
  { Arn, RoleArn, GroupName }: Record<"Arn" | "RoleArn" | "GroupName", string>,
): string | undefined {
  const source = { "aws:sourcearn": [groupArn(GroupName)] };
  return (
    gate?.refusal(
      { service: "scheduler.amazonaws.com" },
      { action: "sts:AssumeRole", resource: RoleArn, context: source },
    ) ?? gate?.refusal({ arn: RoleArn }, { action: "lambda:InvokeFunction", resource: Arn })
  );
}

type Timing = {
  ScheduleExpression?: string | undefined;
  ScheduleExpressionTimezone?: string | undefined;
  State: string;
  refusal(functionArn: string): string | undefined;
};

function plansOf(
  { ScheduleExpression, ScheduleExpressionTimezone, State, refusal }: Timing,
  targets: { Arn: string; Input: string }[],
): PlannedRun[] {
  if (State !== "ENABLED" || ScheduleExpression === undefined) return [];
  const rhythm = rhythmOf(ScheduleExpression, ScheduleExpressionTimezone);
  return targets.map(({ Arn, Input }) => ({
    ...rhythm,
    functionArn: Arn,
    input: JSON.parse(Input),
    refusal: () => refusal(Arn),
  }));
}

async function run({ functionArn, input, refusal }: PlannedRun, invoke: Invoke): Promise<number | undefined> {
  if (refusal()) return undefined;
  try {
    const hint = Hint.safeParse(await invoke(functionArn, input)).data;
    if (!hint) return undefined;
    return hint.nextDueAt === never ? Number.POSITIVE_INFINITY : Date.parse(hint.nextDueAt);
  } catch (error) {
    console.error(`schedule: ${functionArn} failed: ${error}`);
    return undefined;
  }
}

const units: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Every hour on the hour of a time zone; only that of Tehran, whose hours begin at half past of UTC. */
const fullHours: Record<string, number> = { "Asia/Tehran": 30 * 60_000 };

function rhythmOf(expression: string, timezone = ""): { every: number; phase: number } {
  const phase = expression === "cron(0 * * * ? *)" ? fullHours[timezone] : undefined;
  return phase === undefined ? { every: periodOf(expression), phase: 0 } : { every: 3_600_000, phase };
}

function periodOf(expression: string): number {
  const [, count = "", unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const period = Number(count) * (units[unit] ?? 0);
  if (!(period > 0)) throw new Error(`The local cloud runs rates only, not "${expression}".`);
  return period;
}

function named(declared: DeclaredResource, service: string): CreatedResource {
  const name = physicalName({ ...declared, longest: 64 });
  return { ref: name, attributes: { Arn: arnOf({ service, resource: `schedule/default/${name}` }) } };
}
