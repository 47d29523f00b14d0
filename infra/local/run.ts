import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type LocalCloud, startLocalCloud } from "./local-cloud.ts";
import { isPlainFailure, plainFailure, systemCode } from "./machine/plain-failure.ts";
import { choosePorts, refuseTakenPorts } from "./machine/ports.ts";
import { refuseFolderInUse } from "./machine/state-folder.ts";
import { refuseUnwritable, statePlace, unusableFolder } from "./machine/unusable-folder.ts";
import { welcome } from "./screen.ts";
import { synthesize } from "./synthesis.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
// The pilot is what is shown where nobody names another; a deployment must name its province.
const province = process.env.FOAD_PROVINCE || "qazvin";
const provinces = resolve(process.env.FOAD_PROVINCES || join(project, "infra", "provinces"));
const state = resolve(process.env.FOAD_STATE || join(project, ".local"));
// In the state folder, or a second cloud with a state of its own would write over what this one serves.
const outdir = resolve(process.env.CDK_OUTDIR || join(state, "cdk.out"));

const stopping = new AbortController();
let cloud: Promise<LocalCloud> | undefined;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
await main().catch(fail);

async function main(): Promise<void> {
  if (process.argv.length > 2)
    throw plainFailure(
      "npm start takes no arguments: FOAD_PROVINCE, PORT and FOAD_STATE are read from the environment.",
    );
  const port = portOf(process.env.PORT);
  // Before anything else: the synthesis alone would write into the folder that the running cloud serves from.
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

/** A second signal ends this process at once, without waiting: each child notices that it is gone and ends by itself. */
async function stop(status: number): Promise<void> {
  if (stopping.signal.aborted) process.exit(130);
  stopping.abort();
  console.log("\nstopping; everything filed stays in the state folder");
  await cloud?.then((running) => running.stop()).catch(fail);
  process.exit(status);
}

async function fail(thrown: unknown): Promise<never> {
  // Whoever wrote: a disk that filled up since the folder was tried is no fault of this code.
  const error = systemCode(thrown) === "ENOSPC" ? unusableFolder(statePlace(state), thrown) : thrown;
  console.error(isPlainFailure(error) ? error.message : error);
  stopping.abort();
  await cloud?.then((running) => running.stop()).catch(() => {});
  process.exit(1);
}
