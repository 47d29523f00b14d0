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

/** The policies of the templates; complete once all resources have been made. */
export type PolicyStore = {
  makes: Record<string, CreateResource>;
  /** By the role's ARN. */
  identity: Map<string, Statement[]>;
  /** By the ARN of a queue, bucket, topic, secret, key or function; by that of a role, who may assume it. */
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
    const inline = role.Policies.flatMap(({ PolicyDocument }) => ofRole(PolicyDocument, place));
    add(identity, [arn], [...inline, ...role.ManagedPolicyArns.flatMap((policy) => ofManaged(policy, place, managed))]);
    add(resource, [arn], readStatements(role.AssumeRolePolicyDocument, place));
    return { ref: RoleName, attributes: { Arn: arn, RoleId: RoleName } };
  };
  const attach = (declared: DeclaredResource): CreatedResource => {
    const { PolicyDocument, Roles } = Attached.parse(declared.properties);
    const statements = ofRole(PolicyDocument, placeOf(declared));
    add(identity, Roles.map(roleArn), statements);
    const ref = arnOf({ service: "iam", resource: `policy/${placeOf(declared)}` });
    managed.set(ref, statements);
    return { ref, attributes: { PolicyArn: ref } };
  };
  const standsWith = (read: Reading) => (declared: DeclaredResource) => {
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

type Reading = (declared: DeclaredResource) => { arns: string[]; document: unknown };

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

const placeOf = ({ stack, logicalId }: DeclaredResource) => `${stack}/${logicalId}`;
const roleArn = (name: string) => `arn:${partition}:iam::${account}:role/${name}`;

/** One statement that allows something, and the patterns that requests must fit: of resources, then of conditions. */
export type Grant = { id: string; actions: string[]; patterns: string[] };

/**
 * What a statement was used for: by which action, and for which of its patterns a text such as this was asked for;
 * `alone` where no other statement allows it.
 */
export type GrantUse = { id: string; action: string; pattern: string; text: string; isOnlyGrant: boolean };

export type JudgementCount = { judged: number; refused: number };

/**
 * Writes down in a folder what is granted and what of it is used: each use once, as it comes, so that a process that is
 * killed loses nothing. Where no folder is named, nothing is written.
 */
export function openGrantLog(folder: string | undefined) {
  const seen = new Set<string>();
  if (folder) mkdirSync(folder, { recursive: true });
  const file = folder && join(folder, `${process.pid}-${Date.now()}.jsonl`);
  return {
    granted(statements: Statement[]): void {
      if (!folder) return;
      const allowing = statements.filter(({ effect }) => effect === "Allow");
      for (const [stack, ones] of Map.groupBy(allowing, ({ id }) => id.split("/")[0]))
        writeFileSync(join(folder, `${stack}.grants.json`), JSON.stringify(ones.map(grantOf)));
    },
    /** At the end, how often it was asked. */
    counted(count: JudgementCount): void {
      if (file) appendFileSync(file, `${JSON.stringify(count)}\n`);
    },
    used(asked: PermissionQuery, statements: Statement[]): void {
      const alone = statements.length === 1;
      for (const use of file ? statements.flatMap((statement) => usesOf(asked, statement)) : []) {
        const line = `${JSON.stringify({ ...use, alone })}\n`;
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
    patterns: patterns.map(({ pattern }) => lasting(pattern)),
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
  // What stands with its resource need name none.
  if (patterns.length === 0) return [{ id, action, pattern: "", text: "" }];
  return patterns.flatMap(({ pattern, fits, texts }) =>
    texts.filter(fits).map((text) => ({ id, action, pattern: lasting(pattern), text: withoutName(text) })),
  );
}

/** A stream is named by when it was made. */
const lasting = (pattern: string) => pattern.replace(/(\/stream\/)[\d:.T-]+$/, "$1*");

/** What comes before the name of one thing: so far texts must differ for a pattern to be as wide as it is. */
const withoutName = (text: string) => text.replace(/[^#/]*$/, "");

export type PermissionRequest = Omit<PermissionQuery, "context"> & { context?: PermissionQuery["context"] };

export type PermissionGate = Service & {
  /** Why the policies do not let the principal do all of it, in AWS's words; undefined where they do. */
  refusal(principal: Principal, ...asks: PermissionRequest[]): string | undefined;
  /** Every refusal so far. */
  refused: string[];
  /** How many calls were judged. */
  judged(): number;
};

/** Judges what functions and services of AWS ask for, by the policies of the templates. */
export function createGate({ usedGrants }: { usedGrants?: string | undefined } = {}): PermissionGate {
  const { identity, resource, makes } = createPolicyStore();
  const refused: string[] = [];
  const grants = openGrantLog(usedGrants);
  let judged = 0;
  const refusalOf = (principal: Principal, { context, ...ask }: PermissionRequest): string | undefined => {
    judged += 1;
    const asked = { ...ask, context: contextOf(principal, context) };
    const policies = {
      identity: identity.get(principal.arn ?? "") ?? [],
      resource: resource.get(holderOf(asked.resource)) ?? [],
    };
    const { by, refusal } = judgePermission(asked, principal, policies);
    if (by) grants.used(asked, by);
    return refusal;
  };
  return {
    creators: makes,
    begin: () => grants.granted([...identity.values(), ...resource.values()].flat()),
    stop: () => grants.counted({ judged, refused: refused.length }),
    refused,
    judged: () => judged,
    refusal(principal, ...asks) {
      for (const ask of asks) {
        const refusal = refusalOf(principal, ask);
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
 * Whose credentials signed a request: those of a role have a session token, which here is the role's ARN. Without one it
 * is whoever runs this cloud, who may do anything.
 */
export function callerOf(headers: IncomingHttpHeaders): Principal | undefined {
  return holderOfToken(headers["x-amz-security-token"]);
}

export function holderOfToken(token: string | string[] | null | undefined): Principal | undefined {
  return token ? { arn: String(token) } : undefined;
}

/** What every request has beside its own. In AWS it would come over TLS; here nothing leaves the machine. */
function contextOf({ arn }: Principal, own: PermissionQuery["context"] = {}): PermissionQuery["context"] {
  const always = { "aws:securetransport": ["true"], "aws:sourceaccount": [account] };
  return arn === undefined
    ? { ...always, ...own }
    : { "aws:securetransport": ["true"], "aws:principalarn": [arn], ...own };
}

/** What has the policy: an object's bucket, and the function that a version is of. */
function holderOf(resource: string): string {
  if (resource.includes(":s3:::")) return resource.split("/", 1)[0] ?? "";
  return resource.includes(":lambda:") ? resource.split(":").slice(0, 7).join(":") : resource;
}
