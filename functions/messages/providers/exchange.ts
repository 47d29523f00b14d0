import { request as httpRequest, type IncomingMessage } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import { localTarget, publicLookup, refuseNonPublicTarget } from "#functions/deliveries/public-address.job.ts";

/**
 * What came of a request to a provider.
 * - `answer`: the whole answer was read.
 * - `not-sent`: the request surely did not reach the provider.
 * - `unknown`: the request may have reached the provider, but no whole answer came in time.
 */
export type Exchange = { kind: "answer"; status: number; text: string } | { kind: "not-sent" } | { kind: "unknown" };

type Request = { method: "GET" | "POST"; url: string; headers?: Record<string, string>; body?: string };

export type ProviderClient = { request(request: Request): Promise<Exchange>; close(): void };

/** A longer answer is no answer of a provider. */
const mostAnswerBytes = 262_144;
/** Connections to one provider. The sender sends so many messages at once. */
const mostConnections = 10;

/**
 * Opens a client for a provider. It connects to public https addresses only, follows no redirect, and ends a request after
 * `timeoutMs`, however slowly the answer comes. Nothing of a request, such as a key in its path, is in what it returns.
 * `stand` is set in the local cloud only: the address on this machine that stands in for every provider.
 */
export function openProviderClient({
  timeoutMs,
  stand,
}: {
  timeoutMs: number;
  stand: string | undefined;
}): ProviderClient {
  const agent = stand ? undefined : new Agent({ keepAlive: true, maxSockets: mostConnections });
  const lookup = publicLookup();
  return {
    request: ({ url, ...request }) =>
      new Promise((resolve) => {
        const target = targetOf(url, stand);
        if (!target) return resolve({ kind: "not-sent" });
        const connection = stand ? {} : { agent, lookup };
        exchange({ ...request, target, connection, timeoutMs, send: stand ? httpRequest : httpsRequest }, resolve);
      }),
    close: () => agent?.destroy(),
  };
}

/** Undefined if the address is not public. */
function targetOf(address: string, stand: string | undefined): URL | undefined {
  const url = new URL(address);
  if (stand) return Object.assign(localTarget(stand, { variable: "LOCAL_SMS", url }), { search: url.search });
  try {
    refuseNonPublicTarget(url);
    return url;
  } catch {
    return undefined;
  }
}

type Call = Omit<Request, "url"> & {
  target: URL;
  connection: object;
  timeoutMs: number;
  send: typeof httpRequest;
};

function exchange(
  { target, connection, timeoutMs, send, method, headers, body }: Call,
  resolve: (e: Exchange) => void,
) {
  let isConnected = false;
  const end = (result: Exchange) => {
    clearTimeout(timer);
    resolve(result);
    request.destroy();
  };
  const fail = () => end({ kind: isConnected ? "unknown" : "not-sent" });
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const request = send(target, { method, headers: { ...headers, ...length }, ...connection }, (answer) =>
    readAnswer(answer, end),
  );
  // One limit for the whole exchange: an answer that comes byte by byte must not hold the run.
  const timer = setTimeout(fail, timeoutMs);
  request.on("socket", (socket) => {
    const ready = "encrypted" in socket ? "secureConnect" : "connect";
    if (socket.connecting) socket.once(ready, () => (isConnected = true));
    else isConnected = true;
  });
  request.on("error", fail).on("upgrade", fail).on("close", fail).end(body);
}

function readAnswer(answer: IncomingMessage, end: (result: Exchange) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  answer.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > mostAnswerBytes) end({ kind: "unknown" });
  });
  answer.on("error", () => end({ kind: "unknown" }));
  answer.on("end", () =>
    end(
      answer.complete
        ? { kind: "answer", status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }
        : { kind: "unknown" },
    ),
  );
}
