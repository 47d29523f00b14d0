import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { readAssembly } from "#infra/programs/local-cloud/cloudformation/deployment.ts";

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
});
export type Resource = z.infer<typeof Resource>;

export const Template = z.object({
  Resources: z.record(z.string(), Resource),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .default({}),
});
export type Template = z.infer<typeof Template>;

/** What one assembly deploys: its stacks by name, in the order in which they are deployed. */
export type Release = Map<string, Template>;

/** What an account holds at a moment. */
export type Account = {
  stacks: Release;
  /** Names that are taken by what a stack left behind, each with the stack that left it. */
  leftBehind: Map<string, string>;
};

/** What a stack reads of others: outputs, as `stack.output`, and exports by their names. */
export function readBy({ Resources, Outputs }: Template): { outputs: Set<string>; imports: Set<string> } {
  const read = { outputs: new Set<string>(), imports: new Set<string>() };
  JSON.stringify([Resources, Outputs], (key, value) => {
    if (key === "Fn::ImportValue") read.imports.add(textOf(value));
    if (key === "Fn::GetStackOutput") read.outputs.add(`${value.StackName}.${value.OutputName}`);
    return value;
  });
  return read;
}

/** What a stack exports: the values by the exports' names. */
export function exportedBy({ Outputs }: Template): Map<string, string> {
  return new Map(
    Object.values(Outputs).flatMap(({ Value, Export }) => (Export ? [[textOf(Export.Name), textOf(Value)]] : [])),
  );
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The stacks of a synthesized assembly, in the order in which the CDK deploys them. */
export function readRelease(assembly: string): Release {
  const stacks = readAssembly(assembly).stacks.map(({ name }) => name);
  const read = (name: string) => JSON.parse(readFileSync(join(assembly, `${name}.template.json`), "utf8"));
  return new Map(stacks.map((name) => [name, Template.parse(read(name))]));
}
