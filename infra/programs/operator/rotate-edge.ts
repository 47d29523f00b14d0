import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { edgeRegion, readProvince } from "#infra/provinces/province-files.ts";
import { edgeSecretName } from "#shared/runtime/environment.ts";
import { commandLine, localVariables, printAndReturn, run } from "./program.ts";

const program = { usage: "npm run edge:rotate -- <province> [--local]", undone: "Nothing was changed" };
const otherKey = { a: "b", b: "a" } as const;
const Keys = z.record(z.string(), z.string());

/**
 * `npm run edge:rotate -- PROVINCE`: replaces the one of the edge's two keys that the edge does not send. Replacing the key
 * that it sends would refuse every caller. Therefore the deployed Edge stack must send the key that the province file names.
 * The program uses the province's region and the environment's credentials. With `--local` it uses the local cloud of
 * `FOAD_STATE_FOLDER`, where only the province file counts.
 */
await run(program, main);

async function main(): Promise<number> {
  const { values, positionals } = commandLine(program, { local: { type: "boolean" } });
  const [named, ...more] = positionals;
  if (!named || more.length > 0) return printAndReturn(`Which province? One at a time: ${program.usage}`, 2);
  const { id, region, edge } = readProvince(named);
  if (!edge) return printAndReturn(`${id} has no edge.`, 2);
  const sent = values.local ? edge.activeKey : await sentBy(`Foad-${id}-Edge`);
  if (sent !== edge.activeKey)
    return printAndReturn(
      `The deployed edge sends ${sent}, and the file says ${edge.activeKey}: deploy it first, or set it back.`,
      2,
    );
  if (values.local) process.loadEnvFile(localVariables);
  const secrets = new SecretsManagerClient(region && !values.local ? { region } : {});
  return renew(secrets, { id, sent: edge.activeKey });
}

/** Uses the AWS CLI, which operators have. An SDK client for one request would be one more package. */
async function sentBy(stack: string): Promise<string> {
  const query = "Stacks[0].Outputs[?OutputKey=='ActiveKey'].OutputValue";
  const place = ["--region", edgeRegion, "--stack-name", stack, "--output", "text", "--query", query];
  return (await promisify(execFile)("aws", ["cloudformation", "describe-stacks", ...place])).stdout.trim();
}

async function renew(secrets: SecretsManagerClient, { id, sent }: { id: string; sent: "a" | "b" }): Promise<number> {
  const SecretId = edgeSecretName(id);
  const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  const keys = { ...Keys.parse(JSON.parse(SecretString)), [otherKey[sent]]: randomBytes(48).toString("base64url") };
  await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(keys) }));
  return printAndReturn(
    `Key ${otherKey[sent]} is new. Functions know it in five minutes; what it was before holds nowhere from then on.`,
    0,
  );
}
