export type UploadForm = { url: string; fields: Record<string, string> };

type Sent = { status: number; code: string | undefined; message: string | undefined };

/** Posts a file the way a browser does, the form's fields first; tells S3's own error, where there is one. */
export async function sendForm({ url, fields }: UploadForm, file: Uint8Array<ArrayBuffer>): Promise<Sent> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob([file]), "whatever.bin");
  const response = await fetch(url, { method: "POST", body: form });
  const text = await response.text();
  const element = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  return { status: response.status, code: element("Code"), message: element("Message") };
}
