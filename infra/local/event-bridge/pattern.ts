import * as z from "zod";

const FilterCriteria = z.object({
  Filters: z.array(z.object({ Pattern: z.string().transform((text): unknown => JSON.parse(text)) })),
});

/** Tells whether an event source's `FilterCriteria` let a record through, which any one of its filters may do. */
export function recordFilter(criteria: unknown): (record: unknown) => boolean {
  if (criteria === undefined) return () => true;
  const { Filters } = FilterCriteria.parse(criteria);
  return (record) => Filters.length === 0 || Filters.some(({ Pattern }) => matches(record, Pattern));
}

const Fields = z.record(z.string(), z.unknown());

/**
 * Whether a value matches an EventBridge pattern, as far as `FilterRule` of
 * aws-cdk-lib can write one: every field must match, by any of its alternatives.
 */
export function matches(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((alternative) => fits(value, alternative));
  const fields = Fields.safeParse(value).data ?? {};
  return Object.entries(Fields.parse(pattern)).every(([field, inner]) => matches(fields[field], inner));
}

function fits(value: unknown, alternative: unknown): boolean {
  if (typeof alternative !== "object" || alternative === null) return value === alternative;
  return Object.entries(alternative).every(([name, argument]) => {
    const test = tests[name];
    if (!test)
      throw new Error(
        `The local cloud does not know the filter "${name}": add it to infra/local/event-bridge/pattern.ts.`,
      );
    return test(value, argument);
  });
}

const tests: Record<string, (value: unknown, argument: unknown) => boolean> = {
  exists: (value, wanted) => (value !== undefined) === wanted,
  prefix: (value, prefix) => typeof value === "string" && value.startsWith(z.string().parse(prefix)),
  suffix: (value, suffix) => typeof value === "string" && value.endsWith(z.string().parse(suffix)),
  "equals-ignore-case": (value, text) =>
    typeof value === "string" && value.toLowerCase() === z.string().parse(text).toLowerCase(),
  "anything-but": (value, excluded) => value !== undefined && ![excluded].flat().includes(value),
  numeric: (value, bounds) =>
    typeof value === "number" && withinBounds(value, z.array(z.union([z.string(), z.number()])).parse(bounds)),
};

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

function withinBounds(value: number, [operator, bound, ...rest]: (string | number)[]): boolean {
  if (operator === undefined) return true;
  return (comparisons[operator]?.(value, Number(bound)) ?? false) && withinBounds(value, rest);
}
