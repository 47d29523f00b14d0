import { failureOf, type Schemas } from "../session/api.ts";

type UploadForm = Schemas["UploadForm"];
type Announcement = { fileName: string; contentType: Schemas["ContentType"]; size: number };

/** A file that the API did not keep. */
export class FileRefusal extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

const everyMs = 1_500;

/** Some systems name no type for a photo of an iPhone. */
const typeOfName: Record<string, string> = { heic: "image/heic", heif: "image/heic" };

type Way = {
  announce: (announcement: Announcement) => Promise<UploadForm>;
  /** Whether the API keeps a file now; else why not, or undefined while it is being checked. */
  stateOf: (attachmentId: string, attempt: number) => Promise<"ready" | { reason: string } | undefined>;
};

/**
 * Announces a file, sends it to the bucket, and waits until it was checked, however long that takes: a file that is being checked is
 * not refused. Returns its id.
 */
export async function sendFile(file: File, { announce, stateOf }: Way): Promise<string> {
  const extension = file.name.split(".").pop()?.toLowerCase() ?? "";
  const contentType = (file.type || typeOfName[extension] || "") as Announcement["contentType"];
  const { attachmentId, url, fields } = await announce({ fileName: file.name, contentType, size: file.size });
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file);
  const answer = await fetch(url, { method: "POST", body: form, referrerPolicy: "no-referrer", credentials: "omit" });
  if (!answer.ok) throw new FileRefusal("other");
  for (let attempt = 1; ; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    const state = await stateOf(attachmentId, attempt).catch(passOver);
    if (state === "ready") return attachmentId;
    if (state) throw new FileRefusal(state.reason);
  }
}

/** A lost connection or a busy system says nothing of the file: it is asked again. What the API says of the file, or of its reader, ends the waiting. */
function passOver(error: unknown): undefined {
  const { code } = failureOf(error);
  if (code === "busy" || code === "no-connection" || code === "session-ended") return undefined;
  throw error;
}
