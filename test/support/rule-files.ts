import { globSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

const things =
  "audit,calls,complaints,deliveries,documents,escalation,figures,files,hours,identities,issues,messages,notices,people,proposals,retention,time,wording";

/** The files of rules: those of a thing whose name ends in no kind, and what stands at the top of `shared`. */
export const ruleFiles: readonly string[] = globSync([`{functions,shared}/{${things}}/*.ts`, "shared/*.ts"], {
  cwd: root,
}).filter((file) => !/\.(api|store|job|function)\.ts$/.test(file));
