import { nearestName } from "#shared/domain/nearest-name.ts";

/** `; did you mean "color"?`, where one of the names is nearly the one that was written; otherwise nothing. */
export function didYouMean(written: unknown, names: string[]): string {
  const near = typeof written === "string" && nearestName(written, names);
  return near ? `; did you mean "${near}"?` : "";
}
