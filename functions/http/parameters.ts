import * as z from "zod";
import { EventId } from "#shared/complaints/event.ts";
import { Filter } from "#shared/complaints/filter.ts";
import { fingerprint } from "#shared/digest.ts";
import { Fault } from "#shared/fault.ts";
import { parseComplaintId, parseIdStart } from "#shared/identifier.ts";
import { defaultPageSize, mostPageSize } from "#shared/policy-numbers.ts";
import { idPrefixes } from "#shared/province/slices.static.ts";

/**
 * The complaint's id in a path, in any of the spellings in which people type it. Refuses a text that cannot be an id, such as
 * an id with a mistyped letter.
 */
export const ComplaintPath = z.object({
  id: z
    .string()
    .refine((typed) => parseComplaintId(typed, idPrefixes) !== undefined, {
      params: { rule: "complaint-id" },
      abort: true,
    })
    .overwrite((typed) => parseComplaintId(typed, idPrefixes) ?? typed),
});

/** The position at which a list continues; opaque for callers. */
export const Cursor = z.string();

/** The query of a list: how many items, and from which position. */
export const Paging = z.strictObject({
  limit: z.coerce.number().int().min(1).max(mostPageSize).default(defaultPageSize),
  cursor: Cursor.max(2_000).optional(),
});

/** `true` or `false` in a query. `z.stringbool` would appear in the OpenAPI document as any string. */
export const YesOrNo = z.enum(["true", "false"]).transform((text) => text === "true");

/** The query of a list of complaints: paging, which complaints, and whether rows have names and the beginning of the text. */
export const ListQuery = Paging.extend({
  ...Filter.shape,
  id: z
    .string()
    .refine((typed) => parseIdStart(typed, idPrefixes) !== undefined, { params: { rule: "id-start" }, abort: true })
    .overwrite((typed) => parseIdStart(typed, idPrefixes) ?? typed)
    .optional(),
  late: YesOrNo.optional(),
  dueSoon: YesOrNo.optional(),
  details: YesOrNo.default(false),
});

/** Divides the query of a list into paging, filter, and `details`. */
export function partsOf({ limit, cursor, details, ...filter }: z.output<typeof ListQuery>) {
  return { limit, cursor, details, filter };
}

/** The query of a feed: how many events, and after which event. */
export const FeedPaging = z.strictObject({
  after: EventId.max(40).optional(),
  limit: z.coerce.number().int().min(1).max(mostPageSize).default(defaultPageSize),
});

/** A page of a list. The last page has no `nextCursor`. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), nextCursor: Cursor.optional() });
}

/** A page of a feed. `nextCursor` is the id of its last event. */
export function feedPageOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), nextCursor: EventId.optional() });
}

type Position = Record<string, string>;
const CursorContent = z.tuple([z.string(), z.record(z.string(), z.string())]);

/**
 * Writes a position as an opaque text; undefined if there is no further page. A checksum ties the cursor to its query:
 * `readCursor` refuses it for any other query.
 */
export function writeCursor(position: unknown, query: Record<string, unknown>): string | undefined {
  if (!position) return undefined;
  return Buffer.from(JSON.stringify([cursorChecksum(position, query), position])).toString("base64url");
}

/** Reads the position from a cursor. Throws `cursor-invalid` if the cursor was not written for this query. */
export function readCursor(cursor: string | undefined, query: Record<string, unknown>): Position | undefined {
  if (cursor === undefined) return undefined;
  const parsed = CursorContent.safeParse(decode(cursor));
  if (!parsed.success || parsed.data[0] !== cursorChecksum(parsed.data[1], query)) throw new Fault("cursor-invalid");
  return parsed.data[1];
}

function cursorChecksum(position: unknown, query: Record<string, unknown>): string {
  return fingerprint(JSON.stringify(position), JSON.stringify(query)).slice(0, 16);
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
