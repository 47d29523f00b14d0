import { RegionInfo } from "aws-cdk-lib/region-info";
import * as z from "zod";
import type { ProvinceFault } from "#shared/province/checks/province-faults.ts";
import { deadLetterQueueName } from "#shared/runtime/keys.ts";

/** SQS allows 80 characters. An agency's dead-letter queue has the longest name. */
const longestQueueName = 80;

/** CloudFormation allows 500 resources in a stack. An agency needs four: two queues, each with a policy. */
export const mostAgenciesPerStack = 500 / 4;

/** API Gateway's limit of audiences in one JWT authorizer. */
const mostAudiences = 50;

const text = z.string().catch("");
const clients = z.array(z.unknown()).catch([]);

/** The fields that AWS limits depend on. They are parsed leniently, so that other faults do not hide these. */
const LimitedProvince = z.object({
  id: text,
  region: z.string().optional().catch(undefined),
  agencies: z
    .array(
      z.object({
        id: text,
        queueStack: z.number().catch(0),
        clientIds: clients,
        consumer: z.object({ account: text, principalArn: text }).optional().catch(undefined),
      }),
    )
    .catch([]),
  frontEnds: clients,
  overseers: clients,
  sandbox: z.object({ clients }).optional().catch(undefined),
  tokens: z.object({ audience: z.unknown().optional(), peopleClients: clients }).optional().catch(undefined),
});
type Agency = z.infer<typeof LimitedProvince>["agencies"][number];

/** Returns the faults of a province file that CloudFormation, SQS or IAM would find only at deployment. */
export function serviceLimitFaults(content: unknown): ProvinceFault[] {
  const { success, data } = LimitedProvince.safeParse(content);
  if (!success) return [];
  const { id: provinceId, agencies, region } = data;
  return [
    ...regionFaults(region),
    ...agencies.flatMap((agency, a) => [
      ...queueFaults({ provinceId, agencyId: agency.id, path: ["agencies", a, "id"] }),
      ...consumerFaults(agency, ["agencies", a, "consumer"]),
    ]),
    ...stackSizeFaults(agencies),
    ...audienceFaults(data),
  ];
}

/** Without an audience in the province file, the gateway checks client ids instead, and has a limit for them. */
function audienceFaults({
  agencies,
  frontEnds,
  overseers,
  sandbox,
  tokens,
}: z.infer<typeof LimitedProvince>): ProvinceFault[] {
  const ofAgencies = agencies.map(({ clientIds }) => clientIds);
  const people = tokens?.peopleClients ?? [];
  const count = [...ofAgencies, frontEnds, overseers, people, sandbox?.clients ?? []].flat().length;
  if (!tokens || tokens.audience !== undefined || count <= mostAudiences) return [];
  const message = `without it the gateway goes by the ids of clients, of which it takes ${mostAudiences}, and there are ${count}: name an audience, and an issuer that writes it`;
  return [{ path: ["tokens", "audience"], message }];
}

/** The schema accepts any text in the form of a region. CDK's list of regions finds typing errors. */
function regionFaults(region: string | undefined): ProvinceFault[] {
  const names = RegionInfo.regions.map(({ name }) => name);
  // The schema already reports a text that does not have the form of a region.
  if (region === undefined || names.includes(region) || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return [];
  return [{ path: ["region"], message: `"${region}" is no region of AWS: write one that the account may use` }];
}

type QueueNameParts = { provinceId: string; agencyId: string; path: ProvinceFault["path"] };

function queueFaults({ provinceId, agencyId, path }: QueueNameParts): ProvinceFault[] {
  const faults: ProvinceFault[] = [];
  if (agencyId.endsWith("-dlq"))
    faults.push({ path, message: `"${agencyId}" would have the queue of another's dead letters` });
  const queue = deadLetterQueueName({ provinceId, agencyId });
  if (queue.length > longestQueueName)
    faults.push({
      path,
      message: `the queue name ${queue} has ${queue.length} characters, SQS allows ${longestQueueName}`,
    });
  return faults;
}

function consumerFaults({ consumer }: Agency, path: ProvinceFault["path"]): ProvinceFault[] {
  if (!consumer) return [];
  const { account, principalArn } = consumer;
  if (!/^\d{12}$/.test(account)) return [{ path: [...path, "account"], message: "must be a 12-digit AWS account" }];
  if (!/^arn:[a-z-]+:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/.test(principalArn))
    return [{ path: [...path, "principalArn"], message: "must be the ARN of a role or user, without wildcards" }];
  if (!principalArn.includes(`::${account}:`))
    return [{ path: [...path, "principalArn"], message: "must be of the consumer's account" }];
  return [];
}

function stackSizeFaults(agencies: Agency[]): ProvinceFault[] {
  const numbered = agencies.map(({ queueStack: stack }, a) => ({ stack, a }));
  return [...Map.groupBy(numbered, ({ stack }) => stack)].flatMap(([stack, all]) => {
    const first = all[mostAgenciesPerStack];
    if (!first) return [];
    const message = `stack ${stack} holds ${all.length} agencies, and ${mostAgenciesPerStack} fit: give the others another number`;
    return [{ path: ["agencies", first.a, "queueStack"], message }];
  });
}
