import * as z from "zod";

const text = z.string().catch("");
const texts = z.array(text).catch([]);
const listOf = <S extends z.ZodRawShape>(shape: S) => z.array(z.object(shape)).catch([]);

/** What the cross-checks need, read leniently: a file with other faults is checked as far as it goes. */
const Skeleton = z.object({
  counties: listOf({ id: text }),
  agencies: listOf({
    id: text,
    countyIds: texts,
    offices: listOf({ id: text, countyId: text }),
    clientIds: texts,
  }),
  categories: listOf({ id: text }),
  frontEnds: listOf({ clientId: text, operatedBy: z.string().optional().catch(undefined) }),
  overseers: listOf({ clientId: text, countyIds: texts }),
  operators: listOf({ clientId: text }),
  ladder: listOf({ after: z.unknown() }),
  officeHours: z
    .object({ overrides: listOf({ countyId: z.string().optional().catch(undefined) }) })
    .catch({ overrides: [] }),
});
type Skeleton = z.infer<typeof Skeleton>;

type Path = (string | number)[];
type Reference = { path: Path; value: string };
type ReferenceFault = { path: Path; message: string };

/** Faults between parts of a province file: names used twice, references to nothing, waits missing on the ladder. */
export function referenceFaults(content: unknown): ReferenceFault[] {
  const province = Skeleton.safeParse(content);
  if (!province.success) return [];
  return [...duplicates(province.data), ...danglers(province.data), ...ladderFaults(province.data)];
}

function duplicates(province: Skeleton): ReferenceFault[] {
  const offices = province.agencies.flatMap(({ offices }, a) =>
    offices.map(({ id }, o) => ({ path: ["agencies", a, "offices", o, "id"], value: id })),
  );
  const clients = [
    ...named("frontEnds", "clientId", province.frontEnds),
    ...province.agencies.flatMap(({ clientIds }, a) =>
      clientIds.map((value, c) => ({ path: ["agencies", a, "clientIds", c], value })),
    ),
    ...named("overseers", "clientId", province.overseers),
    ...named("operators", "clientId", province.operators),
  ];
  return [
    named("counties", "id", province.counties),
    named("agencies", "id", province.agencies),
    named("categories", "id", province.categories),
    offices,
    clients,
  ].flatMap(repeated);
}

function named<K extends string>(list: string, key: K, items: Record<K, string>[]): Reference[] {
  return items.map((item, n) => ({ path: [list, n, key], value: item[key] }));
}

function repeated(references: Reference[]): ReferenceFault[] {
  const seen = new Set<string>();
  return references.flatMap(({ path, value }) => {
    if (value === "" || !seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [{ path, message: `"${value}" is used twice` }];
  });
}

function danglers(province: Skeleton): ReferenceFault[] {
  const counties = new Set(province.counties.map(({ id }) => id));
  const agencies = new Set(province.agencies.map(({ id }) => id));
  const inCounty = (value: string, path: Path) =>
    counties.has(value) ? [] : [{ path, message: `there is no county "${value}"` }];
  return [
    ...province.agencies.flatMap((agency, a) => [
      ...agency.countyIds.flatMap((id, c) => inCounty(id, ["agencies", a, "countyIds", c])),
      ...agency.offices.flatMap(({ countyId }, o) =>
        strayOffice(agency.countyIds, countyId, ["agencies", a, "offices", o]),
      ),
    ]),
    ...province.overseers.flatMap(({ countyIds }, o) =>
      countyIds.flatMap((id, c) => inCounty(id, ["overseers", o, "countyIds", c])),
    ),
    ...province.officeHours.overrides.flatMap(({ countyId }, o) =>
      countyId === undefined ? [] : inCounty(countyId, ["officeHours", "overrides", o, "countyId"]),
    ),
    ...province.frontEnds.flatMap(({ operatedBy }, f) =>
      operatedBy === undefined || agencies.has(operatedBy)
        ? []
        : [{ path: ["frontEnds", f, "operatedBy"], message: `there is no agency "${operatedBy}"` }],
    ),
  ];
}

function strayOffice(countyIds: string[], countyId: string, path: Path): ReferenceFault[] {
  if (countyIds.includes(countyId)) return [];
  return [{ path: [...path, "countyId"], message: `"${countyId}" is not one of the agency's counties` }];
}

function ladderFaults({ ladder }: Skeleton): ReferenceFault[] {
  return ladder.flatMap(({ after }, n) => {
    if ((n === 0) === (after === undefined)) return [];
    const message = n === 0 ? "the first rung is raised at the breach and has no wait" : "is required";
    return [{ path: ["ladder", n, "after"], message }];
  });
}
