import { join } from "node:path";
import { isPlainFailure, plainFailure } from "../local/machine/plain-failure.ts";
import { playActs } from "./act.ts";
import { isRefused, isUnexpected } from "./calls.ts";
import { castOf } from "./cast.ts";
import { climb } from "./climb.ts";
import { confidence } from "./confidence.ts";
import { dispute } from "./dispute.ts";
import { type Endpoints, readEndpoints } from "./endpoints.ts";
import { mainJob } from "./main-job.ts";
import { facts, heading } from "./page.ts";

const state = process.env.FOAD_STATE ?? join(import.meta.dirname, "../..", ".local");

await main().catch(fail);

async function main(): Promise<void> {
  const endpoints = readEndpoints(state);
  await mustBeRunning(endpoints);
  const stage = { ...(await castOf(endpoints)), endpoints };
  await playActs([mainJob(stage), climb(stage), dispute(stage), confidence(stage)]);
  whatNext(endpoints);
}

/** The file outlives a cloud that was killed. */
async function mustBeRunning({ api }: Endpoints): Promise<void> {
  const answer = await fetch(`${api}/v1/catalog`).catch((cause: unknown) => {
    if (isRefused(cause)) throw plainFailure(`Nothing answers at ${api}: run "npm start" in another terminal first.`);
    throw cause;
  });
  await answer.body?.cancel();
}

function whatNext({ api }: Endpoints): void {
  heading("What to try next");
  facts(
    ["in the browser", `${api}/v1/docs: every route and event, in Persian and English`],
    ["for a program", `${api}/v1/openapi.json and ${api}/v1/asyncapi.json`],
    ["every client", `${join(state, "endpoints.json")}, with its secret, and each agency's queue`],
    ["the logs", `${join(state, "logs")}: ids, and not a word of a complaint`],
    ["a crash", "kill -9 the node of the other terminal, start it again: everything is still there"],
  );
}

function fail(error: unknown): void {
  process.exitCode = 1;
  console.error(isPlainFailure(error) ? error.message : said(error));
}

function said(error: unknown): unknown {
  if (!(error instanceof Error && error.cause instanceof Error)) return error;
  const { cause } = error;
  const came = isUnexpected(cause) ? `  expected  ${cause.expected}\n  got       ${cause.came}` : `  ${cause}`;
  const logs = join(state, "logs");
  return `\n${error.message}.\n${came}\n  look at   the terminal of npm start, and ${logs}: one file per function`;
}
