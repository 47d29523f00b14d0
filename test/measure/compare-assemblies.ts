import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod";

/**
 * `node test/measure/compare-assemblies.ts BEFORE AFTER`: names every resource that one of two synthesized assemblies has and
 * the other has not, and those whose properties differ, by stack and logical id. Code's own hash is no difference.
 */
const Template = z.object({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.unknown().optional() })),
});

const [before = "", after = ""] = process.argv.slice(2);
const found = [before, after].map((folder) => globSync("*.template.json", { cwd: folder || "nowhere" }));
for (const [n, folder] of [before, after].entries())
  if (!found[n]?.length)
    throw new Error(`no template lies in "${folder}": node test/measure/compare-assemblies.ts BEFORE AFTER`);
const names = new Set(found.flat());
for (const name of [...names].sort()) compare(basename(name, ".template.json"), read(before, name), read(after, name));

function read(folder: string, name: string) {
  const file = globSync(name, { cwd: folder })[0];
  return file ? Template.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))).Resources : {};
}

function compare(stack: string, was: Resources, is: Resources): void {
  const ids = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  const same = ids.filter((id) => was[id] && is[id] && textOf(was[id]) === textOf(is[id]));
  console.log(`${stack}: ${same.length} resources are the same`);
  for (const id of ids) {
    if (!was[id]) console.log(`  new      ${is[id]?.Type} ${id}`);
    else if (!is[id]) console.log(`  gone     ${was[id]?.Type} ${id}`);
    else if (textOf(was[id]) !== textOf(is[id]))
      console.log(`  changed  ${is[id]?.Type} ${id}: ${changed(was[id], is[id])}`);
  }
}
type Resource = z.infer<typeof Template>["Resources"][string];
type Resources = Record<string, Resource>;

/** Which attributes and properties differ. */
function changed(was: Resource, is: Resource): string {
  const flat = ({ Properties, ...attributes }: Resource) => ({ ...attributes, ...Object(Properties) });
  const [one, other]: Record<string, unknown>[] = [flat(was), flat(is)];
  const names = [...new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])];
  return names.filter((name) => textOf(one?.[name]) !== textOf(other?.[name])).join(", ");
}

function textOf(value: unknown): string {
  return (JSON.stringify(value) ?? "")
    .replace(/"[0-9a-f]{64}\.zip"/g, '"code"')
    .replace(/"(asset|aws:asset):?[^"]*":"[^"]*"/g, "");
}
