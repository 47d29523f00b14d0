import * as z from "zod";

const Retrier = z.looseObject({
  ErrorEquals: z.array(z.string()),
  IntervalSeconds: z.number().default(1),
  MaxAttempts: z.number().default(3),
  BackoffRate: z.number().default(2),
  MaxDelaySeconds: z.number().default(Number.POSITIVE_INFINITY),
  JitterStrategy: z.enum(["FULL", "NONE"]).default("NONE"),
});
type Retrier = z.infer<typeof Retrier>;

export const Retry = z.array(Retrier);
export type Retry = z.infer<typeof Retry>;

type Attempts = { retry: Retry; attempt: () => Promise<unknown>; pause: (ms: number) => Promise<void> };

/** ASL's retries, except that the pauses are the caller's: the engine's own would be slept by real time. */
export async function retrying({ retry, attempt, pause }: Attempts): Promise<unknown> {
  const used = new Map<Retrier, number>();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const retrier = retry.find(({ ErrorEquals }) => ErrorEquals.some((name) => matches(name, error)));
      const attempts = retrier ? (used.get(retrier) ?? 0) : 0;
      if (!retrier || attempts >= retrier.MaxAttempts) throw error;
      used.set(retrier, attempts + 1);
      await pause(delay(retrier, attempts));
    }
  }
}

function matches(wanted: string, error: unknown): boolean {
  const name = error instanceof Error ? error.name : "";
  if (wanted === "States.TaskFailed") return name !== "States.Timeout";
  return wanted === "States.ALL" || wanted === name;
}

function delay(retrier: Retrier, attempts: number): number {
  const seconds = Math.min(retrier.IntervalSeconds * retrier.BackoffRate ** attempts, retrier.MaxDelaySeconds);
  return seconds * 1_000 * (retrier.JitterStrategy === "FULL" ? Math.random() : 1);
}
