import * as z from "zod";
import { ComplaintEvent } from "#shared/domain/complaint/event.ts";

/** An event as it is stored and stands in feeds, with the complaint that it is of. */
export const FedEvent = z.intersection(z.object({ complaintId: z.string() }), ComplaintEvent);
export type FedEvent = z.infer<typeof FedEvent>;
