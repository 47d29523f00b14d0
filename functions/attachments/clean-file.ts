import * as z from "zod";
import { refusalByScan, type Verdict } from "#shared/domain/attachments/attachment.ts";
import { beginsAs, ContentType } from "#shared/domain/attachments/attachment-format.ts";
import { pictures } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import {
  giveVerdict,
  keepClean,
  openNoted,
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

/**
 * How often a file is opened: one that ends the function each time is refused then. What throws is tried again, as often as
 * its message comes and is moved back from the dead letters, but not without end where it was sent many times in a row.
 */
const attempts = { most: 5, inAll: 200 };

/**
 * Makes a file anew that a stranger sent, and says what became of it. It may read uploads and its own notes, and put what it made where
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

/**
 * A file that was sent many times in a row is opened by as many as it may be, and left to these: only a message that came
 * back tells that one of them died.
 */
async function clean(place: Upload, receives: number): Promise<string> {
  const sent = await readUpload(place);
  if (!sent) return "gone or replaced";
  const say = async (refused: Verdict["refused"]) => {
    const told = { size: sent.bytes.length, contentType: sent.contentType };
    await giveVerdict(place, { ...told, ...(refused && { refused }) });
    return refused ?? "clean";
  };
  const found = refusalByScan(place.scan);
  if (found) return say(found);
  const from = typeOf(sent);
  if (!from) return say("not-what-it-says");
  const open = async () => say(await cleaned(place, { bytes: sent.bytes, from }));
  const outcome = await openNoted(place, { ...attempts, open });
  return outcome ?? (receives > 1 ? say("took-too-long") : "opened elsewhere");
}

function typeOf({ contentType, bytes }: Sent): ContentType | undefined {
  const said = ContentType.safeParse(contentType).data;
  return said && beginsAs(said, bytes) ? said : undefined;
}

/** Keeps a clean copy; returns the reason where there is none. */
async function cleaned(place: AttachmentPlace, file: { bytes: Uint8Array; from: ContentType }) {
  const cleaning = await cleanApart({ ...file, ...pictures });
  if ("uncleanable" in cleaning) return cleaning.uncleanable;
  await keepClean(place, cleaning);
  return undefined;
}
