import {
  CopyObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  paginateListObjectsV2,
  S3Client,
} from "@aws-sdk/client-s3";
import { type ObjectToCopy, type Version, versionsCurrentAt } from "./object-versions.ts";
import { commandLine, localVariables, printAndReturn, run } from "./program.ts";

const program = {
  usage: "npm run restore:files -- BACKUP BUCKET [--at 2026-11-26T08:30:00Z] [--local]",
  undone: "Not all is copied",
};
const atOnce = 20;

/**
 * `npm run restore:files -- BACKUP BUCKET`: copies what the backup of attachments has and the bucket lacks. What is there
 * is left; what was deleted since is no longer listed in the backup. `--at`: what the backup had at that instant instead, for a
 * bucket that was emptied by deletions, which were copied too. May be repeated. Works with the environment's credentials and
 * region, or with `--local` on the local cloud of `FOAD_STATE`.
 */
await run(program, main);

async function main(): Promise<number> {
  const { values, positionals } = commandLine(program, { local: { type: "boolean" }, at: { type: "string" } });
  const [backup, bucket] = positionals;
  if (!backup || !bucket || positionals.length > 2) return printAndReturn(`Which buckets? ${program.usage}`, 2);
  const at = values.at === undefined ? undefined : Date.parse(values.at);
  if (Number.isNaN(at)) return printAndReturn(`No instant: ${values.at}. ${program.usage}`, 2);
  if (values.local) process.loadEnvFile(localVariables);
  const client = new S3Client({ forcePathStyle: Boolean(values.local) });
  const there = new Set((await listed(client, bucket)).map(({ key }) => key));
  const had = at === undefined ? await listed(client, backup) : await hadAt(client, backup, at);
  if (had.length === 0)
    return printAndReturn("The backup lists nothing: were deletions copied? Then say --at, before they began.", 1);
  const lacking = had.filter(({ key }) => !there.has(key));
  const waiting = lacking.values();
  const copy = async () => {
    for (const { key: Key, versionId } of waiting) {
      const version = versionId === undefined ? "" : `?versionId=${versionId}`;
      const CopySource = `${encodeURI(`${backup}/${Key}`)}${version}`;
      await client.send(new CopyObjectCommand({ Bucket: bucket, Key, CopySource }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, copy));
  return printAndReturn(`${lacking.length} objects were missing and are copied; ${there.size} were there.`, 0);
}

async function listed(client: S3Client, Bucket: string): Promise<ObjectToCopy[]> {
  const all: ObjectToCopy[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
    all.push(...Contents.map(({ Key: key = "" }) => ({ key })));
  return all;
}

async function hadAt(client: S3Client, Bucket: string, at: number): Promise<ObjectToCopy[]> {
  const all: Version[] = [];
  for (let next: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {}; next; ) {
    const page: ListObjectVersionsCommandOutput = await client.send(new ListObjectVersionsCommand({ Bucket, ...next }));
    const { Versions = [], DeleteMarkers = [], NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
    all.push(...Versions.map((one) => ({ ...one, isDeletion: false })));
    all.push(...DeleteMarkers.map((one) => ({ ...one, isDeletion: true })));
    next = page.IsTruncated
      ? { ...(KeyMarker && { KeyMarker }), ...(VersionIdMarker && { VersionIdMarker }) }
      : undefined;
  }
  return versionsCurrentAt(all, at);
}
