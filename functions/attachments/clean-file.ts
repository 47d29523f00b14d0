import * as z from "zod";
import { type CleaningResult, refusalFromScan } from "#shared/domain/attachments/attachment.ts";
import { ContentType, hasSignatureOf } from "#shared/domain/attachments/format.ts";
import {
  type AttachmentReference,
  attachmentReferenceOf,
  openWithAttemptLimit,
  readUpload,
  saveCleanCopy,
  saveCleaningResult,
  type UploadedFile,
} from "#shared/persistence/attachments/files.ts";
import { pictures } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { queue } from "../triggers/queue.ts";
import { cleanInWorker } from "./cleaning/cleaning-thread.ts";

/** What the rule lets through of an event about an upload; `scan` is the result, where the province has a scanner. */
const UploadNotice = z.object({
  key: z.string(),
  // Some services send it in quotes.
  etag: z.string().transform((sent) => sent.replaceAll('"', "")),
  scan: z.string().optional(),
});
type UploadNotice = z.infer<typeof UploadNotice>;

/**
 * How often a file is opened: one that ends the function each time is refused then. What throws is tried again, as often as
 * its message comes and is moved back from the dead letters, but not without end where it was sent many times in a row.
 */
const attemptLimits = { most: 5, inAll: 200 };

/**
 * Makes a file anew that a stranger sent, and says what became of it. It may read uploads and its own notes, and put what it made where
 * nobody else puts anything; it has no table, no secret and no other way out.
 */
export const handler = queue({
  // In its network no queue is reached.
  message: UploadNotice,
  async consume(told, { receives }) {
    const place = attachmentReferenceOf(told.key);
    const outcome = place ? await processUpload({ ...told, ...place }, receives) : "unknown";
    log.info("upload consumed", { ...place, outcome });
  },
});

type Upload = UploadNotice & AttachmentReference;

/**
 * A file that was sent many times in a row is opened by as many as it may be, and left to these: only a message that came
 * back tells that one of them died.
 */
async function processUpload(place: Upload, receives: number): Promise<string> {
  const sent = await readUpload(place);
  if (!sent) return "gone or replaced";
  const say = async (refused: CleaningResult["refused"]) => {
    const verdictFields = { size: sent.bytes.length, contentType: sent.contentType };
    await saveCleaningResult(place, { ...verdictFields, ...(refused && { refused }) });
    return refused ?? "clean";
  };
  const found = refusalFromScan(place.scan);
  if (found) return say(found);
  const from = recognizedType(sent);
  if (!from) return say("not-what-it-says");
  const open = async () => say(await cleanUpload(place, { bytes: sent.bytes, from }));
  const outcome = await openWithAttemptLimit(place, { ...attemptLimits, open });
  return outcome ?? (receives > 1 ? say("took-too-long") : "opened elsewhere");
}

function recognizedType({ contentType, bytes }: UploadedFile): ContentType | undefined {
  const declaredType = ContentType.safeParse(contentType).data;
  return declaredType && hasSignatureOf(declaredType, bytes) ? declaredType : undefined;
}

/** Keeps a clean copy; returns the reason where there is none. */
async function cleanUpload(place: AttachmentReference, file: { bytes: Uint8Array; from: ContentType }) {
  const cleaning = await cleanInWorker({ ...file, ...pictures });
  if ("uncleanable" in cleaning) return cleaning.uncleanable;
  await saveCleanCopy(place, cleaning);
  return undefined;
}
