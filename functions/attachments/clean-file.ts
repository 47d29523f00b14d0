import * as z from "zod";
import { refusalByScan, type Verdict } from "#shared/domain/attachments/attachment.ts";
import { beginsAs, ContentType } from "#shared/domain/attachments/attachment-format.ts";
import { pictures } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import {
  giveVerdict,
  keepClean,
  noteAttempt,
  readUpload,
  type Sent,
} from "#shared/store/attachments/attachment-objects.ts";
import { type AttachmentPlace, placeOf } from "#shared/store/attachments/attachment-places.ts";
import { queue } from "../pipelines/queue.ts";
import { cleanApart } from "./cleaning/apart.ts";

/** What the rule lets through of an event about an upload; `scan` is the result, where the province has a scanner. */
const Told = z.object({
  key: z.string(),
  // Some services send it in quotes.
  etag: z.string().transform((sent) => sent.replaceAll('"', "")),
  scan: z.string().optional(),
});
type Told = z.infer<typeof Told>;

/** How often a file is opened: one that ends the function each time is refused then. */
const mostAttempts = 5;

/**
 * Makes a file anew that a stranger sent, and says what became of it. It may read uploads, and put what it made where
 * nobody else puts anything; it has no table, no secret and no other way out.
 */
export const handler = queue({
  // In its network no queue is reached.
  message: Told,
  async consume(told, { receives }) {
    const place = placeOf(told.key);
    const outcome = place ? await clean({ ...told, ...place }, receives) : "unknown";
    log.info("upload consumed", { ...place, outcome });
  },
});

type Upload = Told & AttachmentPlace;

async function clean(place: Upload, receives: number): Promise<string> {
  const sent = await readUpload(place);
  if (!sent) return "gone or replaced";
  const told = { size: sent.bytes.length, contentType: sent.contentType };
  const refused = refusalByScan(place.scan) ?? (await cleaned(place, { sent, receives }));
  if (refused === "opened elsewhere") return refused;
  const verdict: Verdict = { ...told, ...(refused && { refused }) };
  await giveVerdict(place, verdict);
  return refused ?? "clean";
}

type Opening = { sent: Sent; receives: number };

/**
 * Keeps a clean copy; returns the reason where there is none. A file that was sent many times in a row is opened by as
 * many as it may be, and left to these: only a message that came back tells that one of them died.
 */
async function cleaned(place: AttachmentPlace, { sent: { bytes, contentType }, receives }: Opening) {
  const from = ContentType.safeParse(contentType).data;
  if (!from || !beginsAs(from, bytes)) return "not-what-it-says" as const;
  if (!(await noteAttempt(place, mostAttempts)))
    return receives > 1 ? ("took-too-long" as const) : ("opened elsewhere" as const);
  const cleaning = await cleanApart({ bytes, from, ...pictures });
  if ("uncleanable" in cleaning) return cleaning.uncleanable;
  await keepClean(place, cleaning);
  return undefined;
}
