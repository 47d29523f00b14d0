import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Template } from "aws-cdk-lib/assertions";
import { inject } from "vitest";

/** Folder of a province's synthesized assembly. */
export function assemblyOf(province: string): string {
  return inject("assemblies")[province] ?? "";
}

export function templateOf(province: string, part: string): Template {
  const file = join(assemblyOf(province), `Foad-${province}-${part}.template.json`);
  return Template.fromJSON(JSON.parse(readFileSync(file, "utf8")));
}
