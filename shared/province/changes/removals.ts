import { agencyQueueName } from "#shared/runtime/keys.ts";
import type { ProvinceFault } from "../faults/fault.ts";
import { readParts } from "./readable.ts";
import { Lasting, type Release } from "./release.ts";

/** What was released, and how a sentence says so, as in `"gas" was released on 2026-11-26 and …`. */
export type Released = { lasting: Lasting & Partial<Pick<Release, "queues">>; said: string };
type Agencies = Lasting["agencies"];
type Comparison = { is: Agencies; was: Agencies; said: string };

const untilRetired = "removed or given another id: set its retiredFrom, and add what follows it under an id of its own";
/** What cannot be done to an entry of each list, and what to do in its place. */
const lists = [
  { list: "counties", noun: "county", cannot: untilRetired },
  { list: "peerGroups", noun: "peer group", cannot: "removed or given another id: leave it, no agency has to name it" },
  { list: "categories", noun: "category", cannot: untilRetired },
  { list: "causes", noun: "cause", cannot: untilRetired },
  { list: "agencies", noun: "agency", cannot: untilRetired },
  { list: "frontEnds", noun: "front end", cannot: untilRetired },
  { list: "overseers", noun: "overseer", cannot: untilRetired },
  { list: "operators", noun: "operator", cannot: untilRetired },
] as const;

const stays = "what is deployed stays where it is, with every complaint";
/** What everything of a province is found by. */
const names = [
  { field: "id", why: "stacks, tables and queues are named after it, and another province is another file" },
  { field: "idPrefix", why: "a filing sent again would become a second complaint" },
  { field: "account", why: stays },
  { field: "region", why: stays },
] as const;

/**
 * What is missing or elsewhere in a province's file that was released: complaints, queues or messages would be lost.
 * None of it is ever allowed. A part of the file that cannot be read has a fault of its own, and no second one here.
 */
export function removalFaults(content: unknown, { lasting: was, said }: Released): ProvinceFault[] {
  const { read: is } = readParts(Lasting, { content, otherwise: was });
  return [
    ...renamed(is, { lasting: was, said }),
    ...restoreFaults(is, { lasting: was, said }),
    ...queueFaults({ lasting: was, said }),
    ...lists.flatMap(({ list, ...words }) =>
      missing({ is: is[list], was: was[list] }).map((key) => ({
        path: [list],
        message: `${words.noun} "${key}" ${said} and cannot be ${words.cannot}`,
      })),
    ),
    ...agencyFaults({ is: is.agencies, was: was.agencies, said }),
    ...operatorFaults({ is: is.frontEnds, was: was.frontEnds, said }),
    ...ladderFaults({ is: is.ladder, was: was.ladder, said }),
  ];
}

/** Another table may be restored later; to name none again would serve an empty one. */
function restoreFaults(is: Lasting, { lasting: was, said }: Released): ProvinceFault[] {
  const tables = (["complaints", "identities"] as const).filter((name) => was.tables[name] && !is.tables[name]);
  const { bucket } = was.attachments;
  const restores = was.restores.filter((to) => !is.restores.includes(to));
  return [
    ...tables.map((name) => ({
      path: ["tables", name],
      message: `is missing, but a restored table ${said}: an empty one would be made. Set it back`,
    })),
    ...(is.attachments.bucket < bucket
      ? [
          {
            path: ["attachments", "bucket"],
            message: `is ${is.attachments.bucket}, but ${bucket} ${said}: files that came since would not be found. Set it back`,
          },
        ]
      : []),
    ...restores.map((to) => ({
      path: ["restores"],
      message: `"${to}" ${said} and cannot be removed: events that were told since would have the names of others`,
    })),
  ];
}

function renamed(is: Lasting, { lasting: was, said }: Released): ProvinceFault[] {
  return names.flatMap(({ field, why }) => {
    if (was[field] === undefined || is[field] === was[field]) return [];
    const what = is[field] === undefined ? "is missing" : `is "${is[field]}"`;
    return [{ path: [field], message: `${what}, but "${was[field]}" ${said}: ${why}. Set it back` }];
  });
}

/** No edit of a file leads here: only a change of the rule by which code names queues. */
function queueFaults({ lasting: { id, queues = {} }, said }: Released): ProvinceFault[] {
  return Object.entries(queues).flatMap(([agencyId, queue]) => {
    const name = agencyQueueName({ provinceId: id, agencyId });
    if (name === queue) return [];
    const message = `the queue of "${agencyId}" would be named ${name}, but ${queue} ${said}, with its messages`;
    return [{ path: ["agencies"], message }];
  });
}

type Entry = { id: string } | { clientId: string };
const keyOf = (entry: Entry) => ("id" in entry ? entry.id : entry.clientId);

function missing({ is, was }: Record<"is" | "was", Entry[]>): string[] {
  const there = new Set(is.map(keyOf));
  return was.map(keyOf).filter((key) => !there.has(key));
}

/** What is wrong with agencies that are still there. */
function agencyFaults({ is, was, said }: Comparison): ProvinceFault[] {
  const offices = officesOf(is);
  return was.flatMap((before) => {
    const at = is.findIndex(({ id }) => id === before.id);
    const agency = is[at];
    if (!agency) return [];
    const path = ["agencies", at];
    const clients = before.clientIds.filter((client) => !agency.clientIds.includes(client));
    return [
      ...stackFaults({ path, is: agency.stack, was: before.stack, said }),
      ...clients.map((client) => ({
        path: [...path, "clientIds"],
        message: `client "${client}" ${said} and cannot be removed: let the token issuer refuse it, and leave it here so that nobody else gets its name`,
      })),
      ...officeFaults(before, { offices, said, path }),
    ];
  });
}

type Stacks = { path: ProvinceFault["path"]; is: number; was: number; said: string };

function stackFaults({ path, is, was, said }: Stacks): ProvinceFault[] {
  if (is === was) return [];
  const why = "the queue is kept there with its messages, and has the name";
  return [{ path: [...path, "stack"], message: `is ${is}, but ${was} ${said}: ${why}. Set it back` }];
}

type Office = Agencies[number]["offices"][number] & { agencyId: string; path: ProvinceFault["path"] };

/** Every office by its id, with where it stands. */
function officesOf(agencies: Agencies): Map<string, Office> {
  const offices = agencies.flatMap((agency, a) =>
    agency.offices.map((office, o) => ({ ...office, agencyId: agency.id, path: ["agencies", a, "offices", o] })),
  );
  return new Map(offices.map((office) => [office.id, office]));
}

type Looking = { offices: Map<string, Office>; said: string; path: ProvinceFault["path"] };

function officeFaults(before: Agencies[number], { offices, said, path }: Looking): ProvinceFault[] {
  return before.offices.flatMap(({ id, countyId }): ProvinceFault[] => {
    const now = offices.get(id);
    if (!now) return [{ path: [...path, "offices"], message: `office "${id}" ${said} and cannot be ${untilRetired}` }];
    if (now.agencyId === before.id && now.countyId === countyId) return [];
    const places = `is of "${now.agencyId}" in "${now.countyId}", but of "${before.id}" in "${countyId}" it ${said}`;
    return [
      { path: now.path, message: `${places}. Set it back and retire it; an office elsewhere has an id of its own` },
    ];
  });
}

/** Nothing that it filed is transferred to whoever ran it when it was filed. */
function operatorFaults({ is, was, said }: Record<"is" | "was", Lasting["frontEnds"]> & { said: string }) {
  return was.flatMap(({ clientId, operatedBy }): ProvinceFault[] => {
    const at = is.findIndex((one) => one.clientId === clientId);
    if (operatedBy === undefined || at < 0 || is[at]?.operatedBy === operatedBy) return [];
    const message = `"${operatedBy}" ${said} as the agency that runs it, whose people know the secrets of what it filed. Set it back; retire the front end and add another`;
    return [{ path: ["frontEnds", at, "operatedBy"], message }];
  });
}

function ladderFaults({ is, was, said }: Record<"is" | "was", Lasting["ladder"]> & { said: string }): ProvinceFault[] {
  const why = "open complaints and overseers go by a rung's number. Set it back; a new rung can only be the last";
  return was.flatMap(({ holder }, n) => {
    const now = is[n]?.holder;
    if (now === holder) return [];
    const what = now ? `is "${now}"` : "is missing";
    return [{ path: ["ladder", n, "holder"], message: `${what}, but "${holder}" ${said}: ${why}` }];
  });
}
