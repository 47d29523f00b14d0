import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { plainFailure } from "../plain-failure.ts";

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

/** Who plays: a front end of the centre itself, and an agency; those of Qazvin's story where there are such. */
export function castOf({ clients, queues }: Endpoints): Cast {
  const all = Object.values(clients);
  const frontEnd = all.find(({ channels, operatedBy }) => channels && !operatedBy);
  const agencies = all.filter(({ agencyId }) => agencyId && agencyId in queues);
  const agency = agencies.find(({ agencyId }) => agencyId === "social-security") ?? agencies[0];
  const [channel] = frontEnd?.channels ?? [];
  const [countyId] = agency?.countyIds ?? [];
  if (!frontEnd || !channel || !agency?.agencyId || !countyId)
    throw plainFailure("The province that is running has no front end or no agency to play the story with.");
  return { frontEnd: { ...frontEnd, channel }, agency: { ...agency, agencyId: agency.agencyId, countyId } };
}
