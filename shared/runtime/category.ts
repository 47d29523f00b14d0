import { Fault } from "../domain/fault.ts";
import type { Category } from "../domain/province.ts";
import { categories } from "./province.static.ts";

/** A category of the province with its deadlines; throws `unknown-category`. */
export function categoryOf(id: string): Category {
  const category = categories.find((one) => one.id === id);
  if (!category) throw new Fault("unknown-category", { says: { category: id } });
  return category;
}
