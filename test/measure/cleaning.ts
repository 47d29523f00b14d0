import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { caseNames } from "./cleaning-case.ts";
import { list, prices } from "./prices.ts";

/**
 * What it takes to make a file anew: processor seconds and megabytes of a process that does nothing else, on this machine,
 * which is not Lambda's. Lambda gives two gigabytes a little more than one processor. Recordings but MP3 need an encoder to
 * be made, so they are not here.
 */
const folder = mkdtempSync(join(tmpdir(), "foad-cleaning-"));
const Figures = z.object({ seconds: z.number(), peak: z.number(), out: z.union([z.number(), z.string()]) });
const program = join(import.meta.dirname, "cleaning-case.ts");
const run = (...args: string[]) =>
  execFileSync(process.execPath, [program, ...args], { encoding: "utf8", maxBuffer: 64 * 1_024 * 1_024 });

const megabytes = (bytes: number) => (bytes / 1_024 / 1_024).toFixed(1);

/** How many of a hundred files that citizens send are of each case. */
const mix = { "JPEG, 2 MB": 85, "PDF, 2 MB": 8, "MP3, 2 MB": 6, "film, 2 MB": 1 };
/** No film is made here. One of 10 MB took 15.8 s (`docs/research/recordings.md`); a fifth is assumed for 2 MB. */
const secondsOf = new Map([["film, 2 MB", 15.8 / 5]]);

for (const name of caseNames) {
  const [type = "", content = ""] = run("make", name).split("\n");
  const file = join(folder, name);
  writeFileSync(file, Buffer.from(content, "base64"));
  const { seconds, peak, out } = Figures.parse(JSON.parse(run("clean", file, type)));
  secondsOf.set(name, seconds);
  const became = typeof out === "number" ? `${megabytes(out)} MB` : out;
  console.log(
    `${name.padEnd(20)} ${megabytes(statSync(file).size)} MB in, ${became} out: ${seconds.toFixed(1)} s of a processor, ${peak.toFixed(0)} MB at the most`,
  );
  if (name in mix && typeof out === "string") throw new Error(`${name} was refused, so the price would be wrong`);
}

/** The function's memory in gigabytes, and a second beside the cleaning for start, thread and S3. */
const [memory, beside] = [2, 1];
const shares = Object.entries(mix);
const mean = shares.reduce((sum, [name, share]) => sum + (share / 100) * (secondsOf.get(name) ?? Number.NaN), beside);
const { filePuts, fileGets } = list.perMillion;
const perMillion =
  memory * mean * prices.gbSeconds.dollars + 2 * prices.invocations.dollars + 4 * filePuts + 3 * fileGets;
const shown = shares.map(([name, share]) => `${share} % ${name}`).join("; ");
console.log(
  `a thousand files (${shown}): $${(perMillion / 1_000).toFixed(3)}, at ${mean.toFixed(1)} s of ${memory} GB and seven calls of S3 each`,
);
rmSync(folder, { recursive: true });
