import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { caseNames } from "./cleaning-case.ts";
import { list, prices } from "./prices.ts";

/**
 * What it takes to make a file of ten megabytes anew: processor seconds and megabytes of a process that does nothing else,
 * on this machine, which is not Lambda's. Recordings but MP3 need an encoder to be made, so they are not here.
 */
const folder = mkdtempSync(join(tmpdir(), "foad-cleaning-"));
const Figures = z.object({ seconds: z.number(), peak: z.number(), out: z.union([z.number(), z.string()]) });
const program = join(import.meta.dirname, "cleaning-case.ts");
const run = (...args: string[]) =>
  execFileSync(process.execPath, [program, ...args], { encoding: "utf8", maxBuffer: 64 * 1_024 * 1_024 });

const megabytes = (bytes: number) => (bytes / 1_024 / 1_024).toFixed(1);
const taken: number[] = [];
for (const name of caseNames) {
  const [type = "", content = ""] = run("make", name).split("\n");
  const file = join(folder, name);
  writeFileSync(file, Buffer.from(content, "base64"));
  const { seconds, peak, out } = Figures.parse(JSON.parse(run("clean", file, type)));
  // The mean has one case of each type.
  if (!name.includes(",")) taken.push(seconds);
  const became = typeof out === "number" ? `${megabytes(out)} MB` : out;
  console.log(
    `${name.padEnd(20)} ${megabytes(statSync(file).size)} MB in, ${became} out: ${seconds.toFixed(1)} s of a processor, ${peak.toFixed(0)} MB at the most`,
  );
}

/** The function's memory in gigabytes, and a second beside the cleaning for start, thread and S3. */
const [memory, beside] = [2, 1];
const mean = taken.reduce((sum, seconds) => sum + seconds, 0) / taken.length + beside;
const { filePuts, fileGets } = list.perMillion;
const perMillion =
  memory * mean * prices.gbSeconds.dollars + 2 * prices.invocations.dollars + 4 * filePuts + 3 * fileGets;
console.log(
  `a thousand files: $${(perMillion / 1_000).toFixed(2)}, at ${mean.toFixed(1)} s of ${memory} GB and seven calls of S3 each`,
);
rmSync(folder, { recursive: true });
