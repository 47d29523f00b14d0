import * as z from "zod";

/** Messages from the host to a container. `offset`: the virtual clock's distance from real time, in ms. */
export type ToContainer =
  | { kind: "shift"; offset: number }
  | {
      kind: "invoke";
      offset: number;
      requestId: string;
      functionArn: string;
      /** The time when the invocation times out: epoch ms, in real time. */
      deadline: number;
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
