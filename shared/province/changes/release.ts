import * as z from "zod";
import { LocalDate } from "#shared/domain/time/calendar.ts";
import { agencyQueueName } from "#shared/runtime/keys.ts";
import { defaultCauses } from "../causes.ts";
import type { Province } from "../province.ts";

const id = z.string();
const Named = z.object({ id });
const Client = z.object({ clientId: z.string() });

/**
 * What of a province can never leave its file again once it was deployed: stored complaints, queues and other people's
 * programs know it by these names. A province file and the list of a release have it in the same places.
 */
export const Lasting = z.object({
  id,
  idPrefix: z.string(),
  /** Where it is deployed, for a province that says so. */
  account: z.string().optional(),
  region: z.string().optional(),
  counties: z.array(Named),
  /** Older files have none. */
  peerGroups: z.array(Named).default([]),
  categories: z.array(Named),
  /** A file that names none has those that hold then. */
  causes: z.array(Named).default(defaultCauses),
  agencies: z.array(
    z.object({
      id,
      stack: z.number(),
      clientIds: z.array(z.string()),
      offices: z.array(z.object({ id, countyId: z.string() })),
    }),
  ),
  /** With the agency that runs it, whose people know the secrets of what it filed. */
  frontEnds: z.array(Client.extend({ operatedBy: z.string().optional() })),
  overseers: z.array(Client),
  operators: z.array(Client),
  /** From the lowest rung up: open complaints carry the number of the rung that they have reached. */
  ladder: z.array(z.object({ holder: z.string() })),
  /** Without them the stack would make empty ones. */
  tables: z
    .object({ complaints: z.object({ name: z.string() }).optional(), identities: z.string().optional() })
    .default({}),
  /** An earlier one lacks what came since. */
  attachments: z.object({ bucket: z.number().default(1) }).default({ bucket: 1 }),
  /** By them it is known which events are other ones than those that had their numbers before. */
  restores: z.array(z.string()).default([]),
});
export type Lasting = z.infer<typeof Lasting>;

/** The list that is committed with a province's file each time the province is released. */
export const Release = z.object({
  /** The commit whose tree is released, and is deployed. */
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  releasedOn: LocalDate,
  ...Lasting.shape,
  /** Lists of before there were any have none, and no answer of then names one. */
  causes: z.array(Named).default([]),
  /** The name of each agency's queue, by agency. */
  queues: z.record(z.string(), z.string()),
});
export type Release = z.infer<typeof Release>;

export function releaseOf(province: Province, { commit, releasedOn }: Pick<Release, "commit" | "releasedOn">): Release {
  const queues = province.agencies.map(({ id }) => [id, agencyQueueName({ provinceId: province.id, agencyId: id })]);
  return { commit, releasedOn, ...Lasting.parse(province), queues: Object.fromEntries(queues) };
}
