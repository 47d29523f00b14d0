import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import { physicalName } from "../cloudformation/physical-name.ts";
import type { Declared, Made, Maker, Service } from "../cloudformation/service.ts";
import type { Invoke } from "../lambda/lambda.ts";
import { arnOf } from "../machine/place.ts";

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

/** A function that knows when it is next needed says so, and an advance skips the runs before that. */
const Hint = z.object({ nextDueAt: z.iso.datetime() });

type Planned = { every: number; functionArn: string; input: unknown };

/** `rule` makes an `AWS::Events::Rule` that waits for time; the event bridge has the others. */
export type Schedules = Service & { rule: Maker };

/** EventBridge's rates, on the virtual clock. */
export function createSchedules({ clock, invoke }: { clock: Pick<Clock, "every">; invoke: Invoke }): Schedules {
  const planned: Planned[] = [];
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

function plansOf({ ScheduleExpression, State }: Timing, targets: { Arn: string; Input: string }[]): Planned[] {
  if (State !== "ENABLED" || ScheduleExpression === undefined) return [];
  const every = periodOf(ScheduleExpression);
  return targets.map(({ Arn, Input }) => ({ every, functionArn: Arn, input: JSON.parse(Input) }));
}

async function run({ functionArn, input }: Planned, invoke: Invoke): Promise<number | undefined> {
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
