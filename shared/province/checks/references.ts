import { didYouMean, type ProvinceFault } from "./fault-texts.ts";
import type { LooseProvince } from "./lenient-file.ts";

type Path = ProvinceFault["path"];
type Reference = { path: Path; value: string | undefined };

/** References to a county, an agency or a peer group that the file does not have. */
export function unknownReferenceFaults(province: LooseProvince): ProvinceFault[] {
  const { agencies, overseers, frontEnds, officeHours } = province;
  const ofAgencies = agencies.map(({ countyIds }, a) => listed(["agencies", a, "countyIds"], countyIds));
  const ofOverseers = overseers.map(({ countyIds }, o) => listed(["overseers", o, "countyIds"], countyIds));
  const ofOverrides = officeHours.overrides.map(({ countyId }, o) => ({
    path: ["officeHours", "overrides", o, "countyId"],
    value: countyId,
  }));
  const counties: Reference[] = [...ofAgencies.flat(), ...ofOverseers.flat(), ...ofOverrides];
  const operated = frontEnds.map(({ operatedBy }, f) => ({ path: ["frontEnds", f, "operatedBy"], value: operatedBy }));
  const grouped = agencies.map(({ peerGroup }, a) => ({ path: ["agencies", a, "peerGroup"], value: peerGroup }));
  return [
    ...unknownIdFaults(counties, { kind: "county", known: province.counties }),
    ...unknownIdFaults(operated, { kind: "agency", known: agencies }),
    ...unknownIdFaults(grouped, { kind: "peer group", known: province.peerGroups }),
    ...agencies.flatMap(officeCountyFaults),
  ];
}

type KnownEntries = { kind: string; known: { id: string }[] };

function unknownIdFaults(references: Reference[], { kind, known }: KnownEntries): ProvinceFault[] {
  const ids = known.map(({ id }) => id);
  return references.flatMap(({ path, value }) => {
    if (!value || ids.includes(value)) return [];
    return [{ path, message: `there is no ${kind} "${value}": add it, or name another${didYouMean(value, ids)}` }];
  });
}

function officeCountyFaults({ countyIds, offices }: LooseProvince["agencies"][number], a: number): ProvinceFault[] {
  return offices.flatMap(({ countyId, retiredFrom }, o) => {
    // An agency may leave a county once its office there has a day of retirement. The office keeps its county.
    if (retiredFrom || !countyId || countyIds.length === 0 || countyIds.includes(countyId)) return [];
    const message = `"${countyId}" is not one of the agency's counties: name one, or add it to its countyIds`;
    return [{ path: ["agencies", a, "offices", o, "countyId"], message }];
  });
}

function listed(path: Path, values: string[]): Reference[] {
  return values.map((value, n) => ({ path: [...path, n], value }));
}

type Item = { id: string; retiredFrom?: string | undefined; successorId?: string | undefined };
type PlacedItem = Item & { path: ProvinceFault["path"] };
type Kind = "county" | "agency" | "office" | "category" | "cause";

/** Successors that do not exist, lead in a circle, are of another kind, or are agencies that do not serve the county. */
export function successionFaults(province: LooseProvince): ProvinceFault[] {
  const { counties, agencies, categories, causes } = province;
  const kinds: Record<Kind, PlacedItem[]> = {
    county: placed(["counties"], counties),
    agency: placed(["agencies"], agencies),
    office: agencies.flatMap(({ offices }, a) => placed(["agencies", a, "offices"], offices)),
    category: placed(["categories"], categories),
    cause: placed(["causes"], causes),
  };
  const kindOf = (id: string) => kindNames.find((kind) => kinds[kind].some((one) => one.id === id));
  const wrong = kindNames.flatMap((kind) =>
    kinds[kind].flatMap((item) => {
      const message =
        item.successorId &&
        successionFaultOf({ ...item, successorId: item.successorId, kind, all: kinds[kind], kindOf });
      return message ? [{ path: [...item.path, "successorId"], message }] : [];
    }),
  );
  return [...wrong, ...successorCountyFaults(province)];
}

const kindNames = ["county", "agency", "office", "category", "cause"] as const;

function placed(path: ProvinceFault["path"], items: Item[]): PlacedItem[] {
  return items.map((item, n) => ({ ...item, path: [...path, n] }));
}

type Succession = Item & {
  successorId: string;
  kind: Kind;
  all: Item[];
  kindOf: (id: string) => Kind | undefined;
};

function successionFaultOf({ id, retiredFrom, successorId, kind, all, kindOf }: Succession): string | undefined {
  if (!retiredFrom) return "only what retires has a successor: add retiredFrom, or take successorId out";
  if (successorId === id) return "names itself: name what takes its place, or take it out";
  const successor = all.find((one) => one.id === successorId);
  if (!successor) {
    const other = kindOf(successorId);
    if (other) return `"${successorId}" is of another kind: ${other}, not ${kind}`;
    return `there is no ${kind} "${successorId}": add it, or name another${didYouMean(successorId, idsOf(all))}`;
  }
  if (isCircular(id, { successor, all })) return "leads in a circle back to itself: name what goes on in the end";
  if (successor.retiredFrom && successor.retiredFrom <= retiredFrom)
    return `"${successorId}" retires no later than this: name what goes on after ${retiredFrom}`;
  return undefined;
}

const idsOf = (all: Item[]) => all.map(({ id }) => id);

function isCircular(id: string, { successor, all }: { successor: Item; all: Item[] }): boolean {
  const seen = new Set<Item>();
  for (let next: Item | undefined = successor; next && !seen.has(next); ) {
    if (next.id === id) return true;
    seen.add(next);
    const { successorId }: Item = next;
    next = all.find((one) => one.id === successorId);
  }
  return false;
}

/** An agency is referred to its successor in the same county, so the last successor must serve all of its counties. */
function successorCountyFaults({ agencies, counties }: LooseProvince): ProvinceFault[] {
  const retiredCounties = new Set(counties.flatMap(({ id, retiredFrom }) => (retiredFrom ? [id] : [])));
  return agencies.flatMap((agency, a) => {
    const last = lastSuccessorOf(agency, agencies);
    const unserved = agency.countyIds.filter((id) => !retiredCounties.has(id) && !last.countyIds.includes(id));
    if (unserved.length === 0) return [];
    const message = `"${last.id}" does not serve ${unserved.join(", ")}, as this one does: add that to its countyIds, or name another`;
    return [{ path: ["agencies", a, "successorId"], message }];
  });
}

/** The last of an item's chain of successors; the item itself if it has none. */
function lastSuccessorOf<T extends Item>(item: T, all: T[], seen: T[] = []): T {
  const next = all.find(({ id }) => id === item.successorId);
  return next && !seen.includes(next) ? lastSuccessorOf(next, all, [...seen, next]) : item;
}
