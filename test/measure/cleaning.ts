import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { caseNames } from "./cleaning-case.ts";
import { list, prices } from "./prices.ts";

/**
 * What it takes to make a file of ten megabytes anew: processor seconds and megabytes of a process that does nothing else,
 * on this machine, which is not Lambda's. Recordings but MP3 need an encoder to be made, so they are not here. Lambda gives two gigabytes a little more than one processor.
 */
const folder = mkdtempSync(join(tmpdir(), "foad-cleaning-"));
const Figures = z.object({ seconds: z.number(), peak: z.number(), out: z.union([z.number(), z.string()]) });
const program = join(import.meta.dirname, "cleaning-case.ts");
const run = (...args: string[]) =>
  execFileSync(process.execPath, [program, ...args], { encoding: "utf8", maxBuffer: 64 * 1_024 * 1_024 });

const megabytes = (bytes: number) => (bytes / 1_024 / 1_024).toFixed(1);

/** Files of two megabytes, of a hundred that citizens send, and the seconds that one takes. */
const mix: Record<string, { of100: number; seconds: number }> = {
  "JPEG, 2 MB": { of100: 85, seconds: 0 },
  "PDF, 2 MB": { of100: 8, seconds: 0 },
  "MP3, 2 MB": { of100: 6, seconds: 0 },
  // A fifth of what a film of ten megabytes takes, which is measured in docs/research/recordings.md.
  film: { of100: 1, seconds: 3.2 },
};

for (const name of caseNames) {
  const [type = "", content = ""] = run("make", name).split("\n");
  const file = join(folder, name);
  writeFileSync(file, Buffer.from(content, "base64"));
  const { seconds, peak, out } = Figures.parse(JSON.parse(run("clean", file, type)));
  const often = mix[name];
  if (often) often.seconds = seconds;
  const became = typeof out === "number" ? `${megabytes(out)} MB` : out;
  console.log(
    `${name.padEnd(20)} ${megabytes(statSync(file).size)} MB in, ${became} out: ${seconds.toFixed(1)} s of a processor, ${peak.toFixed(0)} MB at the most`,
  );
}

/** The function's memory in gigabytes, and a second beside the cleaning for start, thread and S3. */
const [memory, beside] = [2, 1];
const mean = beside + Object.values(mix).reduce((sum, { of100, seconds }) => sum + (of100 * seconds) / 100, 0);
const { filePuts, fileGets } = list.perMillion;
const perMillion =
  memory * mean * prices.gbSeconds.dollars + 2 * prices.invocations.dollars + 4 * filePuts + 3 * fileGets;
console.log(
  `a thousand files of two megabytes, ${Object.entries(mix)
    .map(([name, { of100 }]) => `${of100} % ${name}`)
    .join(
      ", ",
    )}: $${(perMillion / 1_000).toFixed(3)}, at ${mean.toFixed(1)} s of ${memory} GB and seven calls of S3 each`,
);
rmSync(folder, { recursive: true });
