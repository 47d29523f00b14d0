import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import type { Declared, Made, Maker, Service } from "../cloudformation/local-service.ts";
import { physicalName } from "../cloudformation/physical-name.ts";
import type { Invoke } from "../lambda/lambda.ts";
import { arnOf } from "../machine/aws-account.ts";

const Schedule = z.object({
  ScheduleExpression: z.string(),
  State: z.string().default("ENABLED"),
  Target: z.object({ Arn: z.string(), Input: z.string().default("{}") }),
});
const Rule = z.object({
  ScheduleExpression: z.string().optional(),
  State: z.string().default("ENABLED"),
  Targets: z.array(z.object({ Arn: z.string(), Input: z.string().default("{}") })),
});

/**
 * What a scheduled function may answer: when it will next have something to
 * do. An advance of the clock skips its runs before that.
 */
const Hint = z.object({ nextDueAt: z.iso.datetime() });

type PlannedRun = { every: number; functionArn: string; input: unknown };

/** `rule` makes an `AWS::Events::Rule` that has a schedule; the event bridge makes those that have a pattern. */
export type Scheduler = Service & { rule: Maker };

/** Runs functions at the rates that EventBridge schedules and rules state, on the virtual clock. */
export function createScheduler({ clock, invoke }: { clock: Pick<Clock, "every">; invoke: Invoke }): Scheduler {
  const planned: PlannedRun[] = [];
  const cancels: (() => void)[] = [];
  return {
    makes: {
      "AWS::Scheduler::Schedule": (declared) => {
        const { Target, ...schedule } = Schedule.parse(declared.properties);
        planned.push(...plansOf(schedule, [Target]));
        return named(declared, "scheduler");
      },
    },
    rule: (declared) => {
      const { Targets, ...rule } = Rule.parse(declared.properties);
      planned.push(...plansOf(rule, Targets));
      return named(declared, "events");
    },
    begin() {
      for (const plan of planned) cancels.push(clock.every(plan.every, () => run(plan, invoke)));
    },
    stop() {
      for (const cancel of cancels) cancel();
    },
  };
}

type Timing = { ScheduleExpression?: string | undefined; State: string };

function plansOf({ ScheduleExpression, State }: Timing, targets: { Arn: string; Input: string }[]): PlannedRun[] {
  if (State !== "ENABLED" || ScheduleExpression === undefined) return [];
  const every = periodOf(ScheduleExpression);
  return targets.map(({ Arn, Input }) => ({ every, functionArn: Arn, input: JSON.parse(Input) }));
}

async function run({ functionArn, input }: PlannedRun, invoke: Invoke): Promise<number | undefined> {
  try {
    const hint = Hint.safeParse(await invoke(functionArn, input)).data;
    return hint && Date.parse(hint.nextDueAt);
  } catch (error) {
    console.error(`schedule: ${functionArn} failed: ${error}`);
    return undefined;
  }
}

const units: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function periodOf(expression: string): number {
  const [, count = "", unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const period = Number(count) * (units[unit] ?? 0);
  if (!(period > 0)) throw new Error(`The local cloud runs rates only, not "${expression}".`);
  return period;
}

function named(declared: Declared, service: string): Made {
  const name = physicalName({ ...declared, longest: 64 });
  return { ref: name, attributes: { Arn: arnOf({ service, resource: `schedule/default/${name}` }) } };
}
