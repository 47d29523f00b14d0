import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { acceptedIdleGrants, findingsIn } from "../support/unused-rights.ts";

/**
 * Reads the uses of grants that a run of the suite wrote into FOAD_GRANTS_FOLDER, and lists the grants without any use. The
 * same function of another province counts too: webhooks are played in Alborz alone.
 * `spare` is the reverse: statements that could be taken away without any call being refused.
 */
const folder = process.env.FOAD_GRANTS_FOLDER ?? ".local/grants";
const province = process.env.FOAD_PROVINCE ?? "qazvin";
const Grant = z.object({ id: z.string(), actions: z.array(z.string()), patterns: z.array(z.string()) });
const Use = z.object({
  id: z.string(),
  action: z.string(),
  pattern: z.string(),
  text: z.string(),
  isOnlyGrant: z.boolean(),
});
const Count = z.object({ judged: z.int(), refused: z.int() });

const others = globSync("Foad-*-Api.grants.json", { cwd: folder }).map((file) => file.split("-")[1]);
const ofAny = new RegExp(`(foad-)(?:${others.join("|")})(?=-)`, "gi");

const lines = globSync("*.jsonl", { cwd: folder })
  .flatMap((file) => readFileSync(join(folder, file), "utf8").replace(ofAny, `$1${province}`).split("\n"))
  .filter((line) => line !== "")
  .map((line) => z.union([Use, Count]).parse(JSON.parse(line)));
const uses = lines.filter((line) => "id" in line);
const counts = lines.filter((line) => "judged" in line);
const grants = globSync(`Foad-${province}-*.grants.json`, { cwd: folder }).flatMap((file) =>
  z.array(Grant).parse(JSON.parse(readFileSync(join(folder, file), "utf8"))),
);

const sum = (of: (count: z.infer<typeof Count>) => number) => counts.reduce((total, count) => total + of(count), 0);
console.log(
  `${sum(({ judged }) => judged)} calls judged, ${sum(({ refused }) => refused)} refused (clouds that were killed are not counted)`,
);
const found = findingsIn({ grants, uses });
for (const [kind, ones] of Object.entries(found)) {
  console.log(`${kind}: ${ones.length}`);
  for (const one of ones) console.log(`  ${one}`);
}
console.log("not seen here, and accepted:");
for (const { of, reason } of acceptedIdleGrants) console.log(`  ${of.source}  ${reason}`);
process.exitCode = Object.values(found).some((ones) => ones.length > 0) ? 1 : 0;
