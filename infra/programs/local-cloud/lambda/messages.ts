import * as z from "zod";
import type { ClockReading } from "../clock/clock.ts";

/** Messages from the host to a container, with what the virtual clock shows. */
export type ToContainer =
  | { kind: "shift"; clock: ClockReading }
  | {
      kind: "invoke";
      clock: ClockReading;
      requestId: string;
      functionArn: string;
      /** After how much real time the invocation times out. */
      timeoutMs: number;
      event: unknown;
    };

const FunctionError = z.object({ errorType: z.string(), errorMessage: z.string(), trace: z.array(z.string()) });

/** Messages from a container to the host. */
export const ToHost = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("result"), value: z.unknown().optional() }),
  z.object({ kind: z.literal("error"), error: FunctionError }),
]);
export type ToHost = z.infer<typeof ToHost>;
