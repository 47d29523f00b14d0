import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ContractFacts } from "./contract-facts.ts";

export const lastReleaseFile = join(import.meta.dirname, "last-release.json");

/** What was released last; undefined before the first. */
export function lastRelease(): ContractFacts | undefined {
  return existsSync(lastReleaseFile)
    ? ContractFacts.parse(JSON.parse(readFileSync(lastReleaseFile, "utf8")))
    : undefined;
}
