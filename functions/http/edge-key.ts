import { createHash, timingSafeEqual } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { Fault } from "#shared/fault.ts";
import { edgeHeaders } from "#shared/runtime/environment.ts";
import { readEdgeKeys } from "#shared/storage/secrets.ts";
import { problemReply } from "./problem.ts";
import { toGatewayResponse } from "./reply.ts";
import { docsUrlOf, header, languageOf } from "./request.ts";

/** The refusal of a request that did not come through the edge; undefined for a request that did. */
export async function refuseAroundEdge(event: APIGatewayProxyEventV2) {
  try {
    const sent = header(event, edgeHeaders.key) ?? "";
    if (!isCurrentKey(sent, await readEdgeKeys(Date.now()))) throw new Fault("direct-access-not-allowed");
    return undefined;
  } catch (error) {
    return toGatewayResponse(problemReply(error, { language: languageOf(event), docs: docsUrlOf(event) }));
  }
}

/** Compares all keys in full, so that the time of the comparison reveals nothing about a key. */
function isCurrentKey(sent: string, keys: string[]): boolean {
  const sentDigest = digest(sent);
  return keys.filter((key) => timingSafeEqual(digest(key), sentDigest)).length > 0;
}

const digest = (text: string) => createHash("sha256").update(text).digest();
