import * as z from "zod";
import { readComplaintId } from "#shared/domain/complaint/identifier.ts";

/** An id that no complaint has. What was typed is not used: it may be longer than the table takes for a key. */
export const nobodys = "none";

/** The complaint in a path, as people type ids. What cannot be an id is read as `none`, and so is `not-found`. */
export const ComplaintPath = z.object({
  id: z.string().transform((typed) => readComplaintId(typed) ?? nobodys),
});
