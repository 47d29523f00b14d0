import * as z from "zod";
import { Deadlines } from "../deadlines/explanation.ts";
import { Instant } from "../time/instant.ts";
import { CitizenView } from "./view.ts";

/** All that a citizen may know of a complaint: what was said, seen and done, and how its deadlines came about. */
export const ComplaintExport = z
  .object({ exportedAt: Instant, complaint: CitizenView, clocks: Deadlines.shape.clocks })
  .meta({ id: "ComplaintExport" });
export type ComplaintExport = z.infer<typeof ComplaintExport>;
