import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Match, Template } from "aws-cdk-lib/assertions";
import { afterAll, describe, expect, test } from "vitest";
import { logEvents } from "#shared/runtime/log-events.ts";
import { edged } from "../support/edged.ts";
import { assemblyOf, templateOf } from "../support/synthesized.ts";
import { synthesizedWith } from "../support/synthesized-with.ts";

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
      message: /\$\.message = "([^"]+)"/.exec(Properties.FilterPattern)?.[1] ?? "",
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

// A province that has all that any has, so that no alarm is left out.
const folder = mkdtempSync(join(tmpdir(), "foad-all-alarms-"));
const full = await synthesizedWith({
  folder,
  bundles: join(assemblyOf("qazvin"), "bundles"),
  edit(province) {
    edged(province);
    const clientId = "canary-of-the-sandbox";
    for (const frontEnd of province.frontEnds) frontEnd.webhook = { url: "https://events.front-end.example/foad" };
    province.sandbox = { clients: [{ clientId, name: { fa: "قناری", en: "Canary" } }], canary: clientId };
  },
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fullTemplate = (part: string) =>
  Template.fromJSON(JSON.parse(readFileSync(join(full, `Foad-qazvin-${part}.template.json`), "utf8")));
const alarms = Object.entries(fullTemplate("Operations").findResources("AWS::CloudWatch::Alarm"));

describe("the pages of whoever runs a province", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/operations.md"), "utf8");
  const [, chapter = ""] = /\n## Alarms\n([\s\S]*?)\n## /.exec(page) ?? [];
  const [introduction = "", ...sections] = chapter.split(/^### /m);
  const titles = sections.map((section) => section.slice(0, section.indexOf("\n")));
  const named = alarms.map(([id]) => id.replace(/[0-9A-F]{8}$/, ""));

  test("have a section for each alarm, and none for another", () => {
    expect(titles.toSorted()).toEqual(named.toSorted());
    expect(introduction).toContain("resource()");
  });

  test("say of each alarm whether it can be caused on one machine, and by which test", () => {
    const rows = [...introduction.matchAll(/^\| (.+) \| (.*[A-Z]\w+.*) \|$/gm)];
    const told = rows.flatMap(([, , names = ""]) => names.match(/\b[A-Z][a-z]\w+/g) ?? []);
    expect(told.toSorted()).toEqual(named.toSorted());
    for (const [, file = ""] of introduction.matchAll(/`(test\/[\w/.-]+)`/g))
      expect(existsSync(join(import.meta.dirname, "../..", file)), file).toBe(true);
  });

  test.each(alarms)("are named by %s, which says its impact and first step", (id, { Properties }) => {
    const anchor = id.replace(/[0-9A-F]{8}$/, "").toLowerCase();
    expect(Properties.AlarmDescription).toMatch(new RegExp(`^.+\\. First step: .+\\. Runbook: .*#${anchor}$`));
    expect(Properties.AlarmDescription.length).toBeLessThanOrEqual(1_024);
    expect(Properties.AlarmActions).toHaveLength(1);
  });

  test.each(sections)("begin with a command that can be pasted: %s", (section) => {
    expect(section).toMatch(/^\w+\n\n.+\n\n```sh\n(logs_of|bring_back|aws|curl|npm run) .+\n/);
    const [, typed] = section.split("```");
    expect(typed).not.toMatch(/…"|<\w+>/);
  });

  test("ask for faults by one filter, which finds what only Lambda tells of too", () => {
    const [, filter = ""] = introduction.match(/^FAULTS='(.+)'$/m) ?? [];
    for (const told of [
      '$.level = "ERROR"',
      '$.level = "WARN"',
      '$.record.status = "timeout"',
      '$.record.status = "error"',
    ])
      expect(filter).toContain(told);
    for (const section of sections) expect(section).not.toContain("$.level");
    expect(chapter.match(/--filter-pattern "\$FAULTS"/g)?.length).toBeGreaterThan(10);
  });

  const types = { logs_of: "AWS::Logs::LogGroup", bring_back: "AWS::SQS::Queue" };
  const resources = [
    ...chapter.matchAll(/(?:(logs_of|bring_back)|\(resource) (Api|Processing) (\w+)(?: (AWS::[\w:]+))?/g),
  ];

  test.each(resources.map(([, how, stack, prefix, type]) => [stack, prefix, type ?? types[how as keyof typeof types]]))(
    "find exactly one resource of %s that is called %s",
    (stack = "", prefix = "", type = "") => {
      const ids = Object.keys(fullTemplate(stack).findResources(type));
      expect(ids.filter((id) => id.startsWith(prefix))).toHaveLength(1);
    },
  );
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
    ["answered 5xx", '{ ($.status = "5*") && ($.route = "*/v1/*") }'],
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

  test("where any function of a schedule is not run at all", () => {
    const processing = fullTemplate("Processing");
    const scheduled = Object.values(processing.findResources("AWS::Scheduler::Schedule"));
    const watched = JSON.stringify(alarms.filter(([, { Properties }]) => Properties.TreatMissingData === "breaching"));
    const functions = scheduled.map(({ Properties }) => Properties.Target.Arn["Fn::GetAtt"][0]);
    expect(functions.length).toBeGreaterThan(8);
    // The page has an alarm on the line by which it says that it was made.
    for (const id of functions.filter((id) => !id.startsWith("Pagerenderpage"))) expect(watched).toContain(id);
  });

  test("where nobody is sent webhooks, not by their schedule", () => {
    const ids = (province: string) =>
      Object.keys(templateOf(province, "Operations").findResources("AWS::CloudWatch::Alarm")).join();
    expect(ids("alborz")).toContain("NothingIsPushed");
    expect(ids("qazvin")).not.toContain("NothingIsPushed");
  });

  test.each([
    ["MailsWait", "NotifierNotificationsQueue"],
    ["UploadsWait", "CleanerUploadsQueue"],
  ])("by %s where a message of %s has waited for half an hour, long before it is a dead letter", (name, queue) => {
    const [, alarm] = alarms.find(([id]) => id.startsWith(name)) ?? expect.unreachable();
    const { MetricName, Statistic, Threshold, Dimensions } = alarm.Properties;
    expect([MetricName, Statistic, Threshold]).toEqual(["ApproximateAgeOfOldestMessage", "Maximum", 1_800]);
    expect(JSON.stringify(Dimensions)).toContain(queue);
  });

  test("by MailsFail where a mail fails for the sixth time, and until its next try would have come", () => {
    const [, alarm] = alarms.find(([id]) => id.startsWith("MailsFail")) ?? expect.unreachable();
    expect(alarm.Properties.Threshold).toBe(6);
    const told = JSON.stringify(alarm.Properties.Metrics);
    for (const part of ['"MetricName":"message not consumed receives"', '"Stat":"Maximum"', '"Period":7200'])
      expect(told).toContain(part);
  });

  const silent = alarms.filter(
    ([id, { Properties }]) =>
      Properties.TreatMissingData === "breaching" || /^(AgencyDoesNotRead|AgencyCannotConsume|MailsFail)/.test(id),
  );

  test.each(silent)("in the first period without a value, by a zero and not by the last value: %s", (_, alarm) => {
    const metrics: { Id: string; Expression?: string }[] = alarm.Properties.Metrics ?? [];
    const [told = "", ...more] = metrics.flatMap(({ Expression }) => Expression ?? []);
    const measured = metrics.filter(({ Expression }) => !Expression);
    expect(more).toEqual([]);
    expect(measured).not.toEqual([]);
    for (const { Id } of measured) expect(told).toContain(`FILL(${Id}, 0)`);
  });

  test("where an entry of the index of what is due cannot be read", () => {
    templateOf("qazvin", "Operations").hasResourceProperties("AWS::CloudWatch::Alarm", {
      MetricName: logEvents.dueUnreadable,
      Threshold: 1,
    });
  });
});
