import { writeFileSync } from "node:fs";
import { asyncapi } from "../descriptions/asyncapi.ts";
import { openapi } from "../openapi/openapi.ts";
import { breakingChanges, contractFacts, lastRelease, lastReleaseFile } from "./breaking-changes.ts";

/**
 * `npm run release:documents`: stores today's contract, so that later contracts are compared with it. Lists the breaking changes
 * since the last release, and stores nothing if there are any. `--break` stores the contract all the same; it is allowed only
 * before the first province is deployed.
 */
const after = contractFacts({ openapi, asyncapi });
const broken = breakingChanges({ before: lastRelease() ?? after, after });
for (const sentence of broken) process.stderr.write(`${sentence}\n`);
if (broken.length > 0 && !process.argv.includes("--break")) process.exitCode = 1;
else writeFileSync(lastReleaseFile, `${JSON.stringify(after)}\n`);
