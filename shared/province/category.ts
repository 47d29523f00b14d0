import type { Category } from "../domain/deadlines/terms.ts";
import { Fault } from "../domain/fault.ts";
import { categories } from "./slices.static.ts";

/** A category of the province with its deadlines; undefined where the file does not have it any more. */
export function categoryOf(id: string): Category | undefined {
  return categories.find((one) => one.id === id);
}

/** The same where its deadlines are what is asked for; refuses what the file does not have. */
export function requireCategory(id: string): Category {
  const category = categoryOf(id);
  if (!category) throw new Fault("unknown-category", { values: { category: id } });
  return category;
}
