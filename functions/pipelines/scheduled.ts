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
  /** How long a run may take; a function that writes events has ten seconds. */
  budgetMs: number;
  /**
   * Returns when there is something to do again: only the local cloud goes by it, to skip runs that would find nothing.
   */
  run: (run: Run) => Promise<string>;
};

/** The pipeline of every function that runs every minute, or every hour. */
export function scheduled({ budgetMs, run }: Work) {
  return middy(async () => {
    const now = new Date().toISOString();
    return { nextDueAt: await run({ now, until: performance.now() + budgetMs }) };
  }).use(injectLambdaContext(log));
}
