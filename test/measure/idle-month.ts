import * as z from "zod";
import { billOf, type Counted, dollars, list } from "./prices.ts";

export type Resource = { type: string; properties: Record<string, unknown> };
export type Line = { what: string; how: string; dollars: number };

const { perMillion, perMonth } = list;
const hours = 730;
/** Lambda keeps so many requests open at a queue, each for twenty seconds, whatever comes. AWS states the first alone. */
const pollers = { each: 5, requestsAnHour: 180 };

/** Types that cost nothing while nothing happens; what their use costs is counted with whatever uses them. */
const free = [
  "ApiGatewayV2::Api",
  "ApiGatewayV2::ApiMapping",
  "ApiGatewayV2::Authorizer",
  "ApiGatewayV2::DomainName",
  "ApiGatewayV2::Integration",
  "ApiGatewayV2::Route",
  "ApiGatewayV2::Stage",
  // One that does nothing by itself.
  "Budgets::Budget",
  // An account has three free; a fourth province in it pays for its own.
  "CloudWatch::Dashboard",
  "CloudFront::CachePolicy",
  "CloudFront::Distribution",
  "DynamoDB::Table",
  "EC2::RouteTable",
  "EC2::SecurityGroup",
  "EC2::Subnet",
  "EC2::SubnetRouteTableAssociation",
  "EC2::VPC",
  // A gateway's endpoint, to S3; one of the other kind costs seven dollars.
  "EC2::VPCEndpoint",
  "Events::Rule",
  "IAM::Policy",
  "IAM::Role",
  "Lambda::EventInvokeConfig",
  "Lambda::Function",
  "Lambda::Permission",
  "Logs::LogGroup",
  // A metric is billed only in hours in which a line matched.
  "Logs::MetricFilter",
  "Logs::QueryDefinition",
  "S3::Bucket",
  "S3::BucketPolicy",
  "Scheduler::ScheduleGroup",
  "SES::ConfigurationSet",
  "SES::ConfigurationSetEventDestination",
  "SES::EmailIdentity",
  "SNS::Subscription",
  "SNS::Topic",
  "SNS::TopicPolicy",
  "SQS::Queue",
  "SQS::QueuePolicy",
  "StepFunctions::StateMachine",
].map((type) => `AWS::${type}`);

const each: Record<string, { what: string; dollars: number }> = {
  "AWS::KMS::Key": { what: "keys, in their first year", dollars: perMonth.key },
  "AWS::SecretsManager::Secret": { what: "secrets", dollars: perMonth.secret },
  "AWS::WAFv2::WebACL": { what: "web ACLs", dollars: perMonth.webAcl },
};
const metered = ["AWS::CloudWatch::Alarm", "AWS::Lambda::EventSourceMapping", "AWS::Scheduler::Schedule"];

const Acl = z.object({ Rules: z.array(z.unknown()) });
const Secret = z.object({ ReplicaRegions: z.array(z.unknown()).default([]) });
const Endpoint = z.object({ VpcEndpointType: z.literal("Gateway") });
const Mapping = z.object({ ScalingConfig: z.unknown().optional(), BisectBatchOnFunctionError: z.unknown().optional() });
const Schedule = z.object({
  ScheduleExpression: z.enum(["rate(1 minute)", "rate(5 minutes)", "rate(1 hour)", "cron(0 * * * ? *)"]),
  Target: z.object({ Arn: z.object({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) }) }),
});

/**
 * What a month costs in which nobody files, from every resource of the stacks; a type that nobody priced is an error.
 * `idleRuns`: what each scheduled function uses in a run that finds nothing.
 */
export function idleMonth(resources: Resource[], idleRuns: Record<string, Counted>): Line[] {
  for (const { type, properties } of resources) {
    if (![...free, ...Object.keys(each), ...metered].includes(type)) throw new Error(`nobody priced an ${type}`);
    if (type === "AWS::EC2::VPCEndpoint") Endpoint.parse(properties);
  }
  const standing = Object.entries(each).flatMap(([type, { what, dollars }]) => {
    const count = countOf(resources, type);
    return count > 0 ? [{ what, how: `${count} × $${dollars.toFixed(2)}`, dollars: count * dollars }] : [];
  });
  return [alarms(resources), ...standing, ...partsOf(resources), polling(resources), runs(resources, idleRuns)];
}

/** What is charged by itself of a resource that has several of it; nothing if there is none. */
function partsOf(resources: Resource[]): Line[] {
  const own = (wanted: string) => resources.filter(({ type }) => type === wanted);
  const rules = own("AWS::WAFv2::WebACL").flatMap(({ properties }) => Acl.parse(properties).Rules).length;
  const copies = own("AWS::SecretsManager::Secret").flatMap(
    ({ properties }) => Secret.parse(properties).ReplicaRegions,
  ).length;
  return [
    { what: "rules of the web ACL", count: rules, dollars: perMonth.webRule },
    { what: "copies of secrets in another region", count: copies, dollars: perMonth.secret },
  ]
    .filter(({ count }) => count > 0)
    .map(({ what, count, dollars }) => ({
      what,
      how: `${count} × $${dollars.toFixed(2)}`,
      dollars: count * dollars,
    }));
}

export function countOf(resources: Resource[], type: string): number {
  return resources.filter((resource) => resource.type === type).length;
}

const Compared = z.object({ Metrics: z.array(z.object({ MetricStat: z.unknown().optional() })).optional() });

/** An alarm is billed for each metric that it compares. */
function alarms(resources: Resource[]): Line {
  const all = resources.filter(({ type }) => type === "AWS::CloudWatch::Alarm");
  const metrics = all.flatMap(({ properties }) => {
    const { Metrics } = Compared.parse(properties);
    return Metrics?.filter(({ MetricStat }) => MetricStat !== undefined) ?? [properties];
  });
  const { length } = metrics;
  return {
    what: "alarms",
    how: `${all.length} on ${length} metrics × $${perMonth.alarm.toFixed(2)}`,
    dollars: length * perMonth.alarm,
  };
}

/** Readers of queues; those of streams are free. */
function polling(resources: Resource[]): Line {
  const queues = resources
    .filter(({ type }) => type === "AWS::Lambda::EventSourceMapping")
    .filter(({ properties }) => Mapping.parse(properties).BisectBatchOnFunctionError === undefined).length;
  const requests = queues * pollers.each * pollers.requestsAnHour * hours;
  return {
    what: "our own queues, polled empty",
    how: `${queues} × ${pollers.each} pollers, ${millions(requests)} requests`,
    dollars: (requests * perMillion.standardRequests) / 1e6,
  };
}

const anHour = { "rate(1 minute)": 60, "rate(5 minutes)": 12, "rate(1 hour)": 1, "cron(0 * * * ? *)": 1 };

function runs(resources: Resource[], idleRuns: Record<string, Counted>): Line {
  const schedules = resources.filter(({ type }) => type === "AWS::Scheduler::Schedule");
  const all = schedules.map(({ properties }) => {
    const { ScheduleExpression, Target } = Schedule.parse(properties);
    const [target] = Target.Arn["Fn::GetAtt"];
    const [, counted] = Object.entries(idleRuns).find(([fn]) => target.includes(fn.replaceAll("-", ""))) ?? [];
    if (!counted) throw new Error(`nobody counted a run of ${target}`);
    const times = anHour[ScheduleExpression] * hours;
    return { times, dollars: (times * (dollars(billOf(counted)) + perMillion.scheduledRuns)) / 1e6 };
  });
  const times = all.reduce((sum, { times }) => sum + times, 0);
  return {
    what: "runs of schedules",
    how: `${times.toLocaleString("en")} of ${schedules.length} functions that find nothing to do`,
    dollars: all.reduce((sum, { dollars }) => sum + dollars, 0),
  };
}

/** What agencies' own consumers ask of the queues all month, one long poll after the other; the queue's owner pays it. */
export function agenciesPolling(agencies: number): Line {
  const requests = agencies * pollers.requestsAnHour * hours;
  return {
    what: `queues of ${agencies} agencies, polled empty`,
    how: `one long poll after the other, ${millions(requests)} requests`,
    dollars: (requests * perMillion.fifoRequests) / 1e6,
  };
}

const millions = (n: number) => `${(n / 1e6).toFixed(2)} million`;
