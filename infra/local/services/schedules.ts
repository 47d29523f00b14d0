import * as z from "zod";
import type { Clock } from "../clock.ts";
import { physicalName } from "../physical-name.ts";
import { arnOf } from "../place.ts";
import type { Invoke } from "./lambda.ts";
import type { Declared, Made, Service } from "./service.ts";

const Schedule = z.object({
  ScheduleExpression: z.string(),
  State: z.string().default("ENABLED"),
  Target: z.object({ Arn: z.string(), Input: z.string().default("{}") }),
});
const Rule = z.object({
  ScheduleExpression: z.string(),
  State: z.string().default("ENABLED"),
  Targets: z.array(z.object({ Arn: z.string(), Input: z.string().default("{}") })),
});

/** A function that knows when it is next needed says so, and an advance skips the runs before that. */
const Hint = z.object({ nextDueAt: z.iso.datetime() });

type Planned = { every: number; functionArn: string; input: unknown };

/** EventBridge's rates, on the virtual clock. */
export function createSchedules({ clock, invoke }: { clock: Pick<Clock, "every">; invoke: Invoke }): Service {
  const planned: Planned[] = [];
  const cancels: (() => void)[] = [];
  const plan = (state: string, schedule: Planned) => void (state === "ENABLED" && planned.push(schedule));
  const run = async ({ functionArn, input }: Planned) => {
    const answer = await invoke(functionArn, input).catch((error: unknown) =>
      console.error(`schedule of ${functionArn}:`, error),
    );
    const hint = Hint.safeParse(answer).data;
    return hint && Date.parse(hint.nextDueAt);
  };
  return {
    makes: {
      "AWS::Scheduler::Schedule": (declared) => {
        const { ScheduleExpression, State, Target } = Schedule.parse(declared.properties);
        plan(State, { every: periodOf(ScheduleExpression), functionArn: Target.Arn, input: JSON.parse(Target.Input) });
        return named(declared, "scheduler");
      },
      "AWS::Events::Rule": (declared) => {
        const { ScheduleExpression, State, Targets } = Rule.parse(declared.properties);
        for (const { Arn, Input } of Targets)
          plan(State, { every: periodOf(ScheduleExpression), functionArn: Arn, input: JSON.parse(Input) });
        return named(declared, "events");
      },
    },
    begin() {
      for (const schedule of planned) cancels.push(clock.every(schedule.every, () => run(schedule)));
    },
    stop() {
      for (const cancel of cancels) cancel();
    },
  };
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
