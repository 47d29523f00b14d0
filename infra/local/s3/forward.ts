import { once } from "node:events";
import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";

type Forwarding = {
  request: IncomingMessage;
  response: ServerResponse;
  /** The address of the engine, `http://127.0.0.1:…`. */
  endpoint: string;
  path: string;
  /** Headers that replace the engine's own in a successful answer. */
  overrides?: Record<string, string>;
  /** What a change that went well brings about, before whoever asked for it is answered. */
  brings?: () => Promise<void>;
};

/**
 * Passes a request on to the engine, and the engine's answer back. The
 * engine answers no pages but this machine's, so it is not told which page asks, nor who: that was judged before.
 */
export async function forward({
  request,
  response,
  endpoint,
  path,
  overrides = {},
  brings,
}: Forwarding): Promise<void> {
  const { origin: _, "x-amz-security-token": __, ...headers } = request.headers;
  const passed = httpRequest(`${endpoint}${path}`, { method: request.method, headers });
  const [[answer]] = await Promise.all([
    once(passed, "response") as Promise<[IncomingMessage]>,
    pipeline(request, passed),
  ]);
  const status = answer.statusCode ?? 502;
  if (status < 300) await brings?.();
  response.writeHead(status, { ...answer.headers, ...(status < 300 && overrides) });
  await pipeline(answer, response);
}
