import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import * as z from "zod";
import { bucketFolders } from "#shared/runtime/keys.ts";
import type { Receipt } from "../support/api-caller.ts";
import { putMessage } from "../support/mailbox.ts";
import { killProcessesOf } from "../support/processes.ts";
import { sendForm, someFiles } from "../support/sample-files.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { isFull, sizeOf } from "../support/trial-size.ts";
import { attachmentsIn } from "../support/uploads.ts";

const cloud = withLocalCloud();
const { announced, uploadsOf, addedTo, download } = attachmentsIn(cloud);
const files = sizeOf("files");
const kills = isFull ? 20 : 4;

const Told = z.array(z.object({ attachmentId: z.string(), state: z.enum(["pending", "ready", "refused"]) }));
const kinds = Object.entries(someFiles);

type Sent = { receipt: Receipt; told: { key: string; etag: string } };

async function send(n: number): Promise<Sent> {
  const [contentType, content] = kinds[n % kinds.length] ?? ["image/png", new Uint8Array()];
  const receipt = await cloud.file();
  const upload = await announced(receipt, { contentType, size: content.length });
  expect(await sendForm(upload, new Uint8Array(content))).toMatchObject({ status: 204 });
  return { receipt, told: { key: upload.fields.key ?? "", etag: createHash("md5").update(content).digest("hex") } };
}

const stateOf = async ({ receipt }: Sent) => Told.parse(await uploadsOf(receipt))[0]?.state;

/** A queue gives a message back after six minutes of real time; until then S3 is let tell of the upload once more. */
async function tellAgain(all: Sent[]): Promise<void> {
  for (const one of all)
    if ((await stateOf(one)) === "pending") await putMessage(cloud.endpoints, "CleanerUploadsQueue", one.told);
  await cloud.quiet();
  for (const one of all) {
    const key = one.told.key.replace(bucketFolders.uploads, bucketFolders.cleaningResults);
    if ((await stateOf(one)) === "pending") await putMessage(cloud.endpoints, "AttachmentsVerdictsQueue", { key });
  }
  await cloud.quiet();
}

/** Ends what cleans and what confirms, by turns, at moments that nobody chose. */
async function killNow(turn: number): Promise<number> {
  await sleep(Math.random() * 700);
  return killProcessesOf(turn % 2 === 0 ? "cleanfile" : "addattachment");
}

test("however often what cleans and what confirms are killed, each file is one event or one refusal", {
  timeout: 1_800_000,
}, async () => {
  const all: Sent[] = [];
  let killed = 0;
  const every = Math.floor(files / kills);
  for (let n = 0; n < files; n++) {
    all.push(await send(n));
    if (n % every === every - 1) killed += await killNow(Math.floor(n / every));
  }
  for (let tries = 0; tries < 4; tries++) await tellAgain(all);
  expect(killed).toBeGreaterThan(0);
  const tally: Record<string, number> = {};
  for (const { receipt } of all) {
    const [told, ...more] = Told.parse(await uploadsOf(receipt));
    const added = await addedTo(receipt);
    expect(more).toEqual([]);
    expect(added).toHaveLength(told?.state === "ready" ? 1 : 0);
    tally[told?.state ?? "lost"] = (tally[told?.state ?? "lost"] ?? 0) + 1;
    if (told?.state === "ready") expect((await download("agency", receipt, told.attachmentId)).status).toBe(200);
  }
  process.stdout.write(`${files} files, ${killed} processes killed: ${JSON.stringify(tally)}\n`);
  expect(Object.keys(tally).sort()).not.toContain("pending");
  expect(tally.ready).toBeGreaterThan(files * 0.8);
});
