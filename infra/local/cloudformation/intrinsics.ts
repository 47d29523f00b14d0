import * as z from "zod";
import { account, partition, region, urlSuffix } from "../machine/aws-account.ts";

/** What a template's references stand for: resources of its own stack, and outputs and exports of earlier stacks. */
export type Scope = {
  stack: string;
  ref(logicalId: string): string;
  attribute(logicalId: string, name: string): string;
  exported(name: string): string;
  output(stack: string, name: string): string;
  /** The value of a secret of that name. */
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

/** Each intrinsic function; it gets its argument with all references already resolved. */
const intrinsics: Record<string, (argument: unknown, scope: Scope) => unknown> = {
  Ref: (argument, scope) => meaningOf(Text.parse(argument), scope),
  "Fn::GetAtt": (argument, scope) => scope.attribute(...pair(Attribute.parse(argument))),
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
      .union([z.tuple([Text, z.record(z.string(), z.coerce.string())]), Text.transform(alone)])
      .parse(argument);
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) =>
      literal ? `\${${name}}` : (variables[name] ?? substituted(name, scope)),
    );
  },
  "Fn::GetAZs": (argument) => ["a", "b"].map((zone) => `${Text.parse(argument) || region}${zone}`),
  "Fn::Base64": (argument) => Buffer.from(Text.parse(argument)).toString("base64"),
};

/** The value with every CloudFormation reference and function in it replaced by what it stands for. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== absent);
  if (typeof value === "string") return withSecrets(value, scope);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, resolve(item, scope)]);
  const [first] = entries;
  if (first && entries.length === 1 && isIntrinsic(first[0])) return applied(first, scope);
  return Object.fromEntries(entries.filter(([, item]) => item !== absent));
}

/** With every dynamic reference to a secret by its name replaced by the field of the secret that it names. */
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

/** The logical ids that a value refers to; pseudo parameters such as `AWS::Region` may be among them. */
export function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [...(referencesOf[key]?.(item) ?? []), ...references(item)]);
}

const referencesOf: Record<string, (argument: unknown) => string[]> = {
  Ref: (argument) => [Text.parse(argument)],
  "Fn::GetAtt": (argument) => [pair(Attribute.parse(argument))[0]],
  "Fn::Sub": (argument) =>
    [...JSON.stringify(argument).matchAll(/\$\{([^!}.]+)/g)].flatMap(([, name]) => (name === undefined ? [] : [name])),
};

function isIntrinsic(key: string): boolean {
  return key === "Ref" || key.startsWith("Fn::");
}

function applied([name, argument]: [string, unknown], scope: Scope): unknown {
  const intrinsic = intrinsics[name];
  if (!intrinsic)
    throw new Error(
      `The local cloud does not know ${name}, used in ${scope.stack}: add it to infra/local/cloudformation/intrinsics.ts.`,
    );
  return intrinsic(argument, scope);
}

function meaningOf(name: string, scope: Scope): unknown {
  return pseudoParameters[name] ? pseudoParameters[name](scope) : scope.ref(name);
}

function substituted(name: string, scope: Scope): string {
  if (!name.includes(".") || pseudoParameters[name]) return String(meaningOf(name, scope));
  return scope.attribute(...pair(splitAttribute(name)));
}

function splitAttribute(text: string): [string, string] {
  const [logicalId = "", ...name] = text.split(".");
  return [logicalId, name.join(".")];
}

function pair([first, second]: readonly [string, string]): [string, string] {
  return [first, second];
}

function alone(text: string): [string, Record<string, string>] {
  return [text, {}];
}
