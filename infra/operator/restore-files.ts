import { join } from "node:path";
import { parseArgs } from "node:util";
import { CopyObjectCommand, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";

const usage = "npm run restore:files -- BACKUP BUCKET [--local]";
const atOnce = 20;

/**
 * `npm run restore:files -- BACKUP BUCKET`: copies what the backup of attachments has and the bucket lacks. What is there
 * is left; what was deleted since is no longer listed in the backup. May be repeated. Works with the environment's credentials and
 * region, or with `--local` on the local cloud of `FOAD_STATE`.
 */
process.exitCode = await main().catch((error: unknown) =>
  said(`Not all is copied: ${error instanceof Error ? error.message || error.name : error}. ${usage}`, 1),
);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: { local: { type: "boolean" } }, allowPositionals: true });
  const [backup, bucket] = positionals;
  if (!backup || !bucket || positionals.length > 2) return said(`Which buckets? ${usage}`, 2);
  if (values.local) process.loadEnvFile(join(process.env.FOAD_STATE ?? ".local", "operator.env"));
  const client = new S3Client({ forcePathStyle: Boolean(values.local) });
  const there = new Set(await keysIn(client, bucket));
  const lacking = (await keysIn(client, backup)).filter((Key) => !there.has(Key));
  const waiting = lacking.values();
  const copy = async () => {
    for (const Key of waiting)
      await client.send(new CopyObjectCommand({ Bucket: bucket, Key, CopySource: encodeURI(`${backup}/${Key}`) }));
  };
  await Promise.all(Array.from({ length: atOnce }, copy));
  return said(`${lacking.length} objects were missing and are copied; ${there.size} were there.`, 0);
}

async function keysIn(client: S3Client, Bucket: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
    keys.push(...Contents.map(({ Key = "" }) => Key));
  return keys;
}

function said(line: string, status: number): number {
  process.stdout.write(`${line}\n`);
  return status;
}
