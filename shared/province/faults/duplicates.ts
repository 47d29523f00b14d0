import type { ProvinceFault } from "./fault.ts";
import type { Skeleton } from "./skeleton.ts";

type Named = { path: ProvinceFault["path"]; value: string };

/** Names and ids that stand twice where each may stand once. */
export function duplicates(province: Skeleton): ProvinceFault[] {
  const { counties, agencies, categories, causes, officeHours } = province;
  return [
    ...ids(province),
    counties.map(({ tile }, n) => ({
      path: ["counties", n, "tile"],
      value: tile ? `column ${tile.column}, row ${tile.row}` : "",
    })),
    ...repeatedLists(province),
    keyed(["officeHours", "holidays"], "date", officeHours.holidays),
    officeHours.overrides.map(({ date, countyId = "the whole province" }, n) => ({
      path: ["officeHours", "overrides", n, "date"],
      value: date && `${date} in ${countyId}`,
    })),
    ...Object.entries({ counties, agencies, categories, causes }).map(([list, items]) => whole(list, items)),
  ].flatMap(repeated);
}

/** Ids that every object of JavaScript has as a property, such as `constructor`: counts by such an id would be lost. */
export function reservedIds(province: Skeleton): ProvinceFault[] {
  return ids(province)
    .flat()
    .filter(({ value }) => value in Object.prototype)
    .map(({ path, value }) => ({ path, message: `"${value}" is a word of JavaScript: choose another id` }));
}

/** The ids of each kind. */
function ids(province: Skeleton): Named[][] {
  const { counties, peerGroups, agencies, categories, causes } = province;
  return [
    keyed(["counties"], "id", counties),
    keyed(["peerGroups"], "id", peerGroups),
    keyed(["agencies"], "id", agencies),
    keyed(["categories"], "id", categories),
    keyed(["causes"], "id", causes),
    agencies.flatMap(({ offices }, a) => keyed(["agencies", a, "offices"], "id", offices)),
    clients(province),
  ];
}

/** A client is one caller: its id stands once among all of them. */
function clients({ frontEnds, agencies, sandbox, overseers, operators }: Skeleton): Named[] {
  return [
    ...keyed(["frontEnds"], "clientId", frontEnds),
    ...agencies.flatMap(({ clientIds }, a) => listed(["agencies", a, "clientIds"], clientIds)),
    ...keyed(["sandbox", "clients"], "clientId", sandbox?.clients ?? []),
    ...keyed(["overseers"], "clientId", overseers),
    ...keyed(["operators"], "clientId", operators),
  ];
}

function repeatedLists({ agencies, frontEnds, overseers, officeHours, operations, corsOrigins }: Skeleton): Named[][] {
  return [
    ...agencies.map(({ countyIds }, a) => listed(["agencies", a, "countyIds"], countyIds)),
    ...frontEnds.map(({ channels }, f) => listed(["frontEnds", f, "channels"], channels)),
    ...overseers.map(({ countyIds }, o) => listed(["overseers", o, "countyIds"], countyIds)),
    listed(["officeHours", "removedHolidays"], officeHours.removedHolidays),
    listed(["operations", "alarmEmails"], operations.alarmEmails),
    listed(["corsOrigins"], corsOrigins),
  ];
}

/** Names in both languages, of what has not retired: a copied entry whose id alone was changed. */
function whole(list: string, items: { name: { fa: string; en: string }; retiredFrom?: string | undefined }[]): Named[] {
  return items.flatMap(({ name, retiredFrom }, n) =>
    retiredFrom || !name.fa ? [] : [{ path: [list, n, "name"], value: `${name.fa} / ${name.en}` }],
  );
}

function keyed<K extends string>(list: ProvinceFault["path"], key: K, items: Record<K, string>[]): Named[] {
  return items.map((item, n) => ({ path: [...list, n, key], value: item[key] }));
}

function listed(path: ProvinceFault["path"], values: string[]): Named[] {
  return values.map((value, n) => ({ path: [...path, n], value }));
}

export function repeated(all: Named[]): ProvinceFault[] {
  const seen = new Set<string>();
  return all.flatMap(({ path, value }) => {
    if (value === "" || !seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [{ path, message: `"${value}" is used twice: change it, or take this one out` }];
  });
}
