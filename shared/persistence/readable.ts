import type * as z from "zod";
import { Fault } from "../domain/fault.ts";
import { indexes, sortAttributeOf } from "../runtime/keys.ts";
import { log } from "../runtime/log.ts";

type Item = Record<string, unknown>;

/**
 * An item of the table as the schema has it. One that a newer version of this code wrote may say what this one cannot
 * read; whoever needs it is told to come back (`unavailable`), and nothing is decided over it until that version runs.
 */
export function parseItem<S extends z.ZodType>(schema: S, item: Item | undefined): z.output<S> {
  const { success, data, error } = schema.safeParse(item);
  if (success) return data;
  log.error("item unreadable", { pk: item?.pk, sk: item?.sk });
  throw new Fault("unavailable", { cause: error });
}

/**
 * Those of the items that can be read: one that cannot must not hide the others of its list. `failure`: the message under
 * which it is logged.
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

/** Each item as what this code knows, or else as `newer`: by the little that is the same in whatever may come. */
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

type WithUnknownFields = { newer?: Item | undefined };

const keyNames = ["pk", "sk", ...indexes.flatMap((index) => [index, sortAttributeOf(index)])];

/** As `readable`, with the fields that the schema does not know under `newer`: an item that is written over loses none. */
export function parseWholeItem<S extends z.ZodObject>(
  schema: S,
  item: Item | undefined,
): (z.output<S> & WithUnknownFields) | undefined {
  if (!item) return undefined;
  const newer = unknownFieldsIn(schema, item);
  return { ...parseItem(schema, item), ...(newer && { newer }) };
}

/** The fields of an item that the schema does not know, its keys left out; undefined where there are none. */
export function unknownFieldsIn(schema: z.ZodObject, item: Item = {}): Item | undefined {
  const names = Object.keys(item).filter((name) => !(name in schema.shape || keyNames.includes(name)));
  return names.length > 0 ? Object.fromEntries(names.map((name) => [name, item[name]])) : undefined;
}

/** The fields to write, of this version and of newer ones. */
export function itemWithUnknownFields<T extends WithUnknownFields>({ newer, ...known }: T): Item {
  return { ...newer, ...known };
}
