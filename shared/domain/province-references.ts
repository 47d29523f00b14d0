import * as z from "zod";

/** SQS allows 80 characters; the dead-letter queue has the longest name. */
const longestQueueName = 80;
/** Two queues and a policy each, under CloudFormation's 500 resources a stack. */
const agenciesPerStack = 150;

const text = z.string().catch("");
const texts = z.array(text).catch([]);
const listOf = <S extends z.ZodRawShape>(shape: S) => z.array(z.object(shape)).catch([]);

/** What the cross-checks need, read leniently: a file with other faults is checked as far as it goes. */
const Skeleton = z.object({
  id: text,
  counties: listOf({ id: text }),
  agencies: listOf({
    id: text,
    countyIds: texts,
    offices: listOf({ id: text, countyId: text }),
    stack: z.number().catch(0),
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

/** What one part of a province file says of another that is not so: names used twice, references to nothing, walls of the cloud. */
export function referenceFaults(content: unknown): ReferenceFault[] {
  const province = Skeleton.safeParse(content);
  if (!province.success) return [];
  return [...duplicates(province.data), ...danglers(province.data), ...walls(province.data)];
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

function walls(province: Skeleton): ReferenceFault[] {
  const crowd = new Map<number, number>();
  const perAgency = province.agencies.flatMap(({ id, stack }, a): ReferenceFault[] => {
    crowd.set(stack, (crowd.get(stack) ?? 0) + 1);
    const queue = `foad-${province.id}-agency-${id}-dlq.fifo`;
    const faults: ReferenceFault[] = [];
    if (id.endsWith("-dlq"))
      faults.push({ path: ["agencies", a, "id"], message: `"${id}" would have the queue of another's dead letters` });
    if (queue.length > longestQueueName)
      faults.push({
        path: ["agencies", a, "id"],
        message: `the queue name ${queue} has ${queue.length} characters, SQS allows ${longestQueueName}`,
      });
    if (crowd.get(stack) === agenciesPerStack + 1)
      faults.push({
        path: ["agencies", a, "stack"],
        message: `stack ${stack} holds more than ${agenciesPerStack} agencies`,
      });
    return faults;
  });
  const rungs = province.ladder.flatMap(({ after }, n) =>
    (n === 0) === (after === undefined)
      ? []
      : [
          {
            path: ["ladder", n, "after"],
            message: n === 0 ? "the first rung is raised at the breach and has no wait" : "is required",
          },
        ],
  );
  return [...perAgency, ...rungs];
}
