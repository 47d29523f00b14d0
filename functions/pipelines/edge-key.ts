import { createHash, timingSafeEqual } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { Fault } from "#shared/domain/fault.ts";
import { edgeHeaders } from "#shared/runtime/edge-names.ts";
import { readEdgeKeys } from "#shared/store/edge-keys.ts";
import { problemReply } from "./problem.ts";
import { rendered } from "./reply.ts";
import { docsOf, header, languageOf } from "./request.ts";

/** What is answered to a request that the edge did not pass on; undefined where it did. */
export async function refusalAroundEdge(event: APIGatewayProxyEventV2) {
  try {
    const sent = header(event, edgeHeaders.key) ?? "";
    if (!isHeld(sent, await readEdgeKeys(Date.now()))) throw new Fault("not-through-the-edge");
    return undefined;
  } catch (error) {
    return rendered(problemReply(error, { language: languageOf(event), docs: docsOf(event) }));
  }
}

/** Every key is compared, and in full: how long it takes tells nothing of any of them. */
function isHeld(sent: string, keys: string[]): boolean {
  const given = digest(sent);
  return keys.filter((key) => timingSafeEqual(digest(key), given)).length > 0;
}

const digest = (text: string) => createHash("sha256").update(text).digest();
