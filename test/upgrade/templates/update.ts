import { type Account, exportedBy, type Resource, readBy, type Template, textOf } from "./deployed.ts";
import { holding, names } from "./resource-kinds.ts";
import { tableRefusals } from "./table-change.ts";

export type Update = { stack: string; was: Template; is: Template; account: Account };

/** Why CloudFormation would refuse an update, or what it would lose; in words, and nothing where it goes through. */
export function refusalsOf(update: Update): string[] {
  return [...exportsInUse(update), ...missing(update), ...resourceRefusals(update), ...takenNames(update)];
}

/** What a stack was before it is made. */
export const emptyStack: Template = { Resources: {}, Outputs: {} };

/** Exports that go or change while another stack that is deployed imports them. */
function exportsInUse({ stack, was, is, account }: Update): string[] {
  const now = exportedBy(is);
  const gone = [...exportedBy(was)].flatMap(([name, value]) => (now.get(name) === value ? [] : [name]));
  return others(account, stack).flatMap(([user, template]) =>
    gone.filter((name) => readBy(template).imports.has(name)).map((name) => `the export ${name} is in use by ${user}`),
  );
}

/** What the new template reads and no stack puts out at this moment. */
function missing({ stack, is, account }: Update): string[] {
  const deployed = others(account, stack);
  const exported = new Set(deployed.flatMap(([, template]) => [...exportedBy(template).keys()]));
  const put = new Set(
    deployed.flatMap(([name, { Outputs }]) => Object.keys(Outputs).map((output) => `${name}.${output}`)),
  );
  const { imports, outputs } = readBy(is);
  return [...[...imports].filter((name) => !exported.has(name)), ...[...outputs].filter((name) => !put.has(name))].map(
    (name) => `reads ${name}, which no stack puts out`,
  );
}

function resourceRefusals({ was, is }: Update): string[] {
  return Object.entries(was.Resources).flatMap(([id, before]) => {
    const after = is.Resources[id];
    const refusals = after
      ? changeRefusals(before, after)
      : before.Type in holding
        ? ["leaves the stack, which loses what it holds"]
        : [];
    return refusals.map((refusal) => `${before.Type} ${id}: ${refusal}`);
  });
}

function changeRefusals(before: Resource, after: Resource): string[] {
  if (before.Type !== after.Type) return [`becomes a ${after.Type}, and a resource keeps its type`];
  const replacing = (holding[before.Type] ?? []).filter(
    (name) => JSON.stringify(before.Properties[name]) !== JSON.stringify(after.Properties[name]),
  );
  if (replacing.length > 0) return [`another is put in its place, since ${replacing.join(" and ")} changes`];
  return before.Type === "AWS::DynamoDB::Table" ? tableRefusals(before, after) : [];
}

/** What is made before anything is taken away finds its name taken: by this stack, by another, or by what one left. */
function takenNames({ stack, was, is, account }: Update): string[] {
  const taken = new Map(account.leftBehind);
  for (const [name, template] of [...others(account, stack), [stack, was] as const])
    for (const resource of Object.values(template.Resources)) {
      const own = nameOf(resource);
      if (own) taken.set(own, name);
    }
  return Object.entries(is.Resources).flatMap(([id, resource]) => {
    const name = nameOf(resource);
    const before = was.Resources[id];
    if (name === undefined || (before && nameOf(before) === name)) return [];
    const holder = taken.get(name);
    return holder === undefined ? [] : [`${id}: ${name} is taken, by ${holder}`];
  });
}

/** The account after an update: what was to be kept is left behind under its name. */
export function after({ stack, was, is, account }: Update): Account {
  const leftBehind = new Map(account.leftBehind);
  for (const [id, resource] of Object.entries(was.Resources)) {
    const name = nameOf(resource);
    const kept = resource.DeletionPolicy?.startsWith("Retain");
    if (kept && name !== undefined && !is.Resources[id]) leftBehind.set(name, `what ${stack} left behind`);
  }
  return { stacks: new Map(account.stacks).set(stack, is), leftBehind };
}

/** The kind and name of a resource that its template names. */
function nameOf({ Type, Properties }: Resource): string | undefined {
  const name = Properties[names[Type] ?? ""];
  return name === undefined ? undefined : `${Type} ${textOf(name)}`;
}

function others({ stacks }: Account, stack: string): [string, Template][] {
  return [...stacks].filter(([name]) => name !== stack);
}
