import * as z from "zod";
import { log } from "../../shared/runtime/log.ts";
import { parkAddress } from "../../shared/store/parked-addresses.ts";
import { queue } from "./queue.ts";

/** What is left of a bounce on its way here: the mark of the address that no mail reaches. */
const Bounce = z.object({ address: z.string().regex(/^[0-9a-f]{32}$/) });

/** Parks an address whose mail came back for good. */
export const handler = queue({
  from: "BOUNCE_QUEUE",
  message: Bounce,
  async consume({ address }) {
    await parkAddress(address, new Date().toISOString());
    log.info("address parked");
  },
});
