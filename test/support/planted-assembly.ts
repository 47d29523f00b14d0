import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { physicalName } from "#infra/programs/local-cloud/cloudformation/resources.ts";
import { assemblyOf } from "./synthesized.ts";

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Statement = z.looseObject({
  Action: oneOrMore,
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
export type Statement = z.infer<typeof Statement>;
const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.looseObject({ PolicyDocument: z.looseObject({ Statement: z.array(Statement) }).optional() }).optional(),
});
const Template = z.looseObject({ Resources: z.record(z.string(), Resource) });
type Template = z.infer<typeof Template>;

/** A fault of one policy, or of a resource: by the beginning of its logical id. */
export type Fault = {
  stack: string;
  of: string;
  /** Changes its statements. */
  change?: (statements: Statement[]) => Statement[];
  /** Takes one of its properties away. Where neither is said, the resource is. */
  lacks?: string;
};

/** A copy of Qazvin's assembly in which these policies are wrong. */
export function assemblyWithFaults(folder: string, faults: Fault[]): string {
  const assembly = join(folder, "assembly");
  cpSync(assemblyOf("qazvin"), assembly, { recursive: true });
  for (const fault of faults) plantFault(assembly, fault);
  return assembly;
}

function plantFault(assembly: string, { stack, of, change, lacks }: Fault): void {
  const file = join(assembly, `Foad-qazvin-${stack}.template.json`);
  const template = Template.parse(JSON.parse(readFileSync(file, "utf8")));
  const hit = Object.keys(template.Resources).filter((id) => id.startsWith(of) && isRight(template, id));
  if (hit.length !== 1) throw new Error(`${of} is in ${stack}: ${hit.join(", ") || "not"}`);
  const properties = template.Resources[hit[0] ?? ""]?.Properties ?? {};
  const document = properties.PolicyDocument;
  if (lacks) {
    if (!(lacks in properties)) throw new Error(`${of} has no ${lacks}`);
    delete properties[lacks];
  } else if (!change || !document) {
    delete template.Resources[hit[0] ?? ""];
  } else {
    const changed = change(document.Statement);
    if (JSON.stringify(changed) === JSON.stringify(document.Statement)) throw new Error(`${of} is as it was`);
    document.Statement = changed;
  }
  const text = JSON.stringify(template);
  // What waited for the resource waits no more.
  writeFileSync(file, change || lacks ? text : text.replaceAll(new RegExp(`"${hit[0]}",|,?"${hit[0]}"`, "g"), ""));
}

function isRight({ Resources }: Template, id: string): boolean {
  return /::(Policy|QueuePolicy|Permission)$/.test(Resources[id]?.Type ?? "");
}

/** The logical id in Qazvin's template that begins so, of a type that ends so. */
export function logicalIdIn(stack: string, { of, type }: { of: string; type: string }): string {
  const file = join(assemblyOf("qazvin"), `Foad-qazvin-${stack}.template.json`);
  const { Resources } = Template.parse(JSON.parse(readFileSync(file, "utf8")));
  const [id] =
    Object.entries(Resources).find(([id, { Type }]) => id.startsWith(of) && Type.endsWith(`::${type}`)) ?? [];
  if (!id) throw new Error(`${stack} has no ${type} ${of}`);
  return id;
}

/** The name under which the local cloud runs a function of the Processing stack, by the start of its logical id. */
export function processingFunction(of: string): string {
  const logicalId = logicalIdIn("Processing", { of, type: "Function" });
  return physicalName({ stack: "Foad-qazvin-Processing", logicalId, longest: 64 });
}
