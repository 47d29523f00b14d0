import { createHash, timingSafeEqual } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { Fault } from "#shared/domain/fault.ts";
import { readEdgeKeys } from "#shared/persistence/secrets.ts";
import { edgeHeaders } from "#shared/runtime/environment.ts";
import { problemReply } from "./problem.ts";
import { toGatewayResponse } from "./reply.ts";
import { docsUrlOf, header, languageOf } from "./request.ts";

/** What is answered to a request that the edge did not pass on; undefined where it did. */
export async function refuseAroundEdge(event: APIGatewayProxyEventV2) {
  try {
    const sent = header(event, edgeHeaders.key) ?? "";
    if (!isCurrentKey(sent, await readEdgeKeys(Date.now()))) throw new Fault("not-through-the-edge");
    return undefined;
  } catch (error) {
    return toGatewayResponse(problemReply(error, { language: languageOf(event), docs: docsUrlOf(event) }));
  }
}

/** Every key is compared, and in full: how long it takes tells nothing of any of them. */
function isCurrentKey(sent: string, keys: string[]): boolean {
  const given = digest(sent);
  return keys.filter((key) => timingSafeEqual(digest(key), given)).length > 0;
}

const digest = (text: string) => createHash("sha256").update(text).digest();
