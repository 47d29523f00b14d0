import type { Stack } from "aws-cdk-lib";
import { LogGroup, QueryDefinition, QueryString } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";

type Query = { name: string; fields: string[]; filter: string };

/**
 * Questions that are asked of several logs at once; what stands in quotes is typed over. The gateway's request id leads
 * to the function's lines, and their event ids to the queue's messages and the mails, which carry them.
 */
const queries: Query[] = [
  {
    name: "follow one complaint",
    fields: ["message", "requestId", "client", "route", "status", "version", "type", "role", "outcome", "rung"],
    filter: '@message like "QZ-0000-0000-0"',
  },
  {
    name: "why was this refused",
    fields: ["service", "message", "route", "status", "refusal", "error", "failure"],
    filter: 'requestId = "the apigw-requestid that the caller was answered"',
  },
  {
    name: "what did this client do",
    fields: ["route", "id", "status", "refusal", "eventIds.0", "tookMs", "requestId"],
    filter: 'client = "call-centre-128"',
  },
];

/** Saved in a folder of the province's for whoever opens Logs Insights, over all logs of these stacks. */
export function addLogQueries(scope: Construct, { province, stacks }: { province: string; stacks: Stack[] }): void {
  const logGroups = stacks.flatMap(({ node }) => node.findAll().filter((one) => one instanceof LogGroup));
  for (const { name, fields, filter } of queries)
    new QueryDefinition(scope, name, {
      queryDefinitionName: `foad/${province}/${name}`,
      queryString: new QueryString({
        fields: ["@timestamp", ...fields],
        filterStatements: [filter],
        sort: "@timestamp asc",
        limit: 1_000,
      }),
      logGroups,
    });
}
