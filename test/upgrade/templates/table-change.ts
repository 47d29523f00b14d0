import * as z from "zod";
import type { Resource } from "./deployed.ts";

const Table = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })).default([]),
  GlobalSecondaryIndexes: z.array(z.looseObject({ IndexName: z.string() })).default([]),
  StreamSpecification: z.unknown().optional(),
});

/** What DynamoDB refuses of a table's update, in words; a table that is replaced is not updated. */
export function tableRefusals(was: Resource, is: Resource): string[] {
  const [before, after] = [Table.parse(was.Properties), Table.parse(is.Properties)];
  return [
    ...indexRefusals(before.GlobalSecondaryIndexes, after.GlobalSecondaryIndexes),
    ...before.AttributeDefinitions.flatMap(({ AttributeName, AttributeType }) => {
      const now = after.AttributeDefinitions.find((one) => one.AttributeName === AttributeName)?.AttributeType;
      return now === undefined || now === AttributeType
        ? []
        : [`the attribute ${AttributeName} becomes ${now}, and a table's attribute keeps its type`];
    }),
    ...(before.StreamSpecification &&
    after.StreamSpecification &&
    differ(before.StreamSpecification, after.StreamSpecification)
      ? ["its stream becomes one of another kind, which it can only after it was none"]
      : []),
  ];
}

type Index = { IndexName: string };

function indexRefusals(before: Index[], after: Index[]): string[] {
  const without = (all: Index[], others: Index[]) =>
    all.filter(({ IndexName }) => !others.some((other) => other.IndexName === IndexName));
  const [made, dropped] = [without(after, before), without(before, after)];
  const kept = before.flatMap((one) =>
    after.filter(({ IndexName }) => IndexName === one.IndexName).map((now) => [one, now]),
  );
  const turned = kept
    .filter(([one, now]) => differ(one, now))
    .map(([one]) => `the index ${one?.IndexName} cannot be changed in its place`);
  if (made.length + dropped.length <= 1) return turned;
  const named = [...made, ...dropped].map(({ IndexName }) => IndexName).join(", ");
  return [...turned, `indexes ${named} are made or dropped, and one update takes one of them`];
}

const differ = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
