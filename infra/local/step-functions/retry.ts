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

export const Retry = z.array(Retrier);
export type Retry = z.infer<typeof Retry>;

type Attempts = { retry: Retry; attempt: () => Promise<unknown>; pause: (ms: number) => Promise<void> };

/**
 * Retries as a state machine defines them. The caller does the pausing,
 * by the local clock; the engine would pause in real time.
 */
export async function retrying({ retry, attempt, pause }: Attempts): Promise<unknown> {
  const used = new Map<Retrier, number>();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      await pause(delayAfter(error, { retry, used }));
    }
  }
}

type Use = { retry: Retry; used: Map<Retrier, number> };

/** How long to wait before the next attempt, which is counted; throws the error where no retrier takes it any more. */
function delayAfter(error: unknown, { retry, used }: Use): number {
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
