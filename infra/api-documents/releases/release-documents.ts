import { writeFileSync } from "node:fs";
import { asyncapi } from "../asyncapi.ts";
import { openapi } from "../openapi/openapi.ts";
import { breakingChanges, contractFacts, lastRelease, lastReleaseFile } from "./breaking-changes.ts";

/**
 * `npm run release:documents`: today's contract becomes what later ones are held to. Refuses one that breaks what was
 * released; with `--break`, before the first province is deployed, it says what broke.
 */
const after = contractFacts({ openapi, asyncapi });
const broken = breakingChanges({ before: lastRelease() ?? after, after });
for (const sentence of broken) process.stderr.write(`${sentence}\n`);
if (broken.length > 0 && !process.argv.includes("--break")) process.exitCode = 1;
else writeFileSync(lastReleaseFile, `${JSON.stringify(after)}\n`);
