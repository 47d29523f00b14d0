import * as z from "zod";
import { readComplaintId } from "#shared/domain/complaint/identifier.ts";

/** No complaint has it; short, since the table refuses a key as long as a path may be. */
const nobodys = "none";

/** The complaint in a path, as a person may type it; one that cannot be an id is unknown like any other. */
export const ComplaintPath = z.object({
  id: z.string().transform((typed) => readComplaintId(typed) ?? nobodys),
});
