import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readAssembly } from "../../../infra/local/cloudformation/assembly.ts";
import { type Release, Template } from "./deployed.ts";

/** The stacks of a synthesized assembly, in the order in which the CDK deploys them. */
export function readRelease(assembly: string): Release {
  const stacks = readAssembly(assembly).stacks.map(({ name }) => name);
  const read = (name: string) => JSON.parse(readFileSync(join(assembly, `${name}.template.json`), "utf8"));
  return new Map(stacks.map((name) => [name, Template.parse(read(name))]));
}
