import * as z from "zod";
import { ComplaintEvent } from "#shared/domain/complaint/event.ts";
import { Opinion, PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { HistoryEntry } from "#shared/domain/telling/history.ts";
import type { Json } from "./json.ts";
import type { SchemaOf } from "./schemas.ts";

/** What no history tells, whoever reads it. */
const untold = ["client", "after", "masked", "origin", "counting", "group", "probability"];
/** What some readers are told and others are not. */
const toSome = new Set(["channel", "solved", "handling", ...Object.keys(Opinion.shape)]);

/** An event of which the citizen is told no more than that it was. */
const internal = HistoryEntry.pick({ version: true, at: true })
  .required()
  .extend({ type: z.literal("internal") });

/** The entries of histories by their names: one schema for each type, and `HistoryEntry`, which is one of them. */
export function historyEntries(schemaOf: SchemaOf): Record<string, Json> {
  const all: [string, z.ZodObject][] = [
    ...[...ComplaintEvent.options, ...PrivateEvent.options].map(entryOf),
    ["internal", z.strictObject(internal.shape)],
  ];
  const named = Object.fromEntries(
    all.map(([type, schema]) => [nameOf(type), schemaOf(schema, "output", "history")] as const),
  );
  const refs = Object.fromEntries(all.map(([type]) => [type, `#/components/schemas/${nameOf(type)}`]));
  const HistoryEntry = {
    oneOf: Object.values(refs).map(($ref) => ({ $ref })),
    discriminator: { propertyName: "type", mapping: refs },
  };
  return { ...named, HistoryEntry };
}

function entryOf({ shape }: { shape: z.ZodRawShape & { type: z.ZodLiteral } }): [string, z.ZodObject] {
  const told = Object.entries(shape)
    .filter(([name]) => !untold.includes(name))
    .map(([name, field]) => [name, toSome.has(name) ? z.optional(field) : field]);
  return [String(shape.type.value), z.object(Object.fromEntries(told))];
}

const nameOf = (type: string) =>
  `History${type
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("")}`;
