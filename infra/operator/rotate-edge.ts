import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { edgeSecretName } from "#shared/runtime/environment.ts";
import { edgeRegion, readProvince } from "../province-files.ts";
import { commandLine, localVariables, printAndReturn, run } from "./program.ts";

const program = { usage: "npm run edge:rotate -- <province> [--local]", undone: "Nothing was changed" };
const other = { a: "b", b: "a" } as const;
const Keys = z.record(z.string(), z.string());

/**
 * `npm run edge:rotate -- PROVINCE`: makes that of the edge's two keys anew which is not sent. Which one is, the deployed
 * Edge stack says, and it has to be what the file says: one that is sent would shut everybody out. Works in the province's
 * region with the environment's credentials, or with `--local` on the local cloud of `FOAD_STATE`, which goes by the file.
 */
await run(program, main);

async function main(): Promise<number> {
  const { values, positionals } = commandLine(program, { local: { type: "boolean" } });
  const [named, ...more] = positionals;
  if (!named || more.length > 0) return printAndReturn(`Which province? One at a time: ${program.usage}`, 2);
  const { id, region, edge } = readProvince(named);
  if (!edge) return printAndReturn(`${id} has no edge.`, 2);
  const sent = values.local ? edge.sends : await sentBy(`Foad-${id}-Edge`);
  if (sent !== edge.sends)
    return printAndReturn(
      `The deployed edge sends ${sent}, and the file says ${edge.sends}: deploy it first, or set it back.`,
      2,
    );
  if (values.local) process.loadEnvFile(localVariables);
  const secrets = new SecretsManagerClient(region && !values.local ? { region } : {});
  return renew(secrets, { id, sent: edge.sends });
}

/** By the command line that operators have: a client of CloudFormation for one look would be one package more. */
async function sentBy(stack: string): Promise<string> {
  const query = "Stacks[0].Outputs[?OutputKey=='Sends'].OutputValue";
  const place = ["--region", edgeRegion, "--stack-name", stack, "--output", "text", "--query", query];
  return (await promisify(execFile)("aws", ["cloudformation", "describe-stacks", ...place])).stdout.trim();
}

async function renew(secrets: SecretsManagerClient, { id, sent }: { id: string; sent: "a" | "b" }): Promise<number> {
  const SecretId = edgeSecretName(id);
  const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  const keys = { ...Keys.parse(JSON.parse(SecretString)), [other[sent]]: randomBytes(48).toString("base64url") };
  await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(keys) }));
  return printAndReturn(
    `Key ${other[sent]} is new. Functions know it in five minutes; what it was before holds nowhere from then on.`,
    0,
  );
}
