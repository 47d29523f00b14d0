import * as z from "zod";
import { Policy } from "../time/policy.ts";
import { Name, Slug } from "../vocabulary.ts";

/** What a complaint is about, and how long it may take; `extension` is what an extended answer gets on top. */
export const Category = z.strictObject({
  id: Slug,
  name: Name,
  acknowledge: Policy,
  answer: Policy,
  extension: Policy,
});
export type Category = z.infer<typeof Category>;
