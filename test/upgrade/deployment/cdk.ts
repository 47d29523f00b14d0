import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SignatureV4 } from "@smithy/signature-v4";

/** Takes a stack's protection away, as `aws cloudformation update-termination-protection` does: the CDK has no word for it. */
export async function withoutProtection(StackName: string): Promise<void> {
  const { region, credentials, sha256 } = new DynamoDBClient({}).config;
  const signer = new SignatureV4({ service: "cloudformation", region, credentials, sha256 });
  const endpoint = process.env.AWS_ENDPOINT_URL ?? `https://cloudformation.${await region()}.amazonaws.com`;
  const { protocol, hostname, port, host } = new URL(endpoint);
  const body = new URLSearchParams({
    Action: "UpdateTerminationProtection",
    Version: "2010-05-15",
    StackName,
    EnableTerminationProtection: "false",
  }).toString();
  const headers = { host, "content-type": "application/x-www-form-urlencoded" };
  const request = { method: "POST", protocol, hostname, port: Number(port) || undefined, path: "/", headers, body };
  const signed = await signer.sign({ ...request, query: {} } as Parameters<typeof signer.sign>[0]);
  const answer = await fetch(endpoint, { method: "POST", headers: signed.headers, body });
  if (!answer.ok) throw new Error(`${StackName} keeps its protection: ${await answer.text()}`);
}

/** The code of some commit, and the province that it is run for. */
export type Deployed = { code: string; province: string };

export const stackOf = ({ province }: Deployed, part: string) => `Foad-${province}-${part}`;

/** Runs the CDK's own command line on what the code synthesizes; rejects with what it said where it fails. */
export async function cdk(deployed: Deployed, ...args: string[]): Promise<void> {
  const outdir = join(deployed.code, "cdk.out", deployed.province);
  const env = { ...process.env, FOAD_PROVINCE: deployed.province, CDK_OUTDIR: outdir, CI: "true" };
  const run = async (command: string[]) => {
    const child = spawn(process.execPath, command, { cwd: deployed.code, env, stdio: ["ignore", "pipe", "pipe"] });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => said.push(chunk));
    const [status] = await once(child, "close");
    if (status !== 0) throw new Error(`cdk ${args.join(" ")}: ${lastOf(said)}`);
  };
  await run(["infra/app.ts"]);
  await run([join("node_modules", "aws-cdk", "bin", "cdk"), ...args, "--app", outdir]);
}

/** Its last words; before them it lists everything that it uploads. */
const lastOf = (said: Buffer[]) => Buffer.concat(said).toString().trim().split("\n").slice(-12).join("\n");

/** All stacks of the province, in the order in which they need each other; without change sets, which emulators lack. */
export const deploy = (deployed: Deployed) =>
  cdk(deployed, "deploy", "--all", "--method=direct", "--require-approval=never");

export const destroy = (deployed: Deployed, ...parts: string[]) =>
  cdk(deployed, "destroy", ...parts.map((part) => stackOf(deployed, part)), "--force");
