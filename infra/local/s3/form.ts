/** An upload as a browser's form sends it. */
export type Form = {
  /** By lower-case name, as S3 compares them. */
  fields: Map<string, string>;
  file: Buffer;
};

/**
 * The file and the fields before it; what comes after it is ignored.
 * Undefined where the body is no form with a file.
 */
export async function readForm(body: Buffer, contentType: string): Promise<Form | undefined> {
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": contentType } })
    .formData()
    .catch(() => undefined);
  const fields = new Map<string, string>();
  for (const [name, value] of form ?? []) {
    const isFile = typeof value !== "string" || name.toLowerCase() === "file";
    if (isFile) return { fields, file: Buffer.from(await new Blob([value]).arrayBuffer()) };
    fields.set(name.toLowerCase(), value);
  }
  return undefined;
}
