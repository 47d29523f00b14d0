import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { log } from "#shared/runtime/log.ts";
import { redrive } from "./redrive.ts";

/** A function has ten seconds; where it stops the next run goes on. */
const budgetMs = 5_000;

/** Every minute: what an admin ordered to be sent again is sent. Tells when there is next something to do. */
export const handler = middy(async () => {
  const now = new Date().toISOString();
  return { nextDueAt: await redrive({ now, until: performance.now() + budgetMs }) };
}).use(injectLambdaContext(log));
