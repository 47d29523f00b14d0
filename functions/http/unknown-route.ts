import { Fault } from "#shared/domain/fault.ts";
import { problemReply } from "./problem.ts";
import { toGatewayResponse } from "./reply.ts";
import { docsUrlOf, languageOf } from "./request.ts";
import type { Operation } from "./route.ts";

/** What is answered where no route has the path and the method. */
export const unknownRoute: Pick<Operation, "respond"> = {
  respond: async (event) =>
    toGatewayResponse(
      problemReply(new Fault("unknown-route"), { language: languageOf(event), docs: docsUrlOf(event) }),
    ),
};
