import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { account, partition, region, urlSuffix } from "../machine/aws-account.ts";
import { plainFailure } from "../machine/errors.ts";
import type { CreatedResource, CreateResource } from "./resources.ts";

/** Returns the keys in an order in which each follows its dependencies. Dependencies that are no keys are ignored. */
function inDependencyOrder(dependencies: Map<string, Iterable<string>>): string[] {
  const ordered = new Set<string>();
  const visit = (key: string, path: string[]) => {
    if (ordered.has(key)) return;
    if (path.includes(key)) throw new Error(`These depend on each other: ${[...path, key].join(" → ")}`);
    for (const needed of dependencies.get(key) ?? []) if (dependencies.has(needed)) visit(needed, [...path, key]);
    ordered.add(key);
  };
  for (const key of dependencies.keys()) visit(key, []);
  return [...ordered];
}

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      /** `aws://<account>/<region>`; a part is `unknown-…` if the province does not name it. */
      environment: z.string().default("aws://"),
      dependencies: z.array(z.string()).default([]),
      properties: z
        .object({ templateFile: z.string(), stackName: z.string().optional(), file: z.string() })
        .partial()
        .default({}),
    }),
  ),
});

const AssetFiles = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string().optional() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.unknown().optional(),
      DependsOn: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
    }),
  ),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .default({}),
});
type Template = z.infer<typeof Template>;

type Stack = { name: string; template: Template };

export type Assembly = {
  /** Each stack stands after the ones it depends on. */
  stacks: Stack[];
  /** The file or folder behind the object key that a template names. */
  assets: Map<string, string>;
};

const stackType = "aws:cloudformation:stack";
const assetsType = "cdk:asset-manifest";

/** Reads the assembly that `node infra/app.ts` wrote into the folder. */
export function readAssembly(folder: string): Assembly {
  const { artifacts } = parseFile(join(folder, "manifest.json"), Manifest);
  const ordered = inDependencyOrder(
    new Map(Object.entries(artifacts).map(([id, { dependencies }]) => [id, dependencies])),
  );
  const artifactsOf = (type: string) =>
    ordered.flatMap((id) =>
      artifacts[id]?.type === type ? [{ id, environment: artifacts[id].environment, ...artifacts[id].properties }] : [],
    );
  return {
    stacks: artifactsOf(stackType).map(({ id, environment, stackName = id, templateFile = `${id}.template.json` }) => ({
      name: stackName,
      template: parseFile(join(folder, templateFile), Template, (text) => withLocalAccount(text, environment)),
    })),
    assets: new Map(artifactsOf(assetsType).flatMap(({ file }) => (file ? assetsOf(folder, file) : []))),
  };
}

/** If the province names its account and region, they are in the templates as text. They are replaced by the local ones. */
function withLocalAccount(text: string, environment: string): string {
  const [namedAccount = "", namedRegion = ""] = environment.replace("aws://", "").split("/");
  const replaced = namedAccount === "" ? text : text.replaceAll(namedAccount, account);
  return namedRegion === "" ? replaced : replaced.replaceAll(namedRegion, region);
}

function assetsOf(folder: string, file: string): [string, string][] {
  const { files } = parseFile(join(folder, file), AssetFiles);
  return Object.values(files).flatMap(({ source: { path }, destinations }) =>
    path === undefined
      ? []
      : Object.values(destinations).map(({ objectKey }): [string, string] => [objectKey, join(folder, path)]),
  );
}

function parseFile<S extends z.ZodType>(file: string, schema: S, read = (text: string) => text): z.infer<S> {
  try {
    return schema.parse(JSON.parse(read(readFileSync(file, "utf8"))));
  } catch (cause) {
    throw plainFailure(
      `${file} is not what the synthesis should have written: run "npm run synth" and read what it says.`,
      cause,
    );
  }
}

/** The values of a template's references: resources of its own stack, and outputs and exports of earlier stacks. */
export type Scope = {
  stack: string;
  ref(logicalId: string): string;
  attribute(logicalId: string, name: string): string;
  exported(name: string): string;
  output(stack: string, name: string): string;
  /** Returns the value of a secret by its name. */
  secret(name: string): string;
};

const absent = Symbol("AWS::NoValue");

const pseudoParameters: Record<string, (scope: Scope) => unknown> = {
  "AWS::AccountId": () => account,
  "AWS::Region": () => region,
  "AWS::Partition": () => partition,
  "AWS::URLSuffix": () => urlSuffix,
  "AWS::StackName": ({ stack }) => stack,
  "AWS::StackId": ({ stack }) => `arn:${partition}:cloudformation:${region}:${account}:stack/${stack}/local`,
  "AWS::NoValue": () => absent,
};

const Text = z.string();
const Values = z.array(z.union([z.string(), z.number(), z.boolean()])).transform((values) => values.map(String));
const Attribute = z.union([z.tuple([z.string(), z.string()]), z.string().transform(splitAttribute)]);

const StackOutput = z.object({ StackName: Text, OutputName: Text });

/** The intrinsic functions. The references in their arguments are already resolved. */
const intrinsics: Record<string, (argument: unknown, scope: Scope) => unknown> = {
  Ref: (argument, scope) => valueOfRef(Text.parse(argument), scope),
  "Fn::GetAtt": (argument, scope) => scope.attribute(...twoValues(Attribute.parse(argument))),
  "Fn::ImportValue": (argument, scope) => scope.exported(Text.parse(argument)),
  "Fn::GetStackOutput": (argument, scope) => {
    const { StackName, OutputName } = StackOutput.parse(argument);
    return scope.output(StackName, OutputName);
  },
  "Fn::Join": (argument) => {
    const [delimiter, values] = z.tuple([Text, Values]).parse(argument);
    return values.join(delimiter);
  },
  "Fn::Split": (argument) => {
    const [delimiter, text] = z.tuple([Text, Text]).parse(argument);
    return text.split(delimiter);
  },
  "Fn::Select": (argument) => {
    const [index, values] = z.tuple([z.coerce.number(), z.array(z.unknown())]).parse(argument);
    return values[index];
  },
  "Fn::Sub": (argument, scope) => {
    const [text, variables] = z
      .union([z.tuple([Text, z.record(z.string(), z.coerce.string())]), Text.transform(singleKey)])
      .parse(argument);
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) =>
      literal ? `\${${name}}` : (variables[name] ?? substituted(name, scope)),
    );
  },
  "Fn::GetAZs": (argument) => ["a", "b"].map((zone) => `${Text.parse(argument) || region}${zone}`),
  "Fn::Base64": (argument) => Buffer.from(Text.parse(argument)).toString("base64"),
};

/** Returns the value with every CloudFormation reference and function replaced by its result. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== absent);
  if (typeof value === "string") return withSecrets(value, scope);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, resolve(item, scope)]);
  const [first] = entries;
  if (first && entries.length === 1 && isIntrinsic(first[0])) return applyIntrinsic(first, scope);
  return Object.fromEntries(entries.filter(([, item]) => item !== absent));
}

/** Replaces every dynamic reference to a secret by the field of the secret that it names. */
function withSecrets(text: string, { secret }: Scope): string {
  return text.replace(
    /\{\{resolve:secretsmanager:([^:}]+):SecretString:([^:}]+):*\}\}/g,
    (_, name: string, field: string) => {
      const value = z.record(z.string(), z.string()).parse(JSON.parse(secret(name)))[field];
      if (value === undefined) throw new Error(`Could not find a value associated with JSONKey ${field} in ${name}.`);
      return value;
    },
  );
}

/** Returns the logical ids that a value refers to; pseudo parameters such as `AWS::Region` may be among them. */
export function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [...(referencesOf[key]?.(item) ?? []), ...references(item)]);
}

const referencesOf: Record<string, (argument: unknown) => string[]> = {
  Ref: (argument) => [Text.parse(argument)],
  "Fn::GetAtt": (argument) => [twoValues(Attribute.parse(argument))[0]],
  "Fn::Sub": (argument) =>
    [...JSON.stringify(argument).matchAll(/\$\{([^!}.]+)/g)].flatMap(([, name]) => (name === undefined ? [] : [name])),
};

function isIntrinsic(key: string): boolean {
  return key === "Ref" || key.startsWith("Fn::");
}

function applyIntrinsic([name, argument]: [string, unknown], scope: Scope): unknown {
  const intrinsic = intrinsics[name];
  if (!intrinsic)
    throw new Error(
      `The local cloud does not know ${name}, used in ${scope.stack}: add it to infra/programs/local-cloud/cloudformation/deployment.ts.`,
    );
  return intrinsic(argument, scope);
}

function valueOfRef(name: string, scope: Scope): unknown {
  return pseudoParameters[name] ? pseudoParameters[name](scope) : scope.ref(name);
}

function substituted(name: string, scope: Scope): string {
  if (!name.includes(".") || pseudoParameters[name]) return String(valueOfRef(name, scope));
  return scope.attribute(...twoValues(splitAttribute(name)));
}

function splitAttribute(text: string): [string, string] {
  const [logicalId = "", ...name] = text.split(".");
  return [logicalId, name.join(".")];
}

function twoValues([first, second]: readonly [string, string]): [string, string] {
  return [first, second];
}

function singleKey(text: string): [string, Record<string, string>] {
  return [text, {}];
}

type Makers = Record<string, CreateResource>;

type Deployment = {
  assembly: Assembly;
  makers: Makers;
  /** Returns the value of a secret by its name. */
  secret?: (name: string) => string;
};

/** Creates every resource of the assembly, in the order of their dependencies, as CloudFormation does. */
export async function deploy({ assembly, makers, secret = noSecret }: Deployment): Promise<void> {
  refuseUnknownTypes(assembly, makers);
  const earlier: StackOutputs = { outputs: new Map(), exports: new Map() };
  for (const stack of assembly.stacks) await deployStack({ stack, assembly, makers, secret, earlier });
}

function noSecret(name: string): string {
  throw new Error(`There is no secret ${name}.`);
}

/** Values of earlier stacks that later stacks can read: outputs by stack and name, exports by name only. */
type StackOutputs = { outputs: Map<string, string>; exports: Map<string, string> };

type StackDeployment = Required<Deployment> & { stack: Stack; earlier: StackOutputs };

async function deployStack({ stack, assembly, makers, secret, earlier }: StackDeployment): Promise<void> {
  const made = new Map<string, CreatedResource>();
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

type DeploymentContext = Pick<StackDeployment, "stack" | "earlier" | "secret"> & { made: Map<string, CreatedResource> };

function scopeOf({ stack, made, earlier, secret }: DeploymentContext): Scope {
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
