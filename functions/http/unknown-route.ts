import { Fault } from "#shared/fault.ts";
import { problemReply } from "./problem.ts";
import { toGatewayResponse } from "./reply.ts";
import { docsUrlOf, languageOf } from "./request.ts";
import type { Operation } from "./route.ts";

/** Answers requests whose path and method belong to no route. */
export const unknownRoute: Pick<Operation, "respond"> = {
  respond: async (event) =>
    toGatewayResponse(
      problemReply(new Fault("unknown-route"), { language: languageOf(event), docs: docsUrlOf(event) }),
    ),
};
