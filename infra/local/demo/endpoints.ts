import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { plainFailure } from "../plain-failure.ts";
import { isEmpty } from "./agency-queue.ts";

const Client = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  scope: z.string(),
  agencyId: z.string().optional(),
  countyIds: z.array(z.string()).optional(),
  channels: z.array(z.string()).optional(),
  operatedBy: z.string().optional(),
});
export type Client = z.infer<typeof Client>;

const Endpoints = z.object({
  api: z.string(),
  tokenEndpoint: z.string(),
  sqs: z.string(),
  clock: z.string(),
  queues: z.record(z.string(), z.string()),
  clients: z.record(z.string(), Client),
});
export type Endpoints = z.infer<typeof Endpoints>;

/** Where the running local cloud says everything is. */
export function readEndpoints(state: string): Endpoints {
  const file = join(state, "endpoints.json");
  try {
    return Endpoints.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw plainFailure(
      `No province is running (${file} is not there): run "npm start" in another terminal first.`,
      cause,
    );
  }
}

export type Cast = { frontEnd: Client & { channel: string }; agency: Client & { agencyId: string; countyId: string } };

/** Who plays: a front end of the centre itself, and an agency in whose queue nothing waits that the story would disturb. */
export async function castOf({ clients, queues, sqs }: Endpoints): Promise<Cast> {
  const all = Object.values(clients);
  const frontEnd = all.find(({ channels, operatedBy }) => channels && !operatedBy);
  const agency = await firstIdle({
    sqs,
    queues,
    agencies: all.filter(({ agencyId }) => agencyId && agencyId in queues),
  });
  const [channel] = frontEnd?.channels ?? [];
  const [countyId] = agency?.countyIds ?? [];
  if (!frontEnd || !channel || !agency?.agencyId || !countyId)
    throw plainFailure(
      "The province that is running has no front end, or no agency with an empty queue, to play with.",
    );
  return { frontEnd: { ...frontEnd, channel }, agency: { ...agency, agencyId: agency.agencyId, countyId } };
}

type Candidates = Pick<Endpoints, "sqs" | "queues"> & { agencies: Client[] };

async function firstIdle({ sqs, queues, agencies }: Candidates): Promise<Client | undefined> {
  const favourite = agencies.filter(({ agencyId }) => agencyId === "social-security");
  for (const agency of [...favourite, ...agencies])
    if (await isEmpty({ endpoint: sqs, queueUrl: queues[agency.agencyId ?? ""] ?? "" })) return agency;
  return undefined;
}
