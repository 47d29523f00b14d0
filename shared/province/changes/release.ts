import * as z from "zod";
import { agencyQueueName } from "#shared/runtime/keys.ts";
import { LocalDate } from "#shared/time/calendar.ts";
import type { ProvinceFault } from "../checks/fault-texts.ts";
import { defaultCauses, type Province } from "../schema.ts";

type PartialRead<S extends z.ZodRawShape> = {
  content: unknown;
  /** The province whose parts replace those that cannot be read. */
  otherwise: z.infer<z.ZodObject<S>>;
};

/**
 * Reads each part (top-level field) of a file by itself, so that a file with faults, or of an older schema, can still be
 * compared. A part that cannot be read is taken from `otherwise`. `unread` names these parts.
 */
export function readParts<S extends z.ZodRawShape>(schema: z.ZodObject<S>, { content, otherwise }: PartialRead<S>) {
  const { data: file = {} } = z.record(z.string(), z.unknown()).safeParse(content);
  const unread = Object.entries(schema.shape).flatMap(([part, form]) =>
    z.safeParse(form, file[part]).success ? [] : [part],
  );
  const otherParts = new Map<string, unknown>(Object.entries(otherwise));
  const substitutes = unread.map((part) => [part, otherParts.get(part)]);
  const read = z.object(schema.shape).parse({ ...file, ...Object.fromEntries(substitutes) });
  return { read, unread };
}

const id = z.string();
const Named = z.object({ id });
const Client = z.object({ clientId: z.string() });

/**
 * The fields that can never be removed from a province's file after a deployment: stored complaints, queues and other
 * programs refer to them. A province's file and the list of a release have them in the same places.
 */
export const PermanentFields = z.object({
  id,
  idPrefix: z.string(),
  phonePrefix: z.string(),
  /** The account and region of the deployment, if the file names them. */
  account: z.string().optional(),
  region: z.string().optional(),
  counties: z.array(Named),
  /** Older files have no peer groups. */
  peerGroups: z.array(Named).default([]),
  categories: z.array(Named),
  /** A file without causes uses the default causes. */
  causes: z.array(Named).default(defaultCauses),
  agencies: z.array(
    z.object({
      id,
      queueStack: z.number(),
      clientIds: z.array(z.string()),
      offices: z.array(z.object({ id, countyId: z.string() })),
    }),
  ),
  /** With the agency that runs the front end: its staff know the secrets of the complaints that it filed. */
  frontEnds: z.array(Client.extend({ operatedBy: z.string().optional() })),
  overseers: z.array(Client),
  /** From the lowest level up. Open complaints store the number of the level that they have reached. */
  escalationLevels: z.array(z.object({ authority: z.string() })),
  /** Restored tables. Without their names the stack would make empty tables. */
  tables: z
    .object({ complaints: z.object({ name: z.string() }).optional(), identities: z.string().optional() })
    .default({}),
  /** The bucket's number. An earlier bucket lacks the files that were stored since. */
  attachments: z.object({ bucketNumber: z.number().default(1) }).default({ bucketNumber: 1 }),
  /** The restores of the province. After a restore, new events may have the numbers of lost ones; this tells which. */
  restorePoints: z.array(z.string()).default([]),
});
export type PermanentFields = z.infer<typeof PermanentFields>;

/** The list that is committed with a province's file each time the province is released. */
export const Release = z.object({
  /** The commit whose tree is released, and is deployed. */
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  releasedOn: LocalDate,
  ...PermanentFields.shape,
  /** A release from before there were causes has none. */
  causes: z.array(Named).default([]),
  /** The name of each agency's queue, by agency. */
  queues: z.record(z.string(), z.string()),
});
export type Release = z.infer<typeof Release>;

/** The release of a province: its permanent fields and the names of its queues. */
export function releaseOf(province: Province, { commit, releasedOn }: Pick<Release, "commit" | "releasedOn">): Release {
  const queues = province.agencies.map(({ id }) => [id, agencyQueueName({ provinceId: province.id, agencyId: id })]);
  return { commit, releasedOn, ...PermanentFields.parse(province), queues: Object.fromEntries(queues) };
}

/**
 * The permanent fields of an earlier release. `releasePhrase` names the release in a sentence, as `was released on
 * 2026-11-26` in `"gas" was released on 2026-11-26 and …`.
 */
type EarlierRelease = {
  permanentFields: PermanentFields & Partial<Pick<Release, "queues">>;
  releasePhrase: string;
};
type Agencies = PermanentFields["agencies"];
type Comparison = { current: Agencies; released: Agencies; releasePhrase: string };

const removalAdvice =
  "removed or given another id: set its retiredFrom, and add what follows it under an id of its own";
/** For each list: what cannot be done to a released entry, and what to do instead. */
const lists = [
  { list: "counties", noun: "county", forbidden: removalAdvice },
  {
    list: "peerGroups",
    noun: "peer group",
    forbidden: "removed or given another id: leave it, no agency has to name it",
  },
  { list: "categories", noun: "category", forbidden: removalAdvice },
  { list: "causes", noun: "cause", forbidden: removalAdvice },
  { list: "agencies", noun: "agency", forbidden: removalAdvice },
  { list: "frontEnds", noun: "front end", forbidden: removalAdvice },
  { list: "overseers", noun: "overseer", forbidden: removalAdvice },
] as const;

const deployedStays = "what is deployed stays where it is, with every complaint";
/** Single fields that may not change, and why. */
const permanentNames = [
  { field: "id", why: "stacks, tables and queues are named after it, and another province is another file" },
  { field: "idPrefix", why: "a filing sent again would become a second complaint" },
  { field: "phonePrefix", why: "the phone ids that citizens wrote down would lead to no complaint" },
  { field: "account", why: deployedStays },
  { field: "region", why: deployedStays },
] as const;

/**
 * The faults of a file that lacks something that was released, or has it in another place: complaints, queues or messages
 * would be lost. No such change is ever allowed. A part of the file that cannot be read gives no fault here, since
 * `provinceFaults` reports it.
 */
export function removalFaults(
  content: unknown,
  { permanentFields: released, releasePhrase }: EarlierRelease,
): ProvinceFault[] {
  const { read: current } = readParts(PermanentFields, { content, otherwise: released });
  return [
    ...renameFaults(current, { permanentFields: released, releasePhrase }),
    ...restoreFaults(current, { permanentFields: released, releasePhrase }),
    ...queueFaults({ permanentFields: released, releasePhrase }),
    ...lists.flatMap(({ list, ...words }) =>
      missingKeys({ current: current[list], released: released[list] }).map((key) => ({
        path: [list],
        message: `${words.noun} "${key}" ${releasePhrase} and cannot be ${words.forbidden}`,
      })),
    ),
    ...agencyFaults({ current: current.agencies, released: released.agencies, releasePhrase }),
    ...operatorFaults({ current: current.frontEnds, released: released.frontEnds, releasePhrase }),
    ...ladderFaults({ current: current.escalationLevels, released: released.escalationLevels, releasePhrase }),
  ];
}

/**
 * A restored table may be replaced by one that is restored later. Without a name the stack would serve an empty table.
 */
function restoreFaults(
  current: PermanentFields,
  { permanentFields: released, releasePhrase }: EarlierRelease,
): ProvinceFault[] {
  const tables = (["complaints", "identities"] as const).filter(
    (name) => released.tables[name] && !current.tables[name],
  );
  const { bucketNumber } = released.attachments;
  const missing = released.restorePoints.filter((to) => !current.restorePoints.includes(to));
  return [
    ...tables.map((name) => ({
      path: ["tables", name],
      message: `is missing, but a restored table ${releasePhrase}: an empty one would be made. Set it back`,
    })),
    ...(current.attachments.bucketNumber < bucketNumber
      ? [
          {
            path: ["attachments", "bucketNumber"],
            message: `is ${current.attachments.bucketNumber}, but ${bucketNumber} ${releasePhrase}: files that came since would not be found. Set it back`,
          },
        ]
      : []),
    ...missing.map((to) => ({
      path: ["restorePoints"],
      message: `"${to}" ${releasePhrase} and cannot be removed: events delivered since then would have the names of others`,
    })),
  ];
}

function renameFaults(
  current: PermanentFields,
  { permanentFields: released, releasePhrase }: EarlierRelease,
): ProvinceFault[] {
  return permanentNames.flatMap(({ field, why }) => {
    if (released[field] === undefined || current[field] === released[field]) return [];
    const finding = current[field] === undefined ? "is missing" : `is "${current[field]}"`;
    return [{ path: [field], message: `${finding}, but "${released[field]}" ${releasePhrase}: ${why}. Set it back` }];
  });
}

/** No edit of a file causes this fault; only a change of the code that names queues does. */
function queueFaults({ permanentFields: { id, queues = {} }, releasePhrase }: EarlierRelease): ProvinceFault[] {
  return Object.entries(queues).flatMap(([agencyId, queue]) => {
    const name = agencyQueueName({ provinceId: id, agencyId });
    if (name === queue) return [];
    const message = `the queue of "${agencyId}" would be named ${name}, but ${queue} ${releasePhrase}, with its messages`;
    return [{ path: ["agencies"], message }];
  });
}

type Entry = { id: string } | { clientId: string };
const keyOf = (entry: Entry) => ("id" in entry ? entry.id : entry.clientId);

function missingKeys({ current, released }: Record<"current" | "released", Entry[]>): string[] {
  const present = new Set(current.map(keyOf));
  return released.map(keyOf).filter((key) => !present.has(key));
}

/** The faults of agencies that are still in the file; missing agencies are reported by `missingKeys`. */
function agencyFaults({ current, released, releasePhrase }: Comparison): ProvinceFault[] {
  const offices = officesOf(current);
  return released.flatMap((before) => {
    const at = current.findIndex(({ id }) => id === before.id);
    const agency = current[at];
    if (!agency) return [];
    const path = ["agencies", at];
    const clients = before.clientIds.filter((client) => !agency.clientIds.includes(client));
    return [
      ...stackFaults({ path, current: agency.queueStack, released: before.queueStack, releasePhrase }),
      ...clients.map((client) => ({
        path: [...path, "clientIds"],
        message: `client "${client}" ${releasePhrase} and cannot be removed: let the token issuer refuse it, and leave it here so that nobody else gets its name`,
      })),
      ...officeFaults(before, { offices, releasePhrase, path }),
    ];
  });
}

type Stacks = { path: ProvinceFault["path"]; current: number; released: number; releasePhrase: string };

function stackFaults({ path, current, released, releasePhrase }: Stacks): ProvinceFault[] {
  if (current === released) return [];
  const why = "the queue is kept there with its messages, and has the name";
  return [
    { path: [...path, "queueStack"], message: `is ${current}, but ${released} ${releasePhrase}: ${why}. Set it back` },
  ];
}

type Office = Agencies[number]["offices"][number] & { agencyId: string; path: ProvinceFault["path"] };

/** All offices by id, with their agency and their path in the file. */
function officesOf(agencies: Agencies): Map<string, Office> {
  const offices = agencies.flatMap((agency, a) =>
    agency.offices.map((office, o) => ({ ...office, agencyId: agency.id, path: ["agencies", a, "offices", o] })),
  );
  return new Map(offices.map((office) => [office.id, office]));
}

type OfficeLookup = { offices: Map<string, Office>; releasePhrase: string; path: ProvinceFault["path"] };

function officeFaults(before: Agencies[number], { offices, releasePhrase, path }: OfficeLookup): ProvinceFault[] {
  return before.offices.flatMap(({ id, countyId }): ProvinceFault[] => {
    const now = offices.get(id);
    if (!now)
      return [
        { path: [...path, "offices"], message: `office "${id}" ${releasePhrase} and cannot be ${removalAdvice}` },
      ];
    if (now.agencyId === before.id && now.countyId === countyId) return [];
    const places = `is of "${now.agencyId}" in "${now.countyId}", but of "${before.id}" in "${countyId}" it ${releasePhrase}`;
    return [
      { path: now.path, message: `${places}. Set it back and retire it; an office elsewhere has an id of its own` },
    ];
  });
}

/**
 * The agency that runs a front end may not change. Complaints that the front end filed are never transferred to that agency,
 * and the rule goes by the present file.
 */
function operatorFaults({
  current,
  released,
  releasePhrase,
}: Record<"current" | "released", PermanentFields["frontEnds"]> & { releasePhrase: string }) {
  return released.flatMap(({ clientId, operatedBy }): ProvinceFault[] => {
    const at = current.findIndex((one) => one.clientId === clientId);
    if (operatedBy === undefined || at < 0 || current[at]?.operatedBy === operatedBy) return [];
    const message = `"${operatedBy}" ${releasePhrase} as the agency that runs it, whose people know the secrets of what it filed. Set it back; retire the front end and add another`;
    return [{ path: ["frontEnds", at, "operatedBy"], message }];
  });
}

function ladderFaults({
  current,
  released,
  releasePhrase,
}: Record<"current" | "released", PermanentFields["escalationLevels"]> & { releasePhrase: string }): ProvinceFault[] {
  const why = "open complaints and overseers go by a level's number. Set it back; a new level can only be the last";
  return released.flatMap(({ authority }, n) => {
    const now = current[n]?.authority;
    if (now === authority) return [];
    const finding = now ? `is "${now}"` : "is missing";
    return [
      {
        path: ["escalationLevels", n, "authority"],
        message: `${finding}, but "${authority}" ${releasePhrase}: ${why}`,
      },
    ];
  });
}
