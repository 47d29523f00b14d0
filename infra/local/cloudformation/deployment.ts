import { plainFailure } from "../machine/plain-failure.ts";
import type { Assembly, Stack } from "./assembly.ts";
import { inDependencyOrder } from "./dependency-order.ts";
import { references, resolve, type Scope } from "./intrinsics.ts";
import type { Made, Maker } from "./local-service.ts";

type Makers = Record<string, Maker>;

type Deployment = {
  assembly: Assembly;
  makers: Makers;
  /** The value of a secret, by its name. */
  secret?: (name: string) => string;
};

/** Makes every resource of the assembly, as CloudFormation would: what is referred to first. */
export async function deploy({ assembly, makers, secret = noSecret }: Deployment): Promise<void> {
  refuseUnknownTypes(assembly, makers);
  const earlier: StackOutputs = { outputs: new Map(), exports: new Map() };
  for (const stack of assembly.stacks) await deployStack({ stack, assembly, makers, secret, earlier });
}

function noSecret(name: string): string {
  throw new Error(`There is no secret ${name}.`);
}

/** What later stacks can read of the earlier ones: outputs, by stack and name, and exports, by their name alone. */
type StackOutputs = { outputs: Map<string, string>; exports: Map<string, string> };

type StackDeployment = Required<Deployment> & { stack: Stack; earlier: StackOutputs };

async function deployStack({ stack, assembly, makers, secret, earlier }: StackDeployment): Promise<void> {
  const made = new Map<string, Made>();
  const scope = scopeOf({ stack, made, earlier, secret });
  for (const logicalId of creationOrder(stack)) {
    const resource = stack.template.Resources[logicalId];
    if (!resource) continue;
    const properties = resolve(resource.Properties ?? {}, scope);
    const declared = { type: resource.Type, stack: stack.name, logicalId, properties, asset: assetOf(assembly) };
    const result = await makers[resource.Type]?.(declared);
    if (result) made.set(logicalId, result);
  }
  for (const [name, { Value, Export }] of Object.entries(stack.template.Outputs)) {
    const value = String(resolve(Value, scope));
    earlier.outputs.set(outputId(stack.name, name), value);
    if (Export) earlier.exports.set(String(resolve(Export.Name, scope)), value);
  }
}

function creationOrder({ template }: Stack): string[] {
  const dependencies = Object.entries(template.Resources).map(
    ([logicalId, { Properties, DependsOn }]): [string, string[]] => [
      logicalId,
      [...DependsOn, ...references(Properties)],
    ],
  );
  return inDependencyOrder(new Map(dependencies));
}

const outputId = (stack: string, name: string) => `${stack}.${name}`;

type Around = Pick<StackDeployment, "stack" | "earlier" | "secret"> & { made: Map<string, Made> };

function scopeOf({ stack, made, earlier, secret }: Around): Scope {
  const madeBy = (logicalId: string) => {
    const resource = made.get(logicalId);
    if (!resource) throw new Error(`${stack.name} refers to ${logicalId}, which is no resource of it.`);
    return resource;
  };
  return {
    stack: stack.name,
    secret,
    ref: (logicalId) => madeBy(logicalId).ref,
    attribute: (logicalId, name) => {
      const value = madeBy(logicalId).attributes?.[name];
      if (value === undefined)
        throw new Error(`The local cloud gives ${logicalId} of ${stack.name} no attribute ${name}.`);
      return value;
    },
    exported: (name) => {
      const value = earlier.exports.get(name);
      if (value === undefined) throw new Error(`${stack.name} imports ${name}, which no earlier stack exports.`);
      return value;
    },
    output: (producer, name) => {
      const value = earlier.outputs.get(outputId(producer, name));
      if (value === undefined)
        throw new Error(`${stack.name} reads ${name} of ${producer}, which puts out no such thing.`);
      return value;
    },
  };
}

function refuseUnknownTypes({ stacks }: Assembly, makers: Makers): void {
  const unknown = stacks.flatMap(({ name, template }) =>
    Object.entries(template.Resources).flatMap(([logicalId, { Type }]) =>
      Type in makers ? [] : [`${Type} (${logicalId} of ${name})`],
    ),
  );
  if (unknown.length > 0)
    throw plainFailure(
      `The local cloud cannot make ${unknown.join(", ")}: add the type to a service under infra/local, or to inert.ts if nothing here depends on it.`,
    );
}

function assetOf({ assets }: Assembly): (objectKey: string) => string {
  return (objectKey) => {
    const path = assets.get(objectKey);
    if (path === undefined) throw new Error(`The assembly has no asset ${objectKey}.`);
    return path;
  };
}
