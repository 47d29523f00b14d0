import { type Case, type Catalog, refusal } from "./api.ts";

type Photo = { photo: File | undefined; takes: Catalog["attachments"]["contentTypes"]; to: Case; key: string };

/** Announces the photo, sends it by the form that comes back, and waits for nothing: the case tells what becomes of it. */
export async function sendPhoto({ photo, takes, to, key }: Photo): Promise<void> {
  const contentType = takes.find((type) => type === photo?.type);
  if (!photo || !contentType) {
    const message = "یک عکس JPEG، PNG، WebP یا HEIC برگزینید";
    throw refusal({ errors: [{ path: "file", code: "type", message }] });
  }
  const { url, fields } = await to.announce({ fileName: photo.name, contentType, size: photo.size }, key);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", photo);
  const answer = await fetch(url, { method: "POST", body: form }).catch(() => undefined);
  if (!answer?.ok) throw refusal({});
}
