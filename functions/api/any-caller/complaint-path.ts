import * as z from "zod";
import { readComplaintId } from "#shared/domain/complaint/identifier.ts";

/** The complaint in a path, as people type ids; refuses what cannot be an id, such as one with a letter mistyped. */
export const ComplaintPath = z.object({
  id: z
    .string()
    .refine((typed) => readComplaintId(typed) !== undefined, { params: { rule: "complaint-id" }, abort: true })
    .overwrite((typed) => readComplaintId(typed) ?? typed),
});
