import { randomUUID } from "node:crypto";
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
 * The reason where the file was refused. `lateMark`: set where this run or a killed one may have stored a clean copy, see
 * `saveCleaningResult`. The attempt limits also limit such marks, however often the same file is uploaded.
 */
type CleaningOutcome = Pick<CleaningResult, "reason"> & { lateMark?: string };

/**
 * Cleans one upload within the attempt limits, and saves the result. Returns the outcome for the log. One upload may cause many
 * messages at once. Where the limit is reached, a first delivery leaves the file to the runs that opened it. A repeated delivery
 * means that one of these runs died, so the file is refused.
 */
async function processUpload(upload: UploadNotice & AttachmentReference, receives: number): Promise<string> {
  const file = await readUpload(upload);
  if (!file) return "gone or replaced";
  const saveResult = async ({ reason, lateMark }: CleaningOutcome) => {
    const { contentType } = file;
    const result = { size: file.bytes.length, contentType, ...(reason && { reason }) };
    await saveCleaningResult(upload, { result, lateMark });
    return reason ?? "clean";
  };
  const scanRefusal = refusalFromScan(upload.scan);
  if (scanRefusal) return saveResult({ reason: scanRefusal });
  const from = recognizedType(file);
  if (!from) return saveResult({ reason: "content-mismatch" });
  const open = async () => saveResult(await cleanUpload(upload, { bytes: file.bytes, from }));
  const outcome = await openWithAttemptLimit(upload, { ...attemptLimits, open });
  if (outcome) return outcome;
  return receives > 1 ? saveResult({ reason: "processing-timeout", lateMark: "limit" }) : "being processed";
}

/** The declared content type, where it is one of ours and the file's first bytes agree with it; otherwise undefined. */
function recognizedType({ contentType, bytes }: UploadedFile): ContentType | undefined {
  const declaredType = ContentType.safeParse(contentType).data;
  return declaredType && hasSignatureOf(declaredType, bytes) ? declaredType : undefined;
}

/** Cleans the file and saves the clean copy. */
async function cleanUpload(
  reference: AttachmentReference,
  file: { bytes: Uint8Array; from: ContentType },
): Promise<CleaningOutcome> {
  const outcome = await cleanInWorker({ ...file, ...pictures });
  if ("uncleanable" in outcome) return { reason: outcome.uncleanable };
  await saveCleanCopy(reference, outcome);
  return { lateMark: randomUUID() };
}
