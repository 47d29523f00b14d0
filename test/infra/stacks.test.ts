import { readdirSync } from "node:fs";
import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { apiFunctions, routeLimits } from "#infra/constructs/routes.ts";
import { readProvince } from "#infra/provinces/province-files.ts";
import { mostAgenciesPerStack } from "#infra/provinces/service-limits.ts";
import { eventPrefix, partitions } from "#shared/runtime/keys.ts";
import { assemblyOf, templateOf } from "../support/synthesized.ts";
import { names } from "../upgrade/templates/update.ts";

type Resource = z.infer<typeof Resource>;
const Resource = z.object({
  Type: z.string(),
  DeletionPolicy: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).optional(),
});

describe("what must outlive every deployment", () => {
  const data = templateOf("qazvin", "Data");

  test("both tables are kept, protected and recoverable to the second", () => {
    const tables = Object.values(data.findResources("AWS::DynamoDB::Table"));
    expect(tables).toHaveLength(2);
    for (const table of tables) {
      expect(table).toMatchObject({
        DeletionPolicy: "Retain",
        Properties: {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      });
    }
  });

  test("only the complaints have a stream; identities leave their table by being read alone", () => {
    data.resourcePropertiesCountIs("AWS::DynamoDB::Table", { StreamSpecification: Match.anyValue() }, 1);
    data.hasResourceProperties("AWS::DynamoDB::Table", {
      StreamSpecification: { StreamViewType: "NEW_IMAGE" },
      GlobalSecondaryIndexes: [
        { IndexName: "inbox" },
        { IndexName: "due" },
        { IndexName: "workQueue" },
        // Of whom a month's figures are made: nothing of a complaint is copied there.
        { IndexName: "cohort", Projection: { ProjectionType: "KEYS_ONLY" } },
      ],
    });
  });

  test("each key is made in exactly this way, since any other way makes another key", () => {
    const made = expect.objectContaining({
      DeletionPolicy: "Retain",
      Properties: expect.objectContaining({
        GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 64 },
      }),
    });
    expect(data.findResources("AWS::SecretsManager::Secret")).toEqual({
      PepperSecret50EF09A7: made,
      MaskKeySecretEF740035: made,
      AddressKeySecret93DF7417: made,
      WebhookKeySecret96F1C2EF: made,
      StatisticsKeySecret1B4649FD: made,
      // Only the webhook's key is generated; the others are written by an operator.
      SmsKeysSecret673DCEF4: expect.objectContaining({ DeletionPolicy: "Retain" }),
    });
  });
});

test("a stack that was rolled back leaves no name taken", () => {
  const stacks = readdirSync(assemblyOf("qazvin")).flatMap(
    (file) => /^Foad-qazvin-(.+)\.template/.exec(file)?.[1] ?? [],
  );
  const kept = stacks.flatMap((part) => {
    const named = Object.entries(z.record(z.string(), Resource).parse(templateOf("qazvin", part).toJSON().Resources));
    return named.filter(([, { Type, DeletionPolicy, Properties }]) => {
      const name = names[Type];
      return DeletionPolicy === "Retain" && name && Properties?.[name] !== undefined;
    });
  });
  expect(stacks.length).toBeGreaterThan(5);
  expect(kept).toEqual([]);
});

describe("an agency's queue", () => {
  const agencies = templateOf("qazvin", "Agencies-1");

  test("stands beside its dead letters, one pair per agency", () => {
    agencies.resourceCountIs("AWS::SQS::Queue", 80);
    // As many of CloudFormation's 500 as the check of a province's file counts on.
    expect(Object.keys(agencies.toJSON().Resources)).toHaveLength(40 * (500 / mostAgenciesPerStack));
    agencies.hasResourceProperties("AWS::SQS::Queue", {
      QueueName: "foad-qazvin-agency-social-security.fifo",
      FifoThroughputLimit: "perMessageGroupId",
      SqsManagedSseEnabled: true,
      RedrivePolicy: { maxReceiveCount: 5 },
    });
    agencies.hasResourceProperties("AWS::SQS::Queue", { QueueName: "foad-qazvin-agency-social-security-dlq.fifo" });
  });

  test("is consumed, and its dead letters, by the one principal of the agency's account, and by nobody where none is named", () => {
    const policies = Object.values(agencies.findResources("AWS::SQS::QueuePolicy"));
    const open = policies.filter((policy) => JSON.stringify(policy).includes("sqs:ReceiveMessage"));
    expect(open).toHaveLength(2 * 13);
    for (const policy of open) expect(JSON.stringify(policy)).toContain("aws:PrincipalArn");
  });
});

describe.each(["qazvin", "alborz"])("what an agency of %s has not consumed yet", (province) => {
  const resources = Object.values(templateOf(province, "Agencies-1").toJSON().Resources as Record<string, Resource>);

  test.each(["AWS::SQS::Queue", "AWS::SQS::QueuePolicy"])("outlives an agency that goes or moves (%s)", (type) => {
    const kept = resources.filter(({ Type }) => Type === type);
    expect(kept.length).toBeGreaterThan(1);
    // But on a creation that failed, or the name would be taken at the next try.
    const policies = { DeletionPolicy: "RetainExceptOnCreate", UpdateReplacePolicy: "Retain" };
    for (const resource of kept) expect(resource).toMatchObject(policies);
  });
});

test.each(["qazvin", "alborz"])("no stack of %s uses another's export, which would deadlock its update", (province) => {
  for (const part of ["Data", "Agencies-1", "Api", "Processing", "Operations"]) {
    const { Outputs = {}, ...template } = templateOf(province, part).toJSON();
    expect(JSON.stringify(template)).not.toContain("Fn::ImportValue");
    expect(Object.values(Outputs as Record<string, object>).filter((output) => "Export" in output)).toEqual([]);
  }
});

describe("the stream's reader", () => {
  test("retries a record a few times, then parks it and goes on", () => {
    templateOf("qazvin", "Processing").hasResourceProperties("AWS::Lambda::EventSourceMapping", {
      MaximumRetryAttempts: 5,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
      FilterCriteria: {
        Filters: [
          { Pattern: `{"eventName":["INSERT"],"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"${eventPrefix}"}]}}}}` },
          // Of what is noted in private, only what the citizen is mailed about.
          {
            Pattern: `{"eventName":["INSERT"],"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"${partitions.confidential}"}]}},"NewImage":{"hasNotification":{"BOOL":[true]}}}}`,
          },
        ],
      },
    });
  });
});

describe("the gateway", () => {
  const api = templateOf("qazvin", "Api");

  test("has one permission per function, however many routes lead to it, and one for the default route", () => {
    api.resourceCountIs("AWS::Lambda::Permission", apiFunctions.length + 1);
    api.resourcePropertiesCountIs(
      "AWS::Lambda::Permission",
      { SourceArn: { "Fn::Join": ["", Match.arrayWith(["/*/$default"])] } },
      1,
    );
  });

  test("lets a browser send and read what callers need", () => {
    api.hasResourceProperties("AWS::ApiGatewayV2::Api", {
      CorsConfiguration: {
        AllowHeaders: Match.arrayWith(["foad-secret", "idempotency-key", "if-match", "if-none-match"]),
        ExposeHeaders: [
          "etag",
          "location",
          "retry-after",
          "ratelimit",
          "ratelimit-policy",
          "deprecation",
          "sunset",
          "link",
          "www-authenticate",
          "apigw-requestid",
        ],
      },
    });
  });

  test("lets through what all front ends of the province together may file", () => {
    const { frontEnds } = readProvince("qazvin");
    const aMinute = frontEnds.reduce((sum, { filingsPerMinute }) => sum + filingsPerMinute, 0);
    const [stage] = Object.values(api.findResources("AWS::ApiGatewayV2::Stage"));
    expect(stage?.Properties.DefaultRouteSettings.ThrottlingRateLimit * 60).toBeGreaterThan(aMinute);
  });

  test("refuses whoever overruns the public page there, and lets every operation have the stage's own limit", () => {
    const [stage] = Object.values(api.findResources("AWS::ApiGatewayV2::Stage"));
    const limited = Object.entries(stage?.Properties.RouteSettings as Record<string, { ThrottlingRateLimit: number }>);
    expect(limited.map(([routeKey]) => routeKey).sort()).toEqual(Object.keys(routeLimits).sort());
    const usual = stage?.Properties.DefaultRouteSettings.ThrottlingRateLimit;
    for (const [, { ThrottlingRateLimit }] of limited) expect(ThrottlingRateLimit).toBeLessThanOrEqual(usual);
    // Or the stage would be refused: it names routes that are not there yet.
    const routes = Object.entries(api.findResources("AWS::ApiGatewayV2::Route"));
    const named = routes.filter(([, { Properties }]) => Properties.RouteKey in routeLimits).map(([id]) => id);
    expect(stage?.DependsOn).toEqual(expect.arrayContaining(named));
    const apart = Object.entries(
      api.findResources("AWS::Lambda::Function", { Properties: { ReservedConcurrentExecutions: Match.anyValue() } }),
    );
    expect(apart.map(([id]) => id)).toEqual([expect.stringMatching(/^readpage/)]);
  });

  test("checks the province's issuer and audience", () => {
    api.hasResourceProperties("AWS::ApiGatewayV2::Authorizer", {
      JwtConfiguration: { Issuer: "https://login.qazvin.example/", Audience: ["foad-qazvin"] },
    });
  });
});

test.each([
  ["Api", "AWS::ApiGatewayV2::Stage", "apis"],
  ["Processing", "AWS::StepFunctions::StateMachine", "states"],
])(
  "what AWS logs by itself for %s stands where a service may write, under a name that no stack had before",
  (part, writer, service) => {
    const template = templateOf("qazvin", part);
    const [log, other] = Object.entries(
      template.findResources("AWS::Logs::LogGroup", { Properties: { LogGroupName: Match.anyValue() } }),
    );
    expect(other).toBeUndefined();
    const [id, { Properties }] = log ?? expect.unreachable();
    const own = { "Fn::Select": [2, { "Fn::Split": ["/", { Ref: "AWS::StackId" }] }] };
    expect(Properties.LogGroupName).toEqual({
      "Fn::Join": ["", [`/aws/vendedlogs/${service}/Foad-qazvin-${part}/`, own]],
    });
    const [written] = Object.values(template.findResources(writer));
    expect(JSON.stringify(written?.Properties)).toContain(`{"Fn::GetAtt":["${id}","Arn"]}`);
  },
);

test("nothing of another province is Qazvin's", () => {
  for (const part of ["Data", "Agencies-1", "Api", "Processing"])
    expect(JSON.stringify(templateOf("alborz", part).toJSON())).not.toMatch(/qazvin/i);
});

test("every alarm says what it means to people and what to do first", () => {
  const alarms = Object.values(templateOf("qazvin", "Operations").findResources("AWS::CloudWatch::Alarm"));
  expect(alarms.length).toBeGreaterThan(4);
  for (const alarm of alarms) expect(alarm.Properties.AlarmDescription).toMatch(/^.{20,} First step: .{10,}$/);
});

test.each(["qazvin", "alborz"])(
  "a run of a schedule of %s is not tried again, nor waits beyond the next",
  (province) => {
    const processing = templateOf(province, "Processing");
    const schedules = Object.values(processing.findResources("AWS::Scheduler::Schedule"));
    const settings = Object.values(processing.findResources("AWS::Lambda::EventInvokeConfig"));
    expect(schedules.length).toBeGreaterThan(8);
    for (const { Properties } of schedules) {
      const { Target, ScheduleExpression } = Properties;
      const [, count, unit] = /^rate\((\d+) (minute|hour)s?\)$/.exec(ScheduleExpression) ?? [];
      const isFullHour = ScheduleExpression === "cron(0 * * * ? *)";
      const every = isFullHour ? 3_600 : Number(count) * (unit === "hour" ? 3_600 : 60);
      const none = { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: every };
      expect(Target.RetryPolicy).toEqual(none);
      const called = Target.Arn["Fn::GetAtt"][0];
      expect(settings.find((one) => one.Properties.FunctionName.Ref === called)?.Properties).toMatchObject(none);
    }
  },
);

test("the state machine's definition is valid, and keeps no data of an execution", async () => {
  const { default: validate } = await import("asl-validator");
  const processing = templateOf("qazvin", "Processing");
  const [machine] = Object.values(processing.findResources("AWS::StepFunctions::StateMachine"));
  const definition = machine?.Properties.DefinitionString["Fn::Join"][1]
    .map((part: unknown) => (typeof part === "string" ? part : "arn:aws:lambda:us-east-1:000000000000:function:raise"))
    .join("");
  expect(validate(JSON.parse(definition))).toMatchObject({ isValid: true });
  expect(machine?.Properties).toMatchObject({
    StateMachineType: "STANDARD",
    LoggingConfiguration: { IncludeExecutionData: false },
  });
});
