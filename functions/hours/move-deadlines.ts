import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import { log } from "#shared/runtime/log.ts";
import { followHours } from "./follow-hours.ts";

/** A function has ten seconds; where it stops the next run goes on. */
const budgetMs = 7_000;

/**
 * Every minute: where an admin changed the hours of a day, the open complaints' deadlines follow. Tells when there is
 * next something to do, in case nobody needs to look before.
 */
export const handler = middy(async () => {
  const now = new Date().toISOString();
  return { nextDueAt: await followHours({ now, until: performance.now() + budgetMs }) };
}).use(injectLambdaContext(log));
