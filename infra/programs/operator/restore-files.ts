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
const parallelCopies = 20;

/**
 * `npm run restore:files -- BACKUP BUCKET`: copies objects that the backup of attachments has and the bucket lacks. Objects that
 * the bucket has are not changed. Objects that were deleted on purpose are no longer listed in the backup, and are not copied.
 * `--at`: copies the objects that the backup listed at that instant. Use it if objects were deleted by mistake, because S3
 * replicates deletions to the backup. The program may be repeated. It uses the credentials and region of the environment, or
 * with `--local` the local cloud of `FOAD_STATE_FOLDER`.
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
  const present = new Set((await currentObjects(client, bucket)).map(({ key }) => key));
  const backedUp = at === undefined ? await currentObjects(client, backup) : await objectsAt(client, backup, at);
  if (backedUp.length === 0)
    return printAndReturn("The backup lists nothing: were deletions copied? Then say --at, before they began.", 1);
  const missing = backedUp.filter(({ key }) => !present.has(key));
  const remaining = missing.values();
  const copyRemaining = async () => {
    for (const { key: Key, versionId } of remaining) {
      const version = versionId === undefined ? "" : `?versionId=${versionId}`;
      const CopySource = `${encodeURI(`${backup}/${Key}`)}${version}`;
      await client.send(new CopyObjectCommand({ Bucket: bucket, Key, CopySource }));
    }
  };
  await Promise.all(Array.from({ length: parallelCopies }, copyRemaining));
  return printAndReturn(`${missing.length} objects were missing and are copied; ${present.size} were there.`, 0);
}

async function currentObjects(client: S3Client, Bucket: string): Promise<ObjectToCopy[]> {
  const all: ObjectToCopy[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
    all.push(...Contents.map(({ Key: key = "" }) => ({ key })));
  return all;
}

async function objectsAt(client: S3Client, Bucket: string, at: number): Promise<ObjectToCopy[]> {
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
