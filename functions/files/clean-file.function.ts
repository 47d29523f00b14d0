import * as z from "zod";
import { type CleaningResult, refusalFromScan } from "#shared/files/attachment.ts";
import {
  type AttachmentReference,
  attachmentReferenceOf,
  openWithAttemptLimit,
  readUpload,
  saveCleanCopy,
  saveCleaningResult,
  saveLateResult,
  type UploadedFile,
} from "#shared/files/files.store.ts";
import { ContentType, hasSignatureOf } from "#shared/files/format.ts";
import { pictures } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { queue } from "../triggers/queue.ts";
import { cleanInWorker } from "./cleaning-thread.job.ts";

/**
 * The message that the EventBridge rule makes of an uploaded object. `scan`: the result of the malware scan, in a province with
 * a scanner.
 */
const UploadNotice = z.object({
  key: z.string(),
  // Some AWS services send the ETag in quotes.
  etag: z.string().transform((sent) => sent.replaceAll('"', "")),
  scan: z.string().optional(),
});
type UploadNotice = z.infer<typeof UploadNotice>;

/**
 * How often a file may be opened. `most` limits the openings that did not throw: a file that kills the function each time is
 * refused after so many openings. `inAll` limits all openings: a file whose cleaning throws is tried again with each message,
 * redriven dead letters included, but not for ever.
 */
const attemptLimits = { most: 5, inAll: 200 };

/**
 * Cleans an uploaded file and writes the result. The file comes from a stranger, so the function has few rights: it reads uploads
 * and its own results, and writes clean copies to a place of its own. It reaches no table, no secret and nothing else.
 */
export const handler = queue({
  // `from` is absent: the function's network reaches no queue, so it cannot postpone messages.
  message: UploadNotice,
  async consume(notice, { receives }) {
    const reference = attachmentReferenceOf(notice.key);
    const outcome = reference ? await processUpload({ ...notice, ...reference }, receives) : "unknown";
    log.info("upload processed", { ...reference, outcome });
  },
});

/**
 * Cleans one upload within the attempt limits, and saves the result. Returns the outcome for the log. One upload may cause many
 * messages at once. Where the limit is reached, a first delivery leaves the file to the runs that opened it. A repeated delivery
 * means that one of these runs died, so the file is refused.
 */
async function processUpload(upload: UploadNotice & AttachmentReference, receives: number): Promise<string> {
  const file = await readUpload(upload);
  if (!file) {
    if (receives > 1) await saveLateResult(upload);
    return "gone or replaced";
  }
  // An earlier run of this message may have been killed after it stored a clean copy.
  const isRepeated = receives > 1;
  const saveResult = async (reason: CleaningResult["reason"], { mayHaveCopy = isRepeated } = {}) => {
    const { contentType } = file;
    const result = { size: file.bytes.length, contentType, ...(reason && { reason }) };
    await saveCleaningResult(upload, { result, mayHaveCopy });
    return reason ?? "clean";
  };
  const scanRefusal = refusalFromScan(upload.scan);
  if (scanRefusal) return saveResult(scanRefusal);
  const from = recognizedType(file);
  if (!from) return saveResult("content-mismatch");
  const open = async () => saveResult(await cleanUpload(upload, { bytes: file.bytes, from }), { mayHaveCopy: true });
  const outcome = await openWithAttemptLimit(upload, { ...attemptLimits, open });
  return outcome ?? (isRepeated ? saveResult("processing-timeout") : "being processed");
}

/** The declared content type, where it is one of ours and the file's first bytes agree with it; otherwise undefined. */
function recognizedType({ contentType, bytes }: UploadedFile): ContentType | undefined {
  const declaredType = ContentType.safeParse(contentType).data;
  return declaredType && hasSignatureOf(declaredType, bytes) ? declaredType : undefined;
}

/** Cleans the file and saves the clean copy. Returns the reason if the file cannot be cleaned. */
async function cleanUpload(
  reference: AttachmentReference,
  file: { bytes: Uint8Array; from: ContentType },
): Promise<CleaningResult["reason"]> {
  const outcome = await cleanInWorker({ ...file, ...pictures });
  if ("uncleanable" in outcome) return outcome.uncleanable;
  await saveCleanCopy(reference, outcome);
  return undefined;
}
