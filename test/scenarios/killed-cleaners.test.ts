import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import * as z from "zod";
import type { Receipt } from "../support/api-caller.ts";
import { attachmentsIn } from "../support/attachments.ts";
import { killProcessesOf } from "../support/function-processes.ts";
import { sendForm } from "../support/send-form.ts";
import { someFiles } from "../support/some-files.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const { announced, uploadsOf, addedTo, download } = attachmentsIn(cloud);
/** `npm run soak:files` sends two hundred and kills twenty times. */
const files = Number(process.env.FOAD_FILES ?? 15);
const kills = Number(process.env.FOAD_KILLS ?? 4);

const Told = z.array(z.object({ attachmentId: z.string(), state: z.enum(["pending", "ready", "refused"]) }));
const kinds = Object.entries(someFiles);

async function send(n: number): Promise<Receipt> {
  const [contentType, content] = kinds[n % kinds.length] ?? ["image/png", new Uint8Array()];
  const receipt = await cloud.file();
  const upload = await announced(receipt, { contentType, size: content.length });
  expect(await sendForm(upload, new Uint8Array(content))).toMatchObject({ status: 204 });
  return receipt;
}

/** Ends what cleans and what confirms, by turns, at moments that nobody chose. */
async function killNow(turn: number): Promise<number> {
  await sleep(Math.random() * 700);
  return killProcessesOf(turn % 2 === 0 ? "cleanfile" : "confirmattachment");
}

test("however often what cleans and what confirms are killed, each file is one event or one refusal", {
  timeout: 1_800_000,
}, async () => {
  const receipts: Receipt[] = [];
  let killed = 0;
  const every = Math.ceil(files / kills);
  for (let n = 0; n < files; n++) {
    receipts.push(await send(n));
    if (n % every === every - 1) killed += await killNow(n / every);
  }
  // What was taken by a process that died comes back once its time is over.
  for (let tries = 0; tries < 8; tries++) await cloud.clock.advance(7 * 60_000);
  expect(killed).toBeGreaterThan(0);
  const tally: Record<string, number> = {};
  for (const receipt of receipts) {
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
