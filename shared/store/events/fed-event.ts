import * as z from "zod";
import { ComplaintEvent } from "#shared/domain/complaint/event.ts";

/** An event as the table and the feeds hold it: with the id of its complaint. */
export const FedEvent = z.intersection(z.object({ complaintId: z.string() }), ComplaintEvent);
export type FedEvent = z.infer<typeof FedEvent>;
