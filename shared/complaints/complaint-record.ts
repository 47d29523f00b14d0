import * as z from "zod";
import type { Attachment } from "../files/attachment.ts";
import type { UnknownEvent } from "../storage/newer-items.ts";
import { type Complaint, Narrative, type Visit } from "./complaint.ts";
import type { Claim, ConfidentialEntry } from "./confidential-log.ts";
import type { ComplaintEvent } from "./event.ts";

/** A complaint with its texts, events and files. */
export type ComplaintRecord = {
  complaint: Complaint;
  narrative: Narrative;
  events: ComplaintEvent[];
  /** Events of types that this version of the code does not know. */
  newer?: UnknownEvent[];
  /** All files that the citizen announced. */
  uploads: Attachment[];
};

/** Records of a complaint that its agency cannot notice. `claim`: the inspector who works on it. */
export type ConfidentialRecord = { confidentialLog: ConfidentialEntry[]; visits: Visit[]; claim?: Claim | undefined };

/** The text of a narrative. A list needs nothing else of it. */
export const NarrativeText = Narrative.pick({ description: true }).extend({
  maskedTexts: z.object({ description: z.string().optional() }).optional(),
});
export type NarrativeText = z.infer<typeof NarrativeText>;
