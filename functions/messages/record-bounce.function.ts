import * as z from "zod";
import { log } from "#shared/runtime/log.ts";
import { queue } from "../triggers/queue.ts";
import { recordBounce } from "./mailed-addresses.store.ts";

/** The message that the EventBridge rule makes of a bounce. `addressDigest` is the digest of the address as it is written, never the address itself. */
const Bounce = z.object({ addressDigest: z.string().regex(/^[0-9a-f]{32}$/) });

/** Records an address whose mail was rejected permanently, so that no further mail is sent to this spelling of it. */
export const handler = queue({
  from: "BOUNCE_QUEUE",
  message: Bounce,
  async consume({ addressDigest }) {
    await recordBounce(addressDigest, new Date().toISOString());
    log.info("bounce recorded");
  },
});
