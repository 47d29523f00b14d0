import { createHash } from "node:crypto";

/** A name for a resource to which its template gives none: the same at every start, so that its state is found again. */
export function physicalName({
  stack,
  logicalId,
  longest,
}: {
  stack: string;
  logicalId: string;
  longest: number;
}): string {
  const name = `${stack}-${logicalId}`;
  if (name.length <= longest) return name;
  const mark = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, longest - mark.length - 1)}-${mark}`;
}
