import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { log } from "#shared/runtime/log.ts";

/** One run of a function that runs again and again. */
export type Run = {
  now: string;
  /** When to stop, by `performance.now()`; the next run goes on where this one stopped. */
  until: number;
};

type Work = {
  /** How long a run may take before it leaves the rest to the next; absent where it does all or, killed, starts anew. */
  budgetMs?: number;
  /**
   * Returns when there is something to do again: only the local cloud goes by it, to skip runs that would find nothing.
   */
  run: (run: Run) => Promise<string>;
};

/** The pipeline of every function that runs again and again. */
export function scheduled({ budgetMs = Number.POSITIVE_INFINITY, run }: Work) {
  return middy(async () => {
    const now = new Date().toISOString();
    return { nextDueAt: await run({ now, until: performance.now() + budgetMs }) };
  }).use(injectLambdaContext(log));
}
