import { plainFailure } from "../local/machine/plain-failure.ts";
import { isEmpty } from "./agency-queue.ts";
import type { Client, Endpoints } from "./endpoints.ts";

export type Cast = {
  frontEnd: Client & { channel: string };
  agency: Client & { agencyId: string; countyId: string };
  inspector: Client & { sub: string };
};

/** Who plays: a front end of the centre itself, its inspector, and an agency in whose queue nothing waits that the story would disturb. */
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
  const inspector = all.find(({ scope }) => scope === "foad/inspector");
  if (!frontEnd || !channel || !agency?.agencyId || !countyId || !inspector?.sub)
    throw plainFailure(
      "The province that is running has no front end, no inspector, or no agency with an empty queue, to play with.",
    );
  return {
    frontEnd: { ...frontEnd, channel },
    agency: { ...agency, agencyId: agency.agencyId, countyId },
    inspector: { ...inspector, sub: inspector.sub },
  };
}

type Candidates = Pick<Endpoints, "sqs" | "queues"> & { agencies: Client[] };

async function firstIdle({ sqs, queues, agencies }: Candidates): Promise<Client | undefined> {
  const favourite = agencies.filter(({ agencyId }) => agencyId === "social-security");
  for (const agency of [...favourite, ...agencies])
    if (await isEmpty({ endpoint: sqs, queueUrl: queues[agency.agencyId ?? ""] ?? "" })) return agency;
  return undefined;
}
