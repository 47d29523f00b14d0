import * as z from "zod";
import { recordBounce } from "#shared/persistence/notifications/mailed-addresses.ts";
import { log } from "#shared/runtime/log.ts";
import { queue } from "../triggers/queue.ts";

/** What the rule lets through of a bounce: `address` is the mark of the address, never the address itself. */
const Bounce = z.object({ address: z.string().regex(/^[0-9a-f]{32}$/) });

/** Notes an address whose mail came back for good, so that it is mailed no more. */
export const handler = queue({
  from: "BOUNCE_QUEUE",
  message: Bounce,
  async consume({ address }) {
    await recordBounce(address, new Date().toISOString());
    log.info("bounce noted");
  },
});
