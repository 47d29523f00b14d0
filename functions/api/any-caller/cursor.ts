import * as z from "zod";
import { fingerprint } from "#shared/domain/digest.ts";
import { Fault } from "#shared/domain/fault.ts";

type Position = Record<string, string>;
const Cursor = z.tuple([z.string(), z.record(z.string(), z.string())]);

/** A position as an opaque text, sealed with the query it came from: `readCursor` refuses it for any other. */
export function writeCursor(position: unknown, query: Record<string, unknown>): string | undefined {
  if (!position) return undefined;
  return Buffer.from(JSON.stringify([seal(position, query), position])).toString("base64url");
}

/** The position in a cursor; throws `cursor-invalid` for one that was not written for this query. */
export function readCursor(cursor: string | undefined, query: Record<string, unknown>): Position | undefined {
  if (cursor === undefined) return undefined;
  const parsed = Cursor.safeParse(decode(cursor));
  if (!parsed.success || parsed.data[0] !== seal(parsed.data[1], query)) throw new Fault("cursor-invalid");
  return parsed.data[1];
}

function seal(position: unknown, query: Record<string, unknown>): string {
  return fingerprint(JSON.stringify(position), JSON.stringify(query)).slice(0, 16);
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
