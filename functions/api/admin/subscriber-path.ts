import * as z from "zod";

/** Whose webhook it is: `agency:` and the agency's id, or `front-end:` and the client's. */
export const SubscriberPath = z.object({ subscriber: z.string().min(1).max(100) });
