import * as z from "zod";
import { Policy } from "../time/policy.ts";
import { Succession } from "../time/retirement.ts";
import { Name, Slug } from "../vocabulary.ts";

/**
 * What a complaint is about, and how long each step may take; `extension` is added to `answer` where it is extended.
 */
export const Category = z.strictObject({
  id: Slug,
  name: Name,
  acknowledge: Policy,
  answer: Policy,
  extension: Policy,
  ...Succession.shape,
});
export type Category = z.infer<typeof Category>;
