import * as z from "zod";
import { type RefusalReason, refusalByScan, type Verdict } from "#shared/domain/attachments/attachment.ts";
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
const Upload = z.object({
  key: z.string(),
  // Some services send it in quotes.
  etag: z.string().transform((sent) => sent.replaceAll('"', "")),
  scan: z.string().optional(),
});
type Upload = z.infer<typeof Upload>;

/** How often a file is opened: one that ends the function each time is refused then. */
const mostAttempts = 3;

/**
 * Makes a file anew that a stranger sent, and says what became of it. It may read uploads, and put what it made where
 * nobody else puts anything; it has no table, no secret and no other way out.
 */
export const handler = queue({
  from: "UPLOAD_QUEUE",
  message: Upload,
  async consume(upload) {
    const place = placeOf(upload.key);
    const outcome = place ? await clean(upload, place) : "unknown";
    log.info("upload consumed", { ...place, outcome });
  },
});

async function clean(upload: Upload, place: AttachmentPlace): Promise<string> {
  const sent = await readUpload({ ...upload, ...place });
  if (!sent) return "gone or replaced";
  const told = { size: sent.bytes.length, contentType: sent.contentType };
  const refused = refusalByScan(upload.scan) ?? (await cleaned(place, sent));
  const verdict: Verdict = { ...told, ...(refused && { refused }) };
  await giveVerdict(place, verdict);
  return refused ?? "clean";
}

/** Keeps a clean copy; returns the reason where there is none. */
async function cleaned(place: AttachmentPlace, { bytes, contentType }: Sent): Promise<RefusalReason | undefined> {
  const from = ContentType.safeParse(contentType).data;
  if (!from || !beginsAs(from, bytes)) return "not-what-it-says";
  if (!(await noteAttempt(place, mostAttempts))) return "took-too-long";
  const cleaning = await cleanApart({ bytes, from, ...pictures });
  if ("uncleanable" in cleaning) return cleaning.uncleanable;
  await keepClean(place, cleaning);
  return undefined;
}
