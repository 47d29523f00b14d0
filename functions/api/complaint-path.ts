import * as z from "zod";
import { readComplaintId } from "../../shared/domain/identifier.ts";

/** No complaint has it; short, since the table refuses a key as long as a path may be. */
const nobodys = "none";

/** The complaint in a path, as a person may type it; one that cannot be an id is unknown like any other. */
export const ComplaintPath = z.object({
  id: z
    .string()
    .transform((typed) => readComplaintId(typed) ?? nobodys)
    .meta({
      description: "The complaint's id, such as QZ-7K3M-9XPT-Q; case, hyphens, O for 0 and I or L for 1 do not matter.",
    }),
});
