import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Endpoints, type LocalCloud, startLocalCloud } from "./local-cloud.ts";
import { isPlainFailure, plainFailure, systemCode } from "./machine/errors.ts";
import { choosePorts, refuseTakenPorts } from "./machine/ports.ts";
import { refuseFolderInUse, refuseUnwritable, statePlace, unusableFolder } from "./machine/state-folder.ts";
import { synthesize } from "./synthesis.ts";

/** Returns the text that is printed once everything runs: the addresses, and commands that file a first complaint. */
function welcome({ endpoints, files, state }: { endpoints: Endpoints; files: string; state: string }): string {
  const { api, tokenEndpoint, sqs, mail, sms, clock } = endpoints;
  return `
FOAD 128 is running.

  page     ${api}/   (in the browser: what anybody sees of the province; English under ${api}/en)
  desk     ${api}/desk   (in the browser: where officials work; choose who you want to be)
  API      ${api}   (try ${api}/v1/catalog)
  to read  ${api}/v1/docs   (in the browser: the whole API in Persian and English)
  tokens   ${tokenEndpoint}
  queues   ${sqs}
  files    ${files}   (S3 of this machine: what citizens send along goes here and no further)
  mail     ${mail}
  sms      ${sms}   (messages that would have gone to phones)
  clock    ${clock}
  state    ${state}   (endpoints.json has every address and client; logs/ has one file per function)

All of it listens on 127.0.0.1 alone, except DynamoDB Local: it cannot, and takes a random port on every address.

${firstComplaint(endpoints)}

In a second terminal, the first plays the whole story, the second serves a citizen's page, to file and follow a complaint:

  ${demoCommand(state)}
  ${demoCommand(state)} -- --web

Ctrl-C stops; everything filed is there again at the next start.
`;
}

/** The demo finds the province by its state folder, so the command names a folder that is not the default. */
function demoCommand(state: string): string {
  return state === defaultState ? "npm run demo" : `FOAD_STATE_FOLDER='${state}' npm run demo`;
}

function firstComplaint({ api, tokenEndpoint, sqs, queues, clients }: Endpoints): string {
  const frontEnd = Object.values(clients).find(({ scope, operatedBy }) => scope === "foad/front-end" && !operatedBy);
  const agency = Object.values(clients).find(({ agencyId }) => agencyId && agencyId in queues);
  const queue = queues[agency?.agencyId ?? ""];
  return `File a complaint by hand (needs curl):

  TOKEN=$(curl -s -u '${frontEnd?.clientId}:${frontEnd?.clientSecret}' -d grant_type=client_credentials \\
    ${tokenEndpoint} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

  curl -s -X POST ${api}/v1/complaints -H "Authorization: Bearer $TOKEN" \\
    -H 'Content-Type: application/json' -H "Idempotency-Key: first-$(date +%s)" -d '{
    "agencyId": "${agency?.agencyId}", "countyId": "${agency?.countyIds?.[0]}", "category": "postponed-without-reason",
    "channel": "${frontEnd?.channels?.[0]}", "description": "بی‌هیچ دلیلی گفتند هفتهٔ دیگر بیا." }'

and see what the agency finds in its queue:

  curl -s ${sqs}/ -H 'Content-Type: application/x-amz-json-1.0' \\
    -H 'X-Amz-Target: AmazonSQS.ReceiveMessage' -d '{"QueueUrl": "${queue}"}'`;
}

const project = fileURLToPath(new URL("../../..", import.meta.url));
// Without FOAD_PROVINCE the local cloud serves the pilot. Only a deployment must name its province.
const province = process.env.FOAD_PROVINCE || "qazvin";
const provinces = resolve(process.env.FOAD_PROVINCE_FOLDER || join(project, "infra", "provinces"));
const defaultState = join(project, ".local");
const state = resolve(process.env.FOAD_STATE_FOLDER || defaultState);
// In the state folder. Otherwise a second cloud with another state folder would overwrite the assembly of this one.
const outdir = resolve(process.env.CDK_OUTDIR || join(state, "cdk.out"));

const stopping = new AbortController();
let cloud: Promise<LocalCloud> | undefined;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
await main().catch(fail);

async function main(): Promise<void> {
  if (process.argv.length > 2)
    throw plainFailure(
      "npm start takes no arguments: FOAD_PROVINCE, PORT and FOAD_STATE_FOLDER are read from the environment.",
    );
  const port = portOf(process.env.PORT);
  // Checked before anything else: the synthesis would overwrite the assembly of a running cloud.
  refuseFolderInUse(state);
  await refuseTakenPorts(await choosePorts(port));
  refuseUnwritable(statePlace(state));
  say(`synthesizing the stacks of ${province}`);
  await synthesize({ project, province, provinces, outdir, signal: stopping.signal });
  if (stopping.signal.aborted) return;
  const provinceFile = join(provinces, `${province}.json`);
  cloud = startLocalCloud({ assembly: outdir, provinceFile, state, port, say });
  const { endpoints, environment, broken, runRarest } = await cloud;
  say("counting what is open, making the public page");
  await runRarest();
  if (stopping.signal.aborted) return;
  say("ready");
  console.log(welcome({ endpoints, files: environment.AWS_ENDPOINT_URL_S3 ?? "", state }));
  await broken;
  throw plainFailure(`DynamoDB Local ended by itself: ${join(state, "logs", "dynamodb.log")} says why; start again.`);
}

function say(line: string): void {
  console.log(`${(performance.now() / 1_000).toFixed(1).padStart(5)} s  ${line}`);
}

function portOf(text = "12800"): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_500) return port;
  throw plainFailure(`PORT must be a number from 1 to 65499, not "${text}".`);
}

/** A second signal ends this process at once. Each child process notices this and ends by itself. */
async function stop(status: number): Promise<void> {
  if (stopping.signal.aborted) process.exit(130);
  stopping.abort();
  console.log("\nstopping; everything filed stays in the state folder");
  await cloud?.then((running) => running.stop()).catch(fail);
  process.exit(status);
}

async function fail(thrown: unknown): Promise<never> {
  // The disk may have become full after the folder was tested. The person gets advice then, not a stack trace.
  const error = systemCode(thrown) === "ENOSPC" ? unusableFolder(statePlace(state), thrown) : thrown;
  console.error(isPlainFailure(error) ? error.message : error);
  stopping.abort();
  await cloud?.then((running) => running.stop()).catch(() => {});
  process.exit(1);
}
