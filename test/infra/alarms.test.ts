import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Match, Template } from "aws-cdk-lib/assertions";
import { afterAll, describe, expect, test } from "vitest";
import { logEvents } from "#shared/runtime/log-events.ts";
import { withEdge } from "../support/edged.ts";
import { assemblyOf, templateOf } from "../support/synthesized.ts";
import { synthesizeEdited } from "../support/synthesized-with.ts";

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
const full = await synthesizeEdited({
  folder,
  bundles: join(assemblyOf("qazvin"), "bundles"),
  edit(province) {
    withEdge(province);
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
    expect(section).toMatch(/^\w+\n\n.+\n\n```sh\n(failures|(logs_of|aws|curl|npm run) .+)\n/);
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
    const [query = ""] = introduction.match(/^ +local query='filter .+$/m) ?? [];
    expect(query).toContain('level in ["ERROR", "WARN"] or record.status in ["timeout", "error"]');
    for (const section of sections) expect(section).not.toContain("$.level");
    expect(chapter.match(/^failures$|--filter-pattern "\$FAULTS"/gm)?.length).toBeGreaterThan(4);
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
    ["requests refused", '{ ($.status = "401") && ($.route = "*") }', 300],
    ["requests refused", '{ ($.status = "404") && ($.route = "*/v1/complaints/{id}*") }', 300],
    ["requests refused", '{ ($.status = "429") && ($.route = "*/v1/*") }', 100],
    ["responses 5xx", '{ ($.status = "5*") && ($.route = "*/v1/*") }', 5],
  ])("by %s: lines of the gateway's log that match %s, %d of them", (MetricName, FilterPattern, lines) => {
    const [alarm] = Object.values(
      templateOf("qazvin", "Operations").findResources("AWS::CloudWatch::Alarm", { Properties: { MetricName } }),
    );
    const api = templateOf("qazvin", "Api");
    const [log] = Object.keys(api.findResources("AWS::Logs::LogGroup")).filter((id) => id.includes("AccessLog"));
    const [filter] = Object.values(
      api.findResources("AWS::Logs::MetricFilter", { Properties: { FilterPattern, LogGroupName: { Ref: log } } }),
    );
    const [counting] = filter?.Properties.MetricTransformations ?? [];
    expect(counting).toMatchObject({ MetricName, MetricNamespace: alarm?.Properties.Namespace });
    expect(Number(counting.MetricValue) * lines).toBe(alarm?.Properties.Threshold);
    const [stage] = Object.values(api.findResources("AWS::ApiGatewayV2::Stage"));
    const format = JSON.parse(stage?.Properties.AccessLogSettings.Format);
    expect(format).toMatchObject({ status: "$context.status", route: "$context.routeKey" });
  });

  const alarmNamed = (name: string) =>
    alarms.find(([id]) => id.replace(/[0-9A-F]{8}$/, "") === name)?.[1].Properties ?? expect.unreachable(name);
  const processing = fullTemplate("Processing");
  const named = Object.entries(processing.findResources("AWS::Lambda::Function")).flatMap(([id, { Properties }]) =>
    Properties.LoggingConfig
      ? [{ id, name: Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME, Properties }]
      : [],
  );

  test.each([
    ["MinuteRunsMissing", /^rate\(1 minute\)$/, 300, 5],
    ["HourlyRunsMissing", /^(rate\(1 hour\)|cron\(0 \* \* \* \? \*\))$/, 7_200, 7],
  ])("by %s where any function of a schedule is not run at all: %s", (name, expression, Period, count) => {
    const functions = Object.values(processing.findResources("AWS::Scheduler::Schedule"))
      .filter(({ Properties }) => expression.test(Properties.ScheduleExpression))
      .map(({ Properties }) => Properties.Target.Arn["Fn::GetAtt"][0])
      // The canary has an alarm of its own.
      .filter((id) => !id.startsWith("Canaryruncanary"))
      // A round of calls lasts two weeks, and each metric of an alarm is paid.
      .filter((id) => !id.startsWith("IssueCallsaskaboutissues"));
    expect(functions).toHaveLength(count);
    const { Metrics, ...alarm } = alarmNamed(name);
    expect(alarm).toMatchObject({
      TreatMissingData: "breaching",
      ComparisonOperator: "LessThanThreshold",
      Threshold: 1,
    });
    const measured = Metrics.flatMap(({ MetricStat }: { MetricStat?: unknown }) => MetricStat ?? []);
    expect(measured).toHaveLength(count);
    for (const id of functions) expect(JSON.stringify(measured)).toContain(id);
    for (const one of measured)
      expect(one).toMatchObject({ Metric: { MetricName: "Invocations", Namespace: "AWS/Lambda" }, Period });
    const expressions = Metrics.flatMap(({ Expression }: { Expression?: string }) => Expression ?? []);
    // Zero where one of them is, and missing if one of them is: a minimum might pass over the missing one.
    expect(expressions).toHaveLength(1);
    expect(expressions[0].split(" * ")).toEqual(functions.map(() => expect.stringMatching(/^FILL\(\w+, 0\)$/)));
  });

  test("where a schedule is neither every minute nor every hour, by the line that the page was made", () => {
    const expressions = Object.values(processing.findResources("AWS::Scheduler::Schedule")).map(
      ({ Properties }) => Properties.ScheduleExpression,
    );
    const hourly = ["rate(1 hour)", "cron(0 * * * ? *)"];
    const others = expressions.filter((one) => !["rate(1 minute)", ...hourly].includes(one));
    expect(others).toEqual(["rate(5 minutes)"]);
    expect(JSON.stringify(alarmNamed("PublicPageOutdated").Metrics)).toContain(logEvents.pageRendered);
  });

  test("where nobody is sent webhooks, not by their schedule", () => {
    const watchedIn = (province: string) =>
      JSON.stringify(
        Object.entries(templateOf(province, "Operations").findResources("AWS::CloudWatch::Alarm")).find(([id]) =>
          id.startsWith("MinuteRunsMissing"),
        ),
      );
    expect(watchedIn("alborz")).toContain("WebhookSenderdeliverwebhooks");
    expect(watchedIn("qazvin")).not.toContain("WebhookSenderdeliverwebhooks");
  });

  const unwatched = ["escalate-complaint", "run-canary"];
  const { MetricName: failed, Namespace, Threshold } = alarmNamed("FunctionErrors");
  const filters = Object.values(processing.findResources("AWS::Logs::MetricFilter")).map(({ Properties }) => ({
    log: Properties.LogGroupName.Ref,
    pattern: Properties.FilterPattern,
    ...Properties.MetricTransformations[0],
  }));

  test.each(named.map(({ name, id, Properties }) => [name, id, Properties.LoggingConfig.LogGroup.Ref]))(
    "by FunctionErrors where %s fails, unless it has an alarm of its own",
    (name, id, log) => {
      const schedules = Object.values(processing.findResources("AWS::Scheduler::Schedule"));
      const schedule = schedules.find(({ Properties }) => Properties.Target.Arn["Fn::GetAtt"][0] === id);
      // Of those that run more rarely than every minute, three runs would not fail within one period.
      const isRare = /hour|minutes|cron/.test(schedule?.Properties.ScheduleExpression ?? "");
      const pattern = '{ ($.type = "platform.report") && ($.record.status != "success") }';
      const found = filters.filter((one) => one.log === log && one.pattern === pattern);
      const told = { MetricName: failed, MetricNamespace: Namespace, MetricValue: String(isRare ? Threshold : 1) };
      expect(found).toEqual(unwatched.includes(name) ? [] : [expect.objectContaining(told)]);
    },
  );

  test("by FunctionErrors at once, and for two hours, until the next try of a message that fails would have come", () => {
    expect(alarmNamed("FunctionErrors")).toMatchObject({
      Statistic: "Sum",
      Period: 300,
      Threshold: 3,
      EvaluationPeriods: 24,
      DatapointsToAlarm: 1,
    });
  });

  test("by FunctionErrors where a message of any of our queues fails for the sixth time", () => {
    const consumers = Object.values(processing.findResources("AWS::Lambda::EventSourceMapping"))
      .filter(({ Properties }) => Properties.ScalingConfig)
      .map(({ Properties }) => Properties.FunctionName.Ref);
    expect(consumers).toHaveLength(5);
    for (const consumer of consumers) {
      const log = named.find(({ id }) => id === consumer)?.Properties.LoggingConfig.LogGroup.Ref;
      const pattern = '{ ($.message = "message processing failed") && ($.receives >= 6) }';
      expect(filters).toContainEqual(
        expect.objectContaining({ log, pattern, MetricName: failed, MetricValue: String(Threshold) }),
      );
    }
  });

  test("by QueueBacklog where a mail or a file has waited for half an hour, long before it is a dead letter", () => {
    const { Metrics, Threshold } = alarmNamed("QueueBacklog");
    expect(Threshold).toBe(1_800);
    const measured = Metrics.flatMap(({ MetricStat }: { MetricStat?: unknown }) => MetricStat ?? []);
    for (const { Metric, Stat } of measured)
      expect([Metric.MetricName, Stat]).toEqual(["ApproximateAgeOfOldestMessage", "Maximum"]);
    for (const queue of ["NotifierNotificationsQueue", "CleanerUploadsQueue"])
      expect(JSON.stringify(measured)).toContain(queue);
  });

  test("by DeadLetters where a message of any of our queues was given up", () => {
    const queues = Object.entries(processing.findResources("AWS::SQS::Queue"));
    const sources = queues.flatMap(([, { Properties }]) => Properties.RedrivePolicy?.deadLetterTargetArn ?? []);
    expect(sources).toHaveLength(5);
    const [{ Value }] = alarmNamed("DeadLetters").Dimensions;
    for (const {
      "Fn::GetAtt": [id],
    } of sources)
      expect(JSON.stringify(Value)).toContain(id);
  });

  const silent = alarms.filter(
    ([id, { Properties }]) =>
      Properties.TreatMissingData === "breaching" || /^(AgencyQueueNotRead|AgencyQueueDeadLetters)/.test(id),
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
