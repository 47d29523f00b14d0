import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod";

const Resource = z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
type Resource = z.infer<typeof Resource>;
const Template = z.object({ Resources: z.record(z.string(), Resource) });
const Named = z.object({ Environment: z.object({ Variables: z.object({ POWERTOOLS_SERVICE_NAME: z.string() }) }) });

type ChangedResources = {
  /** Functions whose code differs and nothing else, by name. */
  functions: string[];
  /** Every other resource that differs: its stack, what became of it, its type and logical id. */
  others: string[];
};

/** What differs between two assemblies of one province. */
export function changedResources(before: string, after: string): ChangedResources {
  const touched: ChangedResources = { functions: [], others: [] };
  for (const stack of stacksOf(before, after)) {
    const [was, is] = [resourcesOf(before, stack), resourcesOf(after, stack)];
    for (const id of new Set([...Object.keys(was), ...Object.keys(is)]))
      note(touched, { stack, id, oldResource: was[id], newResource: is[id] });
  }
  touched.functions.sort();
  return touched;
}
type ResourceBeforeAndAfter = {
  stack: string;
  id: string;
  oldResource: Resource | undefined;
  newResource: Resource | undefined;
};

function note(
  { functions, others }: ChangedResources,
  { stack, id, oldResource, newResource }: ResourceBeforeAndAfter,
): void {
  if (JSON.stringify(oldResource) === JSON.stringify(newResource)) return;
  const part = stack.split("-").slice(2).join("-");
  if (oldResource && newResource && withoutCode(oldResource) === withoutCode(newResource))
    functions.push(Named.parse(newResource.Properties).Environment.Variables.POWERTOOLS_SERVICE_NAME);
  else
    others.push(
      `${part}: ${!oldResource ? "new" : newResource ? "changed" : "gone"} ${(newResource ?? oldResource)?.Type} ${id}`,
    );
}

/** Where the code lies is said twice: to CloudFormation, and in metadata to who debugs. */
function withoutCode({ Metadata: _, Properties: { Code: __, ...properties }, ...resource }: Resource): string {
  return JSON.stringify([resource, properties]);
}

function stacksOf(...folders: string[]): Set<string> {
  return new Set(
    folders.flatMap((cwd) => globSync("*.template.json", { cwd }).map((name) => basename(name, ".template.json"))),
  );
}

function resourcesOf(folder: string, stack: string): Record<string, Resource> {
  const [file] = globSync(`${stack}.template.json`, { cwd: folder });
  return file ? Template.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))).Resources : {};
}
