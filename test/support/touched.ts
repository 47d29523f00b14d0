import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod";

const Resource = z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
type Resource = z.infer<typeof Resource>;
const Template = z.object({ Resources: z.record(z.string(), Resource) });
const Named = z.object({ Environment: z.object({ Variables: z.object({ POWERTOOLS_SERVICE_NAME: z.string() }) }) });

type Touched = {
  /** Functions whose code differs and nothing else, by name. */
  functions: string[];
  /** Every other resource that differs: its stack, what became of it, its type and logical id. */
  others: string[];
};

/** What differs between two assemblies of one province. */
export function touchedBetween(before: string, after: string): Touched {
  const touched: Touched = { functions: [], others: [] };
  for (const stack of stacksOf(before, after)) {
    const [was, is] = [resourcesOf(before, stack), resourcesOf(after, stack)];
    for (const id of new Set([...Object.keys(was), ...Object.keys(is)]))
      note(touched, { stack, id, was: was[id], is: is[id] });
  }
  touched.functions.sort();
  return touched;
}
type Pair = { stack: string; id: string; was: Resource | undefined; is: Resource | undefined };

function note({ functions, others }: Touched, { stack, id, was, is }: Pair): void {
  if (JSON.stringify(was) === JSON.stringify(is)) return;
  const part = stack.split("-").slice(2).join("-");
  if (was && is && withoutCode(was) === withoutCode(is))
    functions.push(Named.parse(is.Properties).Environment.Variables.POWERTOOLS_SERVICE_NAME);
  else others.push(`${part}: ${!was ? "new" : is ? "changed" : "gone"} ${(is ?? was)?.Type} ${id}`);
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
