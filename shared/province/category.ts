import type { Category } from "../domain/deadlines/category.ts";
import { categories } from "./slices.static.ts";

/** A category of the province with its deadlines. */
export function categoryOf(id: string): Category {
  const category = categories.find((one) => one.id === id);
  if (!category) throw new Error(`the province has no category ${id}`);
  return category;
}
