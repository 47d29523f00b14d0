import * as z from "zod";
import { Instant } from "../time/calendar.ts";
import { CleanType } from "./format.ts";

/**
 * A link to the file. It is valid until `expiresAt`, one minute from now, and needs no header. The API does not redirect to the
 * file: a page in a browser cannot follow the redirect, and it would send the citizen's secret to the host of the files.
 */
export const Download = z
  .object({
    url: z.url(),
    expiresAt: Instant,
    /** The file's own name, which only the citizen gets. */
    fileName: z.string().optional(),
    contentType: CleanType,
    size: z.int(),
  })
  .meta({ id: "Download" });
