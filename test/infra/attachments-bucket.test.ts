import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { FileCleaner } from "#infra/constructs/attachment-cleaning.ts";
import { AttachmentsBucket } from "#infra/constructs/attachments-bucket.ts";
import { IsolatedNetwork } from "#infra/constructs/closed-network.ts";
import { bucketFolders } from "#shared/runtime/keys.ts";
import { assemblyOf, templateOf } from "../support/synthesized.ts";

const data = templateOf("qazvin", "Data");
const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Statement = z.object({ Action: oneOrMore, Resource: z.unknown(), Condition: z.unknown().optional() });
const Policy = z.object({ Properties: z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }) }) });

/** What a function's role may do with the bucket, each action with the folder it may do it in. */
function allowed(part: string, fn: string): string[] {
  const policies = Object.entries(templateOf("qazvin", part).findResources("AWS::IAM::Policy"));
  return policies
    .filter(([id]) => id.startsWith(fn))
    .flatMap(([, policy]) => Policy.parse(policy).Properties.PolicyDocument.Statement)
    .filter(({ Resource }) => /Attachments(Bucket|Arn)/.test(JSON.stringify(Resource)))
    .flatMap(({ Action, Resource }) => Action.map((action) => `${action} ${folderOf(Resource)}`))
    .sort();
}

const folderOf = (resource: unknown) => /"(\/[a-z-]+\/\*)"/.exec(JSON.stringify(resource))?.[1] ?? "";

describe("the bucket", () => {
  const bucket = () =>
    Object.entries(data.findResources("AWS::S3::Bucket")).find(([id]) => id.startsWith("AttachmentsBucket"));

  test("is closed to the public, encrypted, and outlives its stack", () => {
    const [, properties] = bucket() ?? [];
    expect(properties).toMatchObject({
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        BucketEncryption: {},
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
    data.hasResourceProperties("AWS::S3::BucketPolicy", {
      Bucket: { Ref: bucket()?.[0] },
      PolicyDocument: {
        Statement: [Match.objectLike({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } })],
      },
    });
  });

  test("forgets after a day what was uploaded, and after a month what was written over or deleted", () => {
    expect(bucket()?.[1].Properties.VersioningConfiguration).toEqual({ Status: "Enabled" });
    const keptFor = (days: number) => ({ NoncurrentVersionExpiration: { NoncurrentDays: days } });
    expect(bucket()?.[1].Properties.LifecycleConfiguration.Rules).toEqual([
      { Status: "Enabled", Prefix: bucketFolders.uploads, ExpirationInDays: 1, ...keptFor(1) },
      { Status: "Enabled", Prefix: bucketFolders.attempts, ExpirationInDays: 1, ...keptFor(1) },
      { Status: "Enabled", Prefix: bucketFolders.clean, ExpiredObjectDeleteMarker: true, ...keptFor(30) },
      { Status: "Enabled", Prefix: bucketFolders.orders, ExpirationInDays: 60, ...keptFor(1) },
      { Status: "Enabled", Prefix: bucketFolders.cleaningResults, ExpirationInDays: 30, ...keptFor(1) },
    ]);
  });

  test("is posted to and read from by the province's own pages alone", () => {
    expect(bucket()?.[1].Properties.CorsConfiguration.CorsRules).toEqual([
      {
        AllowedOrigins: [
          "https://foad.qazvin.example",
          "https://kiosk.qazvin.example",
          "https://api.foad.qazvin.example",
        ],
        AllowedMethods: ["POST", "GET"],
        AllowedHeaders: ["*"],
      },
    ]);
  });

  test("tells EventBridge of uploads without a function of CDK's that may touch every bucket", () => {
    expect(bucket()?.[1].Properties.NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
    expect(data.findResources("AWS::Lambda::Function")).toEqual({});
    expect(data.findResources("Custom::S3BucketNotifications")).toEqual({});
  });
});

test.each(["Data", "Processing"])("no bucket of %s loses its policy with its stack", (part) => {
  const resources = (type: string) => Object.values(templateOf("qazvin", part).findResources(type));
  const policies = resources("AWS::S3::BucketPolicy");
  expect(policies.length).toBeGreaterThan(1);
  expect(policies).toHaveLength(resources("AWS::S3::Bucket").length);
  for (const policy of policies)
    expect(policy).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
});

describe("its backup", () => {
  const found = (type: string, id: string) =>
    Object.entries(data.findResources(type)).find(([name]) => name.startsWith(id)) ?? expect.unreachable();
  const [name, backup] = found("AWS::S3::Bucket", "AttachmentsBackup");

  test("is given every clean copy and every order by S3, and what is deleted", () => {
    const [, { Properties }] = found("AWS::S3::Bucket", "AttachmentsBucket");
    const rules = Properties.ReplicationConfiguration.Rules;
    expect(rules.map(({ Filter }: { Filter: unknown }) => Filter)).toEqual([
      { Prefix: bucketFolders.clean },
      { Prefix: bucketFolders.orders },
    ]);
    for (const rule of rules)
      expect(rule).toMatchObject({
        Status: "Enabled",
        DeleteMarkerReplication: { Status: "Enabled" },
        Destination: { Bucket: { "Fn::GetAtt": [name, "Arn"] }, StorageClass: "GLACIER_IR" },
      });
  });

  test("forgets within 35 days what was deleted, outlives its stack, and lets nobody delete", () => {
    expect(backup).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    expect(backup.Properties.VersioningConfiguration).toEqual({ Status: "Enabled" });
    expect(backup.Properties.LifecycleConfiguration.Rules).toEqual([
      {
        Status: "Enabled",
        Prefix: bucketFolders.clean,
        ExpiredObjectDeleteMarker: true,
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
      },
      {
        Status: "Enabled",
        Prefix: bucketFolders.orders,
        ExpirationInDays: 60,
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
      },
    ]);
    const [, policy] = found("AWS::S3::BucketPolicy", "AttachmentsBackup");
    expect(policy).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    expect(policy.Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: ["s3:DeleteBucket", "s3:DeleteObject", "s3:DeleteObjectVersion"],
      }),
    );
  });

  test("is not touched by any function", () => {
    for (const part of ["Api", "Processing"])
      expect(JSON.stringify(templateOf("qazvin", part).toJSON())).not.toContain("AttachmentsBackup");
  });

  test("stays where another bucket takes the place of one that was lost", () => {
    const stack = new Stack(new App(), "Lost");
    new AttachmentsBucket(stack, "Attachments", { corsOrigins: [], nth: 2 });
    const ids = Object.keys(Template.fromStack(stack).findResources("AWS::S3::Bucket"));
    expect(ids).toEqual([name, expect.stringMatching(/^AttachmentsBucket2/)]);
  });
});

describe("who may touch a file", () => {
  test.each([
    ["Api", "citizen", ["s3:GetObject /clean/*", "s3:PutObject /uploads/*"]],
    ["Api", "agency", ["s3:GetObject /clean/*"]],
    ["Api", "inspector", ["s3:GetObject /clean/*"]],
    ["Api", "overseer", []],
    ["Api", "frontend", []],
    ["Api", "filecomplaint", []],
    ["Api", "admin", []],
    [
      "Processing",
      "Cleaner",
      [
        "s3:GetObject /attempts/*",
        "s3:GetObject /uploads/*",
        "s3:PutObject /attempts/*",
        "s3:PutObject /clean/*",
        "s3:PutObject /cleaning-results/*",
      ],
    ],
    [
      "Processing",
      "Attachments",
      ["s3:DeleteObject /clean/*", "s3:GetObject /clean/*", "s3:GetObject /cleaning-results/*"],
    ],
    ["Api", "consent", ["s3:PutObject /retention-orders/*"]],
    ["Api", "holdcomplaint", ["s3:PutObject /retention-orders/*"]],
    ["Api", "renewsecret", ["s3:PutObject /retention-orders/*"]],
    ["Api", "calls", ["s3:PutObject /retention-orders/*"]],
    ["Processing", "Notifier", []],
    ["Processing", "Dispatcher", []],
  ])("in %s: %s", (part, fn, actions) => {
    expect(allowed(part, fn)).toEqual(actions);
  });
});

test("what opens strangers' files has nothing but files: no table, no secret, no queue to send to", () => {
  const policies = Object.entries(templateOf("qazvin", "Processing").findResources("AWS::IAM::Policy"));
  const statements = policies
    .filter(([id]) => id.startsWith("Cleaner"))
    .flatMap(([, policy]) => Policy.parse(policy).Properties.PolicyDocument.Statement);
  const actions = new Set(statements.flatMap(({ Action }) => Action));
  expect([...actions].filter((action) => !/^(s3|logs|ec2):/.test(action)).sort()).toEqual([
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
  ]);
});

test("it runs in a network that leads to what it opens and writes alone, and may itself change nothing of the network", () => {
  const template = templateOf("qazvin", "Processing");
  for (const way of ["InternetGateway", "NatGateway", "VPCPeeringConnection", "EgressOnlyInternetGateway"])
    template.resourceCountIs(`AWS::EC2::${way}`, 0);
  expect(template.findResources("AWS::EC2::Route")).toEqual({});
  const into = (folder: string) => ({ "Fn::Join": ["", [expect.anything(), `/${folder}*`]] });
  const Condition = {
    StringEquals: { "aws:PrincipalAccount": { Ref: "AWS::AccountId" } },
    ArnEquals: { "aws:PrincipalArn": { "Fn::GetAtt": [expect.stringMatching(/^Cleanercleanfile/), "Arn"] } },
  };
  expect(letOutOf(template, ".s3")).toEqual([
    { Action: ["s3:GetObject"], Resource: [into("uploads/"), into("attempts/")], Condition },
    { Action: ["s3:PutObject"], Resource: [into("attempts/"), into("clean/"), into("cleaning-results/")], Condition },
  ]);
  template.hasResourceProperties("AWS::IAM::Policy", {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Effect: "Deny",
          Action: Match.arrayWith(["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"]),
          Condition: { Null: { "lambda:SourceFunctionArn": "false" } },
        }),
      ]),
    },
  });
});

test("what needs two tables alone runs where nothing else is reached", () => {
  const [processing, api] = [templateOf("qazvin", "Processing"), templateOf("qazvin", "Api")];
  expect(Object.keys(inNetworks(processing)).map((id) => id.replace(/Function\w*$/, ""))).toEqual([
    "Callsupdatecalllist",
    "Escalationescalatecomplaint",
    "Hourschangedeadlines",
    "IssueCallsaskaboutissues",
    "Cleanercleanfile",
    "StatisticsCountercountagencyfigures",
    "StatisticsCounterproposeissues",
    "Noticesadvancenotices",
  ]);
  expect(Object.keys(inNetworks(api))).toEqual([expect.stringMatching(/^readidentity/)]);
  // Nothing that leads out of the account, and no right that the functions' own roles lack.
  const Condition = { StringEquals: { "aws:PrincipalAccount": { Ref: "AWS::AccountId" } } };
  const outputOf = (table: string) => ({
    "Fn::GetStackOutput": expect.objectContaining({ OutputName: expect.stringContaining(`${table}Table`) }),
  });
  const complaints = outputOf("Complaints");
  expect(letOutOf(processing, ".dynamodb")).toEqual([
    {
      Action: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:PutItem"],
      Resource: [complaints, { "Fn::Join": ["", [complaints, "/index/*"]] }],
      Condition,
    },
    { Action: ["dynamodb:GetItem", "dynamodb:BatchGetItem"], Resource: outputOf("Identities"), Condition },
  ]);
});

test.each(["Processing", "Api"])("the network lets each function of %s reach the tables as its role allows", (part) => {
  const template = templateOf("qazvin", part);
  const letOut = tableActions(letOutOf(templateOf("qazvin", "Processing"), ".dynamodb"));
  const roles = Object.values(inNetworks(template)).map(({ Properties }) => Properties.Role["Fn::GetAtt"][0]);
  const ofRoles = Object.values(template.findResources("AWS::IAM::Policy"))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => roles.includes(Ref)))
    .flatMap((policy) => tableActions(Policy.parse(policy).Properties.PolicyDocument.Statement));
  expect(ofRoles.length).toBeGreaterThan(0);
  // Lambda itself reads the stream, outside of the network.
  const throughNetwork = ofRoles.filter((action) => !/DescribeStream|GetRecords|GetShardIterator/.test(action));
  expect(throughNetwork.filter((action) => !letOut.includes(action))).toEqual([]);
});

/** The tables' names, each with an action on it. */
function tableActions(statements: z.infer<typeof Statement>[]): string[] {
  return statements.flatMap(({ Action, Resource }) =>
    [...JSON.stringify(Resource).matchAll(/(Complaints|Identities)Table/g)].flatMap(([, table]) =>
      Action.filter((action) => action.startsWith("dynamodb:")).map((action) => `${table} ${action}`),
    ),
  );
}

const inNetworks = (template: Template) =>
  template.findResources("AWS::Lambda::Function", { Properties: { VpcConfig: Match.anyValue() } });

/** What the network lets out to a service, and that its endpoint is one that costs nothing. */
function letOutOf(template: Template, service: string) {
  template.resourcePropertiesCountIs("AWS::EC2::VPCEndpoint", { VpcEndpointType: "Gateway" }, 2);
  const endpoints = Object.values(template.findResources("AWS::EC2::VPCEndpoint"));
  const endpoint = endpoints.find(({ Properties }) => JSON.stringify(Properties.ServiceName).includes(`"${service}"`));
  return Policy.parse(endpoint).Properties.PolicyDocument.Statement;
}

describe("uploads", () => {
  const processing = templateOf("qazvin", "Processing");

  test("reach the function by their key and content alone", () => {
    const bucket = {
      "Fn::GetStackOutput": Match.objectLike({ OutputName: Match.stringLikeRegexp("AttachmentsBucket") }),
    };
    processing.hasResourceProperties("AWS::Events::Rule", {
      EventPattern: {
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: { bucket: { name: [bucket] }, object: { key: [{ prefix: bucketFolders.uploads }] } },
      },
      Targets: [
        Match.objectLike({
          InputTransformer: {
            InputPathsMap: { "detail-object-key": "$.detail.object.key", "detail-object-etag": "$.detail.object.etag" },
            InputTemplate: '{"key":<detail-object-key>,"etag":<detail-object-etag>}',
          },
        }),
      ],
    });
  });

  test("that cannot be cleaned are tried for hours and then kept aside", () => {
    const [, queue] =
      Object.entries(processing.findResources("AWS::SQS::Queue")).find(([id]) =>
        id.startsWith("CleanerUploadsQueue"),
      ) ?? [];
    expect(queue?.Properties.RedrivePolicy).toMatchObject({ maxReceiveCount: 60 });
    expect(queue?.Properties.VisibilityTimeout).toBe(720);
  });
});

describe("where a province has uploads scanned", () => {
  const app = new App();
  const buckets = new Stack(app, "Data");
  const attachments = new AttachmentsBucket(buckets, "Attachments", { corsOrigins: [] });
  const scanning = new Stack(app, "Processing");
  const bundle = join(assemblyOf("qazvin"), "bundles", "clean-file");
  const { filesSegment: part } = new IsolatedNetwork(scanning, "Network");
  new FileCleaner(scanning, "Cleaner", { bundle, attachments, part, trigger: "malware-scan" });
  const template = Template.fromStack(scanning);

  test("nothing is looked at before GuardDuty has said what it found", () => {
    const patterns = Object.values(template.findResources("AWS::Events::Rule")).map(({ Properties }) => Properties);
    expect(patterns).toMatchObject([
      {
        EventPattern: {
          source: ["aws.guardduty"],
          "detail-type": ["GuardDuty Malware Protection Object Scan Result"],
          detail: { s3ObjectDetails: { objectKey: [{ prefix: bucketFolders.uploads }] } },
        },
        Targets: [
          {
            InputTransformer: {
              InputPathsMap: {
                "detail-s3ObjectDetails-objectKey": "$.detail.s3ObjectDetails.objectKey",
                "detail-s3ObjectDetails-eTag": "$.detail.s3ObjectDetails.eTag",
                "detail-scanResultDetails-scanResultStatus": "$.detail.scanResultDetails.scanResultStatus",
              },
            },
          },
        ],
      },
    ]);
  });

  test("GuardDuty scans what is uploaded, and may read no more", () => {
    template.hasResourceProperties("AWS::GuardDuty::MalwareProtectionPlan", {
      ProtectedResource: { S3Bucket: { ObjectPrefixes: [bucketFolders.uploads] } },
    });
    const [, policy] =
      Object.entries(template.findResources("AWS::IAM::Policy")).find(([id]) => id.includes("Scan")) ?? [];
    const reading = Policy.parse(policy).Properties.PolicyDocument.Statement.filter(({ Action }) =>
      Action.includes("s3:GetObject"),
    );
    expect(reading.map(({ Resource }) => folderOf(Resource))).toEqual(["/uploads/*"]);
  });
});
