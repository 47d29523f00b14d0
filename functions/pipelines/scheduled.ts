import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { log } from "#shared/runtime/log.ts";

/** One run of what is done every minute. */
export type Run = {
  now: string;
  /** When to stop, as `performance.now()` counts; the next run goes on where this one stopped. */
  until: number;
};

type Work = {
  /** How long a run may take; a function has ten seconds. */
  budgetMs: number;
  /** Returns when there is next something to do: until then nobody needs to look. */
  run: (run: Run) => Promise<string>;
};

/** Work of every minute. */
export function scheduled({ budgetMs, run }: Work) {
  return middy(async () => {
    const now = new Date().toISOString();
    return { nextDueAt: await run({ now, until: performance.now() + budgetMs }) };
  }).use(injectLambdaContext(log));
}
