import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { logEvents } from "#shared/runtime/log-events.ts";
import { assemblyOf, templateOf } from "../support/synthesized.ts";

const stacks = ["Api", "Processing"];

/** The messages that metric filters listen for, each with the bundle of the function whose log they read. */
const listened = stacks.flatMap((stack) => {
  const template = templateOf("qazvin", stack);
  const functions = Object.values(template.findResources("AWS::Lambda::Function"));
  const filters = Object.values(template.findResources("AWS::Logs::MetricFilter"));
  const ofFunctions = filters.filter(({ Properties }) => String(Properties.FilterPattern).includes("$.message"));
  return ofFunctions.map(({ Properties }) => {
    const logged = functions.find((fn) => fn.Properties.LoggingConfig?.LogGroup.Ref === Properties.LogGroupName.Ref);
    return {
      message: /"([^"]+)"\s*\}$/.exec(Properties.FilterPattern)?.[1] ?? "",
      bundle: String(logged?.Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME),
    };
  });
});

test("every message of the table is listened for, and nothing else is", () => {
  expect([...new Set(listened.map(({ message }) => message))].sort()).toEqual(Object.values(logEvents).sort());
});

test.each(listened)("$message is logged by $bundle, whose log is listened to", ({ message, bundle }) => {
  const code = readFileSync(join(assemblyOf("qazvin"), "bundles", bundle, "index.js"), "utf8");
  expect(code).toContain(`"${message}"`);
});

test("every alarm has its line in the pages of whoever runs a province", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/operations.md"), "utf8");
  const alarms = Object.keys(templateOf("qazvin", "Operations").findResources("AWS::CloudWatch::Alarm"));
  const named = alarms.map((id) => id.replace(/[0-9A-F]{8}$/, ""));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

describe("somebody is woken", () => {
  test("by mail, and at an address, where the province's file names them; alarms may speak on the topic", () => {
    const operations = templateOf("alborz", "Operations");
    const [topic = ""] = Object.keys(operations.findResources("AWS::SNS::Topic"));
    for (const [Protocol, Endpoint] of [
      ["email", "operations@alborz.example"],
      ["https", "https://alarms.alborz.example/foad"],
    ])
      operations.hasResourceProperties("AWS::SNS::Subscription", { Protocol, Endpoint, TopicArn: { Ref: topic } });
    operations.hasResourceProperties("AWS::SNS::TopicPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: "Allow",
            Action: "sns:Publish",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
          }),
        ]),
      },
    });
  });

  test.each([
    ["answered 401", '{ ($.status = "401") && ($.route = "*") }'],
    ["answered 404", '{ ($.status = "404") && ($.route = "*/v1/complaints/{id}*") }'],
    ["answered 429", '{ ($.status = "429") && ($.route = "*/v1/*") }'],
  ])("where %s surges, as the gateway's own log tells it", (MetricName, FilterPattern) => {
    templateOf("qazvin", "Operations").hasResourceProperties("AWS::CloudWatch::Alarm", { MetricName });
    const api = templateOf("qazvin", "Api");
    const [log] = Object.keys(api.findResources("AWS::Logs::LogGroup")).filter((id) => id.includes("AccessLog"));
    api.hasResourceProperties("AWS::Logs::MetricFilter", { FilterPattern, LogGroupName: { Ref: log } });
    const [stage] = Object.values(api.findResources("AWS::ApiGatewayV2::Stage"));
    const format = JSON.parse(stage?.Properties.AccessLogSettings.Format);
    expect(format).toMatchObject({ status: "$context.status", route: "$context.routeKey" });
  });

  test("where an entry of the index of what is due cannot be read", () => {
    templateOf("qazvin", "Operations").hasResourceProperties("AWS::CloudWatch::Alarm", {
      MetricName: logEvents.dueUnreadable,
      Threshold: 1,
    });
  });
});
