import { Fault } from "../fault.ts";
import { categories } from "./slices.static.ts";
import type { Category } from "./terms.ts";

/** A category of the province with its deadlines; undefined if the file does not have it. */
export function categoryOf(id: string): Category | undefined {
  return categories.find((one) => one.id === id);
}

/** A category of the province with its deadlines; throws `unknown-category` if the file does not have it. */
export function requireCategory(id: string): Category {
  const category = categoryOf(id);
  if (!category) throw new Fault("unknown-category", { values: { category: id } });
  return category;
}
