import { longestText } from "#shared/policy-numbers.ts";
import { invisibleCharacters, singleLineText } from "#shared/text.ts";
import type { ProvinceFault } from "./fault-texts.ts";
import type { LooseProvince } from "./lenient-file.ts";

type PathAndValue = { path: ProvinceFault["path"]; value: string };

/** Names, ids and other values that are used twice but must be unique. */
export function duplicateFaults(province: LooseProvince): ProvinceFault[] {
  const { counties, agencies, categories, causes, officeHours } = province;
  return [
    ...ids(province),
    counties.map(({ tile }, n) => ({
      path: ["counties", n, "tile"],
      value: tile ? `column ${tile.column}, row ${tile.row}` : "",
    })),
    ...repeatedLists(province),
    keysOf(["officeHours", "holidays"], "date", officeHours.holidays),
    officeHours.overrides.map(({ date, countyId = "the whole province" }, n) => ({
      path: ["officeHours", "overrides", n, "date"],
      value: date && `${date} in ${countyId}`,
    })),
    ...Object.entries({ counties, agencies, categories, causes }).map(([list, items]) => fullNames(list, items)),
  ].flatMap(repeatedValueFaults);
}

/** Ids that are properties of every JavaScript object, such as `constructor`: counts under such an id would be lost. */
export function reservedIds(province: LooseProvince): ProvinceFault[] {
  return ids(province)
    .flat()
    .filter(({ value }) => value in Object.prototype)
    .map(({ path, value }) => ({ path, message: `"${value}" is a word of JavaScript: choose another id` }));
}

/** The ids of each kind. */
function ids(province: LooseProvince): PathAndValue[][] {
  const { counties, peerGroups, agencies, categories, causes } = province;
  return [
    keysOf(["counties"], "id", counties),
    keysOf(["peerGroups"], "id", peerGroups),
    keysOf(["agencies"], "id", agencies),
    keysOf(["categories"], "id", categories),
    keysOf(["causes"], "id", causes),
    agencies.flatMap(({ offices }, a) => keysOf(["agencies", a, "offices"], "id", offices)),
    clients(province),
  ];
}

/** A client id names one caller, so it must be unique among all kinds of clients. */
function clients({ frontEnds, agencies, sandbox, overseers, tokens }: LooseProvince): PathAndValue[] {
  return [
    ...keysOf(["frontEnds"], "clientId", frontEnds),
    ...agencies.flatMap(({ clientIds }, a) => valuesOf(["agencies", a, "clientIds"], clientIds)),
    ...keysOf(["sandbox", "clients"], "clientId", sandbox?.clients ?? []),
    ...keysOf(["overseers"], "clientId", overseers),
    ...valuesOf(["tokens", "peopleClients"], tokens.peopleClients),
  ];
}

function repeatedLists({
  agencies,
  frontEnds,
  overseers,
  officeHours,
  operations,
  corsOrigins,
  admins,
}: LooseProvince): PathAndValue[][] {
  return [
    valuesOf(["admins"], admins),
    ...agencies.map(({ countyIds }, a) => valuesOf(["agencies", a, "countyIds"], countyIds)),
    ...frontEnds.map(({ channels }, f) => valuesOf(["frontEnds", f, "channels"], channels)),
    ...overseers.map(({ countyIds }, o) => valuesOf(["overseers", o, "countyIds"], countyIds)),
    valuesOf(["officeHours", "removedHolidays"], officeHours.removedHolidays),
    valuesOf(["operations", "alarmEmails"], operations.alarmEmails),
    valuesOf(["corsOrigins"], corsOrigins),
  ];
}

/** The names of entries that are not retired. A repeated name means that an entry was copied and only its id changed. */
function fullNames(
  list: string,
  items: { name: { fa: string; en: string }; retiredFrom?: string | undefined }[],
): PathAndValue[] {
  return items.flatMap(({ name, retiredFrom }, n) =>
    retiredFrom || !name.fa ? [] : [{ path: [list, n, "name"], value: `${name.fa} / ${name.en}` }],
  );
}

function keysOf<K extends string>(list: ProvinceFault["path"], key: K, items: Record<K, string>[]): PathAndValue[] {
  return items.map((item, n) => ({ path: [...list, n, key], value: item[key] }));
}

function valuesOf(path: ProvinceFault["path"], values: string[]): PathAndValue[] {
  return values.map((value, n) => ({ path: [...path, n], value }));
}

/** A fault for each value that an earlier entry of the list has too; blank values are ignored. */
export function repeatedValueFaults(all: PathAndValue[]): ProvinceFault[] {
  const seen = new Set<string>();
  return all.flatMap(({ path, value }) => {
    if (value === "" || !seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [{ path, message: `"${value}" is used twice: change it, or take this one out` }];
  });
}

const persian = /[\u0600-\u06ff]/;
const latin = /[A-Za-z]/;
const betweenLines = /[\t\n\v\f\r\u0085\u2028\u2029]/;

type NameFault = { key: string; message: string };

/** Names with invisible characters, and names whose Persian text is in Latin letters or the other way round. */
export function nameFaults(value: unknown, path: ProvinceFault["path"] = []): ProvinceFault[] {
  if (typeof value !== "object" || value === null) return [];
  const here = "fa" in value && "en" in value ? faultsInName({ fa: String(value.fa), en: String(value.en) }) : [];
  const inside = Object.entries(value).flatMap(([key, inner]) =>
    nameFaults(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [...here.map(({ key, message }) => ({ path: [...path, key], message })), ...inside];
}

function faultsInName(name: { fa: string; en: string }): NameFault[] {
  const hidden = Object.entries(name).flatMap(([key, text]) => {
    const message = hiddenCharacterFault(text.trim());
    return message ? [{ key, message }] : [];
  });
  return [...hidden, ...swappedLanguageFaults(name)];
}

/** The fault of invisible characters in a trimmed name. A blank name has no fault here: the schema reports it. */
function hiddenCharacterFault(text: string): string | undefined {
  if (betweenLines.test(text)) return "has a line's end or a tab in it: write it on one line";
  const [sign] = text.match(invisibleCharacters) ?? [];
  if (sign) return `has ${codeOf(sign)} in it, which no reader sees: take it out`;
  if (text === "" || singleLineText({ max: longestText }).safeParse(text).success) return undefined;
  return "has nothing in it that a reader sees: fill it in";
}

const codeOf = (sign: string) => `U+${sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`;

function swappedLanguageFaults({ fa, en }: { fa: string; en: string }): NameFault[] {
  const faults = [];
  if (latin.test(fa) && !persian.test(fa))
    faults.push({ key: "fa", message: "is the Persian name, and has no Persian letter: write it in Persian" });
  if (persian.test(en) && !latin.test(en))
    faults.push({ key: "en", message: "is the English name, and is written in Persian: write it in English" });
  return faults;
}
