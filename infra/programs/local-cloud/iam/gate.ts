import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import * as z from "zod";
import {
  type CreatedResource,
  type CreateResource,
  type DeclaredResource,
  named,
  type Service,
} from "../cloudformation/resources.ts";
import { account, arnOf, partition } from "../machine/aws-account.ts";
import { plainFailure } from "../machine/errors.ts";
import { judgePermission, type PermissionQuery, type Principal, readStatements, type Statement } from "./statements.ts";

/** The policies of the templates; complete once all resources have been created. */
type PolicyStore = {
  makes: Record<string, CreateResource>;
  /** Policies of roles, by the role's ARN. */
  identity: Map<string, Statement[]>;
  /**
   * Policies of resources, by the ARN of the queue, bucket, topic, secret, key or function. For a role: its trust policy.
   */
  resource: Map<string, Statement[]>;
};

export function createPolicyStore(): PolicyStore {
  const identity = new Map<string, Statement[]>();
  const resource = new Map<string, Statement[]>();
  const managed = new Map<string, Statement[]>();
  const makeRole = (declared: DeclaredResource): CreatedResource => {
    const { RoleName = `${declared.stack}-${declared.logicalId}`, ...role } = Role.parse(declared.properties);
    const arn = roleArn(RoleName);
    const place = placeOf(declared);
    const inline = role.Policies.flatMap(({ PolicyDocument }) => roleStatements(PolicyDocument, place));
    const attached = role.ManagedPolicyArns.flatMap((policy) => managedStatements(policy, place, managed));
    add(identity, [arn], [...inline, ...attached]);
    add(resource, [arn], readStatements(role.AssumeRolePolicyDocument, place));
    return { ref: RoleName, attributes: { Arn: arn, RoleId: RoleName } };
  };
  const attach = (declared: DeclaredResource): CreatedResource => {
    const { PolicyDocument, Roles } = Attached.parse(declared.properties);
    const statements = roleStatements(PolicyDocument, placeOf(declared));
    add(identity, Roles.map(roleArn), statements);
    const ref = arnOf({ service: "iam", resource: `policy/${placeOf(declared)}` });
    managed.set(ref, statements);
    return { ref, attributes: { PolicyArn: ref } };
  };
  const addResourcePolicy = (declared: DeclaredResource, read: ReadResourcePolicy): CreatedResource => {
    const { arns, document } = read(declared);
    add(resource, arns, readStatements(document, placeOf(declared)));
    return named(declared);
  };
  const resourcePolicyMakers: Record<string, CreateResource> = {};
  for (const [type, read] of Object.entries(resourcePolicies))
    resourcePolicyMakers[type] = (declared) => addResourcePolicy(declared, read);
  const roleMakers = { "AWS::IAM::Role": makeRole, "AWS::IAM::Policy": attach, "AWS::IAM::ManagedPolicy": attach };
  return { identity, resource, makes: { ...roleMakers, ...resourcePolicyMakers } };
}

const Role = z.object({
  RoleName: z.string().optional(),
  AssumeRolePolicyDocument: z.unknown(),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(z.object({ PolicyDocument: z.unknown() })).default([]),
});
const Attached = z.object({ PolicyDocument: z.unknown(), Roles: z.array(z.string()).default([]) });

/** Reads the statements of a role's policy. Each must name a resource; only statements of a resource's policy need not. */
function roleStatements(document: unknown, place: string): Statement[] {
  const statements = readStatements(document, place);
  const [withoutResource] = statements.filter(({ resources }) => resources.length === 0);
  if (withoutResource) throw plainFailure(`${withoutResource.id} names no resource.`);
  return statements;
}

/**
 * Managed policies of AWS that a role may have. They allow only logs and network interfaces, which the local cloud does not
 * check.
 */
const logAndNetworkPolicies = /:iam::aws:policy\/service-role\/AWSLambda(Basic|VPCAccess)ExecutionRole$/;

function managedStatements(arn: string, place: string, managed: Map<string, Statement[]>): Statement[] {
  const statements = managed.get(arn) ?? (logAndNetworkPolicies.test(arn) ? [] : undefined);
  if (!statements) throw plainFailure(`${place} has the policy ${arn}, of which the templates say nothing.`);
  return statements;
}

type ReadResourcePolicy = (declared: DeclaredResource) => { arns: string[]; document: unknown };

/** Reads resource policies, by the CloudFormation type that contains the policy. `arns`: the resources it applies to. */
const resourcePolicies: Record<string, ReadResourcePolicy> = {
  "AWS::KMS::Key": (declared) => {
    const { KeyPolicy: document } = KeyPolicyHolder.parse(declared.properties);
    return { arns: [named(declared).attributes?.Arn ?? ""], document };
  },
  "AWS::SQS::QueuePolicy": ({ properties }) => {
    const { Queues, PolicyDocument: document } = QueuePolicy.parse(properties);
    return { arns: Queues.map((url) => arnOf({ service: "sqs", resource: url.split("/").at(-1) ?? "" })), document };
  },
  "AWS::S3::BucketPolicy": ({ properties }) => {
    const { Bucket, PolicyDocument: document } = BucketPolicy.parse(properties);
    return { arns: [`arn:${partition}:s3:::${Bucket}`], document };
  },
  "AWS::SNS::TopicPolicy": ({ properties }) => {
    const { Topics: arns, PolicyDocument: document } = TopicPolicy.parse(properties);
    return { arns, document };
  },
  "AWS::SecretsManager::ResourcePolicy": ({ properties }) => {
    const { SecretId, ResourcePolicy: document } = SecretPolicy.parse(properties);
    return { arns: [SecretId], document };
  },
  "AWS::Lambda::Permission": ({ properties }) => {
    const permission = Permission.parse(properties);
    return { arns: [permission.FunctionName], document: { Statement: statementOf(permission) } };
  },
};

const QueuePolicy = z.object({ PolicyDocument: z.unknown(), Queues: z.array(z.string()) });
const BucketPolicy = z.object({ PolicyDocument: z.unknown(), Bucket: z.string() });
const TopicPolicy = z.object({ PolicyDocument: z.unknown(), Topics: z.array(z.string()) });
const SecretPolicy = z.object({ ResourcePolicy: z.unknown(), SecretId: z.string() });
const KeyPolicyHolder = z.object({ KeyPolicy: z.unknown() });
const Permission = z.object({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

/** Returns the policy statement that Lambda makes of an `AWS::Lambda::Permission`. */
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

const placeOf = ({ stack, logicalId }: DeclaredResource) => `${stack}/${logicalId}`;
const roleArn = (name: string) => `arn:${partition}:iam::${account}:role/${name}`;

/** A statement that allows something. `patterns`: the patterns of its resources, then of its conditions. */
export type Grant = { id: string; actions: string[]; patterns: string[] };

/**
 * One use of a statement: the action, one of its patterns, and a text that matched the pattern. `isOnlyGrant`: no other
 * statement allowed the request.
 */
export type GrantUse = { id: string; action: string; pattern: string; text: string; isOnlyGrant: boolean };

/**
 * Writes all grants and their uses into a folder. Each different use is written once and at once, so that a killed process
 * loses nothing. Without a folder nothing is written.
 */
function openGrantLog(folder: string | undefined) {
  const seen = new Set<string>();
  if (folder) mkdirSync(folder, { recursive: true });
  const file = folder && join(folder, `${process.pid}-${Date.now()}.jsonl`);
  return {
    granted(statements: Statement[]): void {
      if (!folder) return;
      const allowing = statements.filter(({ effect }) => effect === "Allow");
      for (const [stack, ofStack] of Map.groupBy(allowing, ({ id }) => id.split("/")[0]))
        writeFileSync(join(folder, `${stack}.grants.json`), JSON.stringify(ofStack.map(grantOf)));
    },
    /** Called at the end with the number of checks. */
    counted(count: { judged: number; refused: number }): void {
      if (file) appendFileSync(file, `${JSON.stringify(count)}\n`);
    },
    used(asked: PermissionQuery, statements: Statement[]): void {
      const isOnlyGrant = statements.length === 1;
      for (const use of file ? statements.flatMap((statement) => usesOf(asked, statement)) : []) {
        const line = `${JSON.stringify({ ...use, isOnlyGrant })}\n`;
        if (seen.has(line) || !file) continue;
        seen.add(line);
        appendFileSync(file, line);
      }
    },
  };
}

function grantOf({ id, actions, resources, conditions }: Statement): Grant {
  const patterns = [...resources, ...conditions.flatMap(({ allows }) => allows)];
  return {
    id,
    actions: actions.map(({ pattern }) => pattern),
    patterns: patterns.map(({ pattern }) => withoutStreamLabel(pattern)),
  };
}

function usesOf(
  { action, resource, context }: PermissionQuery,
  { id, resources, conditions }: Statement,
): Omit<GrantUse, "isOnlyGrant">[] {
  const patterns = [
    ...resources.map((pattern) => ({ ...pattern, texts: [resource] })),
    ...conditions.flatMap(({ key, allows }) => allows.map((pattern) => ({ ...pattern, texts: context[key] ?? [] }))),
  ];
  // A statement of a resource's policy need not name a resource.
  if (patterns.length === 0) return [{ id, action, pattern: "", text: "" }];
  return patterns.flatMap(({ pattern, fits, texts }) =>
    texts.filter(fits).map((text) => ({ id, action, pattern: withoutStreamLabel(pattern), text: withoutName(text) })),
  );
}

/** A stream's ARN ends with its creation time, which is different at each start. */
const withoutStreamLabel = (pattern: string) => pattern.replace(/(\/stream\/)[\d:.T-]+$/, "$1*");

/** Removes the last part of a text, the name of a single thing. A wildcard is needed only if the remaining texts differ. */
const withoutName = (text: string) => text.replace(/[^#/]*$/, "");

export type PermissionRequest = Omit<PermissionQuery, "context"> & { context?: PermissionQuery["context"] };

export type PermissionGate = Service & {
  /** Returns AWS's message if the policies do not allow the principal all of the requests; undefined if they do. */
  refusal(principal: Principal, ...requests: PermissionRequest[]): string | undefined;
  /** All refusals so far. */
  refused: string[];
  /** The number of checked requests. */
  judged(): number;
};

/** Creates a gate that checks requests of functions and AWS services by the policies of the templates. */
export function createGate({ usedGrants }: { usedGrants?: string | undefined } = {}): PermissionGate {
  const { identity, resource, makes } = createPolicyStore();
  const refused: string[] = [];
  const grants = openGrantLog(usedGrants);
  let judged = 0;
  const refusalOf = (principal: Principal, { context, ...request }: PermissionRequest): string | undefined => {
    judged += 1;
    const query = { ...request, context: contextOf(principal, context) };
    const policies = {
      identity: identity.get(principal.arn ?? "") ?? [],
      resource: resource.get(policyHolderOf(query.resource)) ?? [],
    };
    const { by, refusal } = judgePermission(query, principal, policies);
    if (by) grants.used(query, by);
    return refusal;
  };
  return {
    creators: makes,
    begin: () => grants.granted([...identity.values(), ...resource.values()].flat()),
    stop: () => grants.counted({ judged, refused: refused.length }),
    refused,
    judged: () => judged,
    refusal(principal, ...requests) {
      for (const request of requests) {
        const refusal = refusalOf(principal, request);
        if (refusal === undefined) continue;
        refused.push(refusal);
        console.error(`denied: ${refusal}`);
        return refusal;
      }
      return undefined;
    },
  };
}

/**
 * Returns the role whose credentials signed a request. A role's credentials have a session token, which here is the role's
 * ARN. Returns undefined without a token: the caller is then the person who runs the local cloud, and may do everything.
 */
export function callerOf(headers: IncomingHttpHeaders): Principal | undefined {
  return holderOfToken(headers["x-amz-security-token"]);
}

export function holderOfToken(token: string | string[] | null | undefined): Principal | undefined {
  return token ? { arn: String(token) } : undefined;
}

/** Adds the context keys that every request has. `SecureTransport` is true as in AWS, although requests here use no TLS. */
function contextOf({ arn }: Principal, own: PermissionQuery["context"] = {}): PermissionQuery["context"] {
  const always = { "aws:securetransport": ["true"], "aws:sourceaccount": [account] };
  return arn === undefined
    ? { ...always, ...own }
    : { "aws:securetransport": ["true"], "aws:principalarn": [arn], ...own };
}

/** Returns the ARN whose policy applies: for an object its bucket, for a function's version the function. */
function policyHolderOf(resource: string): string {
  if (resource.includes(":s3:::")) return resource.split("/", 1)[0] ?? "";
  return resource.includes(":lambda:") ? resource.split(":").slice(0, 7).join(":") : resource;
}
