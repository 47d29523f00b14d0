import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Template } from "aws-cdk-lib/assertions";
import { inject } from "vitest";

/** Folder of a province's synthesized assembly. */
export function assemblyOf(province: string): string {
  return inject("assemblies")[province] ?? "";
}

/** Makes a folder, which is not there yet, one in which `npm start` finds Qazvin as it was synthesized before of the same sources. */
export function provideAssembly(folder: string): void {
  symlinkSync(assemblyOf("qazvin"), folder);
}

export function templateOf(province: string, part: string): Template {
  const file = join(assemblyOf(province), `Foad-${province}-${part}.template.json`);
  return Template.fromJSON(JSON.parse(readFileSync(file, "utf8")));
}
