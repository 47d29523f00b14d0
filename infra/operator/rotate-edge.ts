import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { edgeSecretName } from "#shared/runtime/edge-names.ts";
import { readProvince } from "../settings.ts";

const usage = "npm run edge:rotate -- <province> --sent a|b [--local]";
const other = { a: "b", b: "a" } as const;
const Keys = z.record(z.string(), z.string());

/**
 * `npm run edge:rotate -- PROVINCE --sent KEY`: makes that of the edge's two keys anew which is not sent. `--sent` is what
 * the deployed Edge stack says, and has to be what the file says: one that is sent would shut everybody out. Works in
 * the province's region with the environment's credentials, or with `--local` on the local cloud of `FOAD_STATE`.
 */
process.exitCode = await main().catch((error: unknown) =>
  said(`Nothing was changed: ${error instanceof Error ? error.message || error.name : error}. ${usage}`, 1),
);

async function main(): Promise<number> {
  const options = { sent: { type: "string" }, local: { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { id, region, edge } = readProvince(positionals[0] ?? "");
  if (!edge) return said(`${id} has no edge.`, 2);
  if (values.sent !== edge.sends)
    return said(`The file says that ${edge.sends} is sent. Deploy it first, or say --sent ${edge.sends}: ${usage}`, 2);
  if (values.local) process.loadEnvFile(join(process.env.FOAD_STATE ?? ".local", "operator.env"));
  const secrets = new SecretsManagerClient(region && !values.local ? { region } : {});
  return renew(secrets, { id, sent: edge.sends });
}

async function renew(secrets: SecretsManagerClient, { id, sent }: { id: string; sent: "a" | "b" }): Promise<number> {
  const SecretId = edgeSecretName(id);
  const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  const keys = { ...Keys.parse(JSON.parse(SecretString)), [other[sent]]: randomBytes(48).toString("base64url") };
  await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(keys) }));
  return said(
    `Key ${other[sent]} is new. Functions know it in five minutes; what it was before holds nowhere from then on.`,
    0,
  );
}

function said(line: string, status: number): number {
  process.stdout.write(`${line}\n`);
  return status;
}
