import type * as z from "zod";
import { Fault } from "../fault.ts";
import { indexes, sortAttributeOf } from "../runtime/keys.ts";
import { log } from "../runtime/log.ts";
import { UnknownEvent } from "./newer-items.ts";

type Item = Record<string, unknown>;

/**
 * Parses an item of the table. A newer version of this code may have written an item that this version cannot read. It is
 * logged and `unavailable` is thrown, so that nothing is decided without it until the newer version runs.
 */
export function parseItem<S extends z.ZodType>(schema: S, item: Item | undefined): z.output<S> {
  const { success, data, error } = schema.safeParse(item);
  if (success) return data;
  log.error("item unreadable", { pk: item?.pk, sk: item?.sk });
  throw new Fault("unavailable", { cause: error });
}

/**
 * Parses the items of a list and drops those that cannot be read: they must not hide the others. `failure`: the message
 * under which a dropped item is logged.
 */
export function parseReadableItems<S extends z.ZodType>(
  schema: S,
  items: Item[],
  failure = "item unreadable",
): z.output<S>[] {
  return items.flatMap((item) => {
    const { success, data } = schema.safeParse(item);
    if (!success) log.error(failure, { pk: item.pk, sk: item.sk });
    return success ? [data] : [];
  });
}

type KnownAndUnknown<K extends z.ZodType, N extends z.ZodType> = { known: K; newer: N };

/**
 * Parses each item by the schema `known`, or else by `newer`, which has only the fields that no later version may change.
 * Throws `unavailable` if neither schema fits.
 */
export function parseKnownOrUnknown<K extends z.ZodType, N extends z.ZodType>(
  { known, newer }: KnownAndUnknown<K, N>,
  items: Item[],
) {
  const read: { known: z.output<K>[]; newer: z.output<N>[] } = { known: [], newer: [] };
  for (const item of items) {
    const { success, data } = known.safeParse(item);
    if (success) read.known.push(data);
    else read.newer.push(parseItem(newer, item));
  }
  return read;
}

/**
 * Parses the events of a thing up to the version of its head: those that were written after the head was read are left out. An event of
 * a type that only newer code knows comes under `newer`. Throws `unavailable` where not even its number and time can be read.
 */
export function parseEvents<K extends z.ZodType>(known: K, items: Item[], { version: last }: { version: number }) {
  const eventItems = items.filter(({ version }) => Number(version) <= last);
  const { known: events, newer } = parseKnownOrUnknown({ known, newer: UnknownEvent }, eventItems);
  return { events, newer };
}

type WithUnknownFields = { newer?: Item | undefined };

const keyNames = ["pk", "sk", ...indexes.flatMap((index) => [index, sortAttributeOf(index)])];

/**
 * Parses an item and keeps the fields that the schema does not know under `newer`, so that they are not lost when the item
 * is written again. Undefined if there is no item; throws `unavailable` if it cannot be read.
 */
export function parseWholeItem<S extends z.ZodObject>(
  schema: S,
  item: Item | undefined,
): (z.output<S> & WithUnknownFields) | undefined {
  if (!item) return undefined;
  const newer = unknownFieldsIn(schema, item);
  return { ...parseItem(schema, item), ...(newer && { newer }) };
}

/** The fields of an item that the schema does not know, without its keys; undefined if there are none. */
export function unknownFieldsIn(schema: z.ZodObject, item: Item = {}): Item | undefined {
  const names = Object.keys(item).filter((name) => !(name in schema.shape || keyNames.includes(name)));
  return names.length > 0 ? Object.fromEntries(names.map((name) => [name, item[name]])) : undefined;
}

/** The fields to write: those of this version, and the unknown ones that `parseWholeItem` kept. */
export function itemWithUnknownFields<T extends WithUnknownFields>({ newer, ...known }: T): Item {
  return { ...newer, ...known };
}
