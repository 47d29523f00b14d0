import { type Case, type Catalog, refusal } from "./api.ts";
import { count } from "./words.ts";

type Limits = Catalog["attachments"];
type ContentType = Limits["contentTypes"][number];
export type Photo = { name: string; contentType: ContentType; bytes: Blob };

/** A larger photo is made smaller before it is sent: few phones have a fast line, and nobody needs more to read a notice. */
const largeBytes = 1_500_000;
const longestEdge = 2_560;
const quality = 0.85;
/** Some systems name no type for a photo of an iPhone. */
const typeOfName: Record<string, string> = { heic: "image/heic", heif: "image/heic" };

/** The chosen photos as they are sent; each that cannot be sent is refused at the field it was chosen in, before anything is sent. */
export async function photosOf(files: File[], limits: Limits, path: string): Promise<Photo[]> {
  if (files.length > limits.maxFiles)
    throw refusal({
      errors: [{ path, code: "max-items", message: `حداکثر ${count(limits.maxFiles)} عکس می‌توان فرستاد` }],
    });
  const photos: Photo[] = [];
  for (const file of files) {
    const photo = await photoOf(file, limits);
    if (typeof photo === "string")
      throw refusal({ errors: [{ path, code: "photo", message: `«${apart(file.name)}»: ${photo}` }] });
    photos.push(photo);
  }
  return photos;
}

/** The photo, smaller where it is large or of a type that the API does not take; else why it cannot be sent. */
async function photoOf(file: File, { contentTypes, maxBytes }: Limits): Promise<Photo | string> {
  const type = file.type || typeOfName[file.name.split(".").at(-1)?.toLowerCase() ?? ""];
  const contentType = contentTypes.find((one) => one === type && one.startsWith("image/"));
  const smaller = contentType && file.size <= largeBytes ? undefined : await shrunk(file);
  if (smaller && smaller.size <= maxBytes && !(contentType && file.size <= smaller.size))
    return { name: file.name, contentType: "image/jpeg", bytes: smaller };
  if (!contentType) return "یک عکس JPEG، PNG، WebP یا HEIC برگزینید";
  if (file.size > maxBytes)
    return `${megabytes(file.size)} مگابایت است؛ هر عکس باید حداکثر ${megabytes(maxBytes)} مگابایت باشد`;
  return { name: file.name, contentType, bytes: file };
}

/** As JPEG with no edge longer than the screen of a computer, the right way up; undefined if the browser cannot read it. */
async function shrunk(file: File): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => undefined);
  if (!picture) return undefined;
  const scale = Math.min(1, longestEdge / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  // JPEG has no transparency: what is see-through would be black.
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), "image/jpeg", quality));
}

/** A name in Latin letters turns nothing around in a Persian sentence. */
export const apart = (name: string) => `\u2068${name}\u2069`;

const megabytes = (bytes: number) => count(Math.round((10 * bytes) / 1_048_576) / 10);

/** Announces the photo, sends it by the form that comes back, and waits for nothing: the case tells what becomes of it. */
export async function sendPhoto({ name, contentType, bytes }: Photo, to: Case, key: string): Promise<void> {
  const { url, fields } = await to.announce({ fileName: name, contentType, size: bytes.size }, key);
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append("file", bytes, name);
  const answer = await fetch(url, { method: "POST", body: form }).catch(() => undefined);
  if (!answer?.ok) throw refusal({});
}
