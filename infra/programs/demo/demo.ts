import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { isPlainFailure, plainFailure } from "../local-cloud/machine/errors.ts";
import { chooseDemoClients, playChapters } from "./acts/act.ts";
import { mainChapter } from "./acts/answered.ts";
import { type Endpoints, isRefused, isUnexpected, readEndpoints } from "./acts/calls.ts";
import { confidentialityChapter } from "./acts/confidential.ts";
import { disputeChapter } from "./acts/disputed.ts";
import { escalationChapter } from "./acts/escalated.ts";
import { heading, printFacts } from "./acts/terminal.ts";
import { webhookChapters } from "./acts/webhooks.ts";
import { playYear } from "./year/year.ts";

const server = join(import.meta.dirname, "../../..", "docs/examples/citizen-page/server.ts");

/**
 * Serves the example of a citizen's page until it is stopped. The example runs as a copy of it would run elsewhere: it gets
 * only addresses and the credentials of a front end that may file on the web.
 */
async function serveCitizenPage({ api, tokenEndpoint, clients }: Endpoints, port: number): Promise<void> {
  const client = Object.values(clients).find(({ channels, operatedBy }) => !operatedBy && channels?.includes("web"));
  if (!client) throw plainFailure("The province that is running has no front end of the centre that files on the web.");
  const addresses = { API: api, TOKEN_ENDPOINT: tokenEndpoint, PORT: String(port) };
  const { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET } = client;
  const env = { ...process.env, ...addresses, CLIENT_ID, CLIENT_SECRET };
  const serving = spawn(process.execPath, [server], { env, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => serving.kill());
  const [status] = await once(serving, "exit");
  process.exitCode = status ?? 0;
}

const local = join(import.meta.dirname, "../../..", ".local");
const state = process.env.FOAD_STATE_FOLDER ?? local;
const usage = `npm run demo                 plays four short acts in the province that npm start serves
npm run demo -- --year       plays a year of an invented province, in a state of its own (.local/year, or FOAD_STATE_FOLDER):
                             about a quarter of an hour; killed, it goes on where it was. How to look at it is said at its end.
  --complaints 2000          how many complaints there are in it
  --quarters 4               how many quarters of it are played, from autumn 1404 on
  --seed nowruz              another word makes another year
npm run demo -- --web        serves a page for a citizen of the province that npm start serves, to look at and to copy
  --port 8128                where it is served; without it PAGE_PORT of the shell is used, which the guides set
npm run demo -- --help       this`;

await main(process.argv.slice(2)).catch(fail);

async function main(args: string[]): Promise<void> {
  const { year, web, help, seed, ...numbers } = parseOptions(args);
  if (help) return console.log(usage);
  if (web) return showPage(wholeNumber(numbers.port, 65_535));
  if (!year) return playStory();
  const complaints = wholeNumber(numbers.complaints, 100_000);
  const quarters = wholeNumber(numbers.quarters, 4);
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => stopping.abort(plainFailure("\nStopped; the same command goes on from here.")));
  const yearState = resolve(process.env.FOAD_STATE_FOLDER ?? join(local, "year"));
  const { signal } = stopping;
  await playYear({ seed, complaints, quarters }, { state: yearState, signal }).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : error;
  });
}

function parseOptions(args: string[]) {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const flag = { type: "boolean" } as const;
  const numbers = { complaints: text("2000"), quarters: text("4"), port: text(process.env.PAGE_PORT ?? "8128") };
  try {
    return parseArgs({ args, options: { year: flag, web: flag, help: flag, seed: text("nowruz"), ...numbers } }).values;
  } catch (cause) {
    throw plainFailure(usage, cause);
  }
}

function wholeNumber(text: string, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw plainFailure(`"${text}" is no number from 1 to ${most}.\n${usage}`);
}

async function playStory(): Promise<void> {
  const endpoints = readEndpoints(state);
  await assertCloudRunning(endpoints);
  const demoContext = { ...(await chooseDemoClients(endpoints)), endpoints };
  await playChapters([
    mainChapter(demoContext),
    escalationChapter(demoContext),
    disputeChapter(demoContext),
    confidentialityChapter(demoContext),
    ...webhookChapters(demoContext),
  ]);
  printNextSteps(endpoints);
}

async function showPage(port: number): Promise<void> {
  const endpoints = readEndpoints(state);
  await assertCloudRunning(endpoints);
  await serveCitizenPage(endpoints, port);
}

/** If the local cloud was killed, `endpoints.json` is still there. */
async function assertCloudRunning({ api }: Endpoints): Promise<void> {
  const answer = await fetch(`${api}/v1/catalog`).catch((cause: unknown) => {
    if (isRefused(cause)) throw plainFailure(`Nothing answers at ${api}: run "npm start" in another terminal first.`);
    throw cause;
  });
  await answer.body?.cancel();
}

function printNextSteps({ api }: Endpoints): void {
  heading("What to try next");
  printFacts(
    ["in the browser", `${api}/v1/docs: every route and event; openapi.json and asyncapi.json beside it`],
    ["a citizen's page", "npm run demo -- --web"],
    ["every client", `${join(state, "endpoints.json")}, with its secret, and each agency's queue`],
    ["the logs", `${join(state, "logs")}: ids, and not a word of a complaint`],
    ["a crash", "kill -9 the node of the other terminal, start it again: everything is still there"],
  );
}

function fail(error: unknown): void {
  process.exitCode = 1;
  console.error(isPlainFailure(error) ? error.message : describeFailure(error));
}

function describeFailure(error: unknown): unknown {
  if (!(error instanceof Error && error.cause instanceof Error)) return error;
  const { cause } = error;
  const reason = isUnexpected(cause) ? `  expected  ${cause.expected}\n  got       ${cause.received}` : `  ${cause}`;
  const logs = join(state, "logs");
  return `\n${error.message}.\n${reason}\n  look at   the terminal of npm start, and ${logs}: one file per function`;
}
