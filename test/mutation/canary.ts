import { readFileSync } from "node:fs";
import * as z from "zod";

/**
 * Whether a mutation score may be believed: Stryker has told killed mutants as survived, and a run in which every test
 * fails for a reason of its own looks perfect. Of two mutants everybody knows the end: no test misses the first, and
 * nothing changes by the second. Run after `stryker run`; fails unless its report tells both as they are.
 */
const canaries = [
  { file: "shared/time/duration.ts", becomes: "Number(days) / 24", status: "Killed" },
  { file: "shared/time/duration.ts", becomes: '""', status: "Survived" },
];

const Mutant = z.object({ replacement: z.string().optional(), status: z.string() });
const Report = z.object({ files: z.record(z.string(), z.object({ mutants: z.array(Mutant) })) });

const path = process.argv[2] ?? ".stryker/mutation.json";
const { files } = Report.parse(JSON.parse(readFileSync(path, "utf8")));

const misjudged = canaries.filter(({ file, becomes, status }) => {
  const all = files[file]?.mutants ?? [];
  return !all.some((mutant) => mutant.replacement === becomes && mutant.status === status);
});

if (misjudged.length > 0) {
  const lines = misjudged.map(({ file, becomes, status }) => `  ${file}: ${becomes} must be ${status}\n`);
  process.stderr.write(`The mutation score is worth nothing:\n${lines.join("")}`);
  process.exitCode = 1;
}
