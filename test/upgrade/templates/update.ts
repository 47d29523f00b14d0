import * as z from "zod";
import { type Account, exportedBy, type Resource, readBy, type Template, textOf } from "./deployed.ts";

/** The property by which a template may name a resource. Two of a kind cannot have one name, in whatever stacks. */
export const names: Record<string, string> = {
  "AWS::CloudWatch::Alarm": "AlarmName",
  "AWS::DynamoDB::Table": "TableName",
  "AWS::Events::Rule": "Name",
  "AWS::IAM::Role": "RoleName",
  "AWS::KMS::Alias": "AliasName",
  "AWS::Lambda::Function": "FunctionName",
  "AWS::Logs::LogGroup": "LogGroupName",
  "AWS::S3::Bucket": "BucketName",
  "AWS::SES::ConfigurationSet": "Name",
  "AWS::SES::EmailIdentity": "EmailIdentity",
  "AWS::SNS::Topic": "TopicName",
  "AWS::SQS::Queue": "QueueName",
  "AWS::Scheduler::Schedule": "Name",
  "AWS::Scheduler::ScheduleGroup": "Name",
  "AWS::SecretsManager::Secret": "Name",
  "AWS::StepFunctions::StateMachine": "StateMachineName",
};

/**
 * Kinds that hold something, with the properties whose change makes another resource in the place of the old one: an empty
 * table, a queue without the messages, a secret of another value.
 */
export const holding: Record<string, string[]> = {
  "AWS::DynamoDB::Table": ["TableName", "KeySchema", "LocalSecondaryIndexes", "ImportSourceSpecification"],
  "AWS::KMS::Key": ["KeySpec", "KeyUsage", "MultiRegion"],
  "AWS::S3::Bucket": ["BucketName"],
  "AWS::SQS::Queue": ["QueueName", "FifoQueue"],
  "AWS::SecretsManager::Secret": ["Name", "GenerateSecretString"],
};

const Table = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })).default([]),
  GlobalSecondaryIndexes: z.array(z.looseObject({ IndexName: z.string() })).default([]),
  StreamSpecification: z.unknown().optional(),
});

/** What DynamoDB refuses of a table's update, in words; a table that is replaced is not updated. */
export function tableRefusals(was: Resource, is: Resource): string[] {
  const [before, after] = [Table.parse(was.Properties), Table.parse(is.Properties)];
  return [
    ...indexRefusals(before.GlobalSecondaryIndexes, after.GlobalSecondaryIndexes),
    ...before.AttributeDefinitions.flatMap(({ AttributeName, AttributeType }) => {
      const now = after.AttributeDefinitions.find((one) => one.AttributeName === AttributeName)?.AttributeType;
      return now === undefined || now === AttributeType
        ? []
        : [`the attribute ${AttributeName} becomes ${now}, and a table's attribute keeps its type`];
    }),
    ...(before.StreamSpecification &&
    after.StreamSpecification &&
    differ(before.StreamSpecification, after.StreamSpecification)
      ? ["its stream becomes one of another kind, which it can only after it was none"]
      : []),
  ];
}

type Index = { IndexName: string };

function indexRefusals(before: Index[], after: Index[]): string[] {
  const without = (all: Index[], others: Index[]) =>
    all.filter(({ IndexName }) => !others.some((other) => other.IndexName === IndexName));
  const [made, dropped] = [without(after, before), without(before, after)];
  const kept = before.flatMap((one) =>
    after.filter(({ IndexName }) => IndexName === one.IndexName).map((now) => [one, now]),
  );
  const turned = kept
    .filter(([one, now]) => differ(one, now))
    .map(([one]) => `the index ${one?.IndexName} cannot be changed in its place`);
  if (made.length + dropped.length <= 1) return turned;
  const named = [...made, ...dropped].map(({ IndexName }) => IndexName).join(", ");
  return [...turned, `indexes ${named} are made or dropped, and one update takes one of them`];
}

const differ = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);

export type Update = { stack: string; was: Template; is: Template; account: Account };

/** Why CloudFormation would refuse an update, or what it would lose; in words, and nothing if it goes through. */
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
    const authority = taken.get(name);
    return authority === undefined ? [] : [`${id}: ${name} is taken, by ${authority}`];
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
