import * as z from "zod";
import { EventId } from "#shared/domain/complaint/event.ts";
import { parseComplaintId } from "#shared/domain/complaint/identifier.ts";
import { fingerprint } from "#shared/domain/digest.ts";
import { Fault } from "#shared/domain/fault.ts";
import { defaultPageSize, mostPageSize } from "#shared/domain/policy-numbers.ts";

/** The complaint in a path, as people type ids; refuses what cannot be an id, such as one with a letter mistyped. */
export const ComplaintPath = z.object({
  id: z
    .string()
    .refine((typed) => parseComplaintId(typed) !== undefined, { params: { rule: "complaint-id" }, abort: true })
    .overwrite((typed) => parseComplaintId(typed) ?? typed),
});

/** Where a list goes on; opaque. */
export const Cursor = z.string();

/** How much of a list is wanted, and from where. */
export const Paging = z.strictObject({
  limit: z.coerce.number().int().min(1).max(mostPageSize).default(defaultPageSize),
  cursor: Cursor.max(2_000).optional(),
});

/** A yes or no in an address, whose two values the document tells: of `z.stringbool` it would say that any text is taken. */
export const YesOrNo = z.enum(["true", "false"]).transform((text) => text === "true");

/** How much of a feed is wanted, and after which event. */
export const FeedPaging = z.strictObject({
  after: EventId.max(40).optional(),
  limit: z.coerce.number().int().min(1).max(mostPageSize).default(defaultPageSize),
});

/** A page of a list; without `nextCursor` it is the last. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), nextCursor: Cursor.optional() });
}

/** A page of a feed; `nextCursor` is the id of its last event. */
export function feedPageOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), nextCursor: EventId.optional() });
}

type Position = Record<string, string>;
const CursorContent = z.tuple([z.string(), z.record(z.string(), z.string())]);

/** A position as an opaque text, sealed with the query it came from: `readCursor` refuses it for any other. */
export function writeCursor(position: unknown, query: Record<string, unknown>): string | undefined {
  if (!position) return undefined;
  return Buffer.from(JSON.stringify([cursorChecksum(position, query), position])).toString("base64url");
}

/** The position in a cursor; throws `cursor-invalid` for one that was not written for this query. */
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
