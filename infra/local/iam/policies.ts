import * as z from "zod";
import { named } from "../cloudformation/inert.ts";
import type { Declared, Made, Maker } from "../cloudformation/local-service.ts";
import { account, arnOf, partition } from "../machine/aws-account.ts";
import { plainFailure } from "../machine/plain-failure.ts";
import { readStatements, type Statement } from "./statement.ts";

/** The policies of the templates; complete once all resources have been made. */
export type PolicyStore = {
  makes: Record<string, Maker>;
  /** By the role's ARN. */
  identity: Map<string, Statement[]>;
  /** By the ARN of a queue, bucket, topic, secret, key or function; by that of a role, who may assume it. */
  resource: Map<string, Statement[]>;
};

export function createPolicyStore(): PolicyStore {
  const identity = new Map<string, Statement[]>();
  const resource = new Map<string, Statement[]>();
  const managed = new Map<string, Statement[]>();
  const makeRole = (declared: Declared): Made => {
    const { RoleName = `${declared.stack}-${declared.logicalId}`, ...role } = Role.parse(declared.properties);
    const arn = roleArn(RoleName);
    const place = placeOf(declared);
    const inline = role.Policies.flatMap(({ PolicyDocument }) => ofRole(PolicyDocument, place));
    add(identity, [arn], [...inline, ...role.ManagedPolicyArns.flatMap((policy) => ofManaged(policy, place, managed))]);
    add(resource, [arn], readStatements(role.AssumeRolePolicyDocument, place));
    return { ref: RoleName, attributes: { Arn: arn, RoleId: RoleName } };
  };
  const attach = (declared: Declared): Made => {
    const { PolicyDocument, Roles } = Attached.parse(declared.properties);
    const statements = ofRole(PolicyDocument, placeOf(declared));
    add(identity, Roles.map(roleArn), statements);
    const ref = arnOf({ service: "iam", resource: `policy/${placeOf(declared)}` });
    managed.set(ref, statements);
    return { ref, attributes: { PolicyArn: ref } };
  };
  const standsWith = (read: Reading) => (declared: Declared) => {
    const { arns, document } = read(declared);
    add(resource, arns, readStatements(document, placeOf(declared)));
    return named(declared);
  };
  const withResources = Object.entries(readings).map(([type, read]) => [type, standsWith(read)]);
  const ofRoles = { "AWS::IAM::Role": makeRole, "AWS::IAM::Policy": attach, "AWS::IAM::ManagedPolicy": attach };
  return { identity, resource, makes: { ...ofRoles, ...Object.fromEntries(withResources) } };
}

const Role = z.object({
  RoleName: z.string().optional(),
  AssumeRolePolicyDocument: z.unknown(),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(z.object({ PolicyDocument: z.unknown() })).default([]),
});
const Attached = z.object({ PolicyDocument: z.unknown(), Roles: z.array(z.string()).default([]) });

/** What a role may do. Only what stands with a resource need not name one. */
function ofRole(document: unknown, place: string): Statement[] {
  const statements = readStatements(document, place);
  const [bare] = statements.filter(({ resources }) => resources.length === 0);
  if (bare) throw plainFailure(`${bare.id} names no resource.`);
  return statements;
}

/** AWS's own policies that a role here may have: they allow nothing that is asked for on this machine. */
const logsAndNetworks = /:iam::aws:policy\/service-role\/AWSLambda(Basic|VPCAccess)ExecutionRole$/;

function ofManaged(arn: string, place: string, managed: Map<string, Statement[]>): Statement[] {
  const statements = managed.get(arn) ?? (logsAndNetworks.test(arn) ? [] : undefined);
  if (!statements) throw plainFailure(`${place} has the policy ${arn}, of which the templates say nothing.`);
  return statements;
}

type Reading = (declared: Declared) => { arns: string[]; document: unknown };

/** Policies that stand with what they are about, by the type of the resource that holds them. */
const readings: Record<string, Reading> = {
  "AWS::KMS::Key": (declared) => {
    const { KeyPolicy: document } = ofKey.parse(declared.properties);
    return { arns: [named(declared).attributes?.Arn ?? ""], document };
  },
  "AWS::SQS::QueuePolicy": ({ properties }) => {
    const { Queues, PolicyDocument: document } = ofQueues.parse(properties);
    return { arns: Queues.map((url) => arnOf({ service: "sqs", resource: url.split("/").at(-1) ?? "" })), document };
  },
  "AWS::S3::BucketPolicy": ({ properties }) => {
    const { Bucket, PolicyDocument: document } = ofBucket.parse(properties);
    return { arns: [`arn:${partition}:s3:::${Bucket}`], document };
  },
  "AWS::SNS::TopicPolicy": ({ properties }) => {
    const { Topics: arns, PolicyDocument: document } = ofTopics.parse(properties);
    return { arns, document };
  },
  "AWS::SecretsManager::ResourcePolicy": ({ properties }) => {
    const { SecretId, ResourcePolicy: document } = ofSecret.parse(properties);
    return { arns: [SecretId], document };
  },
  "AWS::Lambda::Permission": ({ properties }) => {
    const permission = Permission.parse(properties);
    return { arns: [permission.FunctionName], document: { Statement: statementOf(permission) } };
  },
};

const ofQueues = z.object({ PolicyDocument: z.unknown(), Queues: z.array(z.string()) });
const ofBucket = z.object({ PolicyDocument: z.unknown(), Bucket: z.string() });
const ofTopics = z.object({ PolicyDocument: z.unknown(), Topics: z.array(z.string()) });
const ofSecret = z.object({ ResourcePolicy: z.unknown(), SecretId: z.string() });
const ofKey = z.object({ KeyPolicy: z.unknown() });
const Permission = z.object({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

/** A permission to call a function, as the statement that Lambda makes of it. */
function statementOf({ Action, FunctionName, Principal, SourceArn, SourceAccount }: z.infer<typeof Permission>) {
  return {
    Effect: "Allow",
    Action,
    Resource: FunctionName,
    Principal: Principal.endsWith(".amazonaws.com") ? { Service: Principal } : { AWS: Principal },
    Condition: {
      ...(SourceArn && { ArnLike: { "aws:SourceArn": SourceArn } }),
      ...(SourceAccount && { StringEquals: { "aws:SourceAccount": SourceAccount } }),
    },
  };
}

function add(to: Map<string, Statement[]>, arns: string[], statements: Statement[]): void {
  for (const arn of arns) to.set(arn, [...(to.get(arn) ?? []), ...statements]);
}

const placeOf = ({ stack, logicalId }: Declared) => `${stack}/${logicalId}`;
const roleArn = (name: string) => `arn:${partition}:iam::${account}:role/${name}`;
