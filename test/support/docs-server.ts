import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { aContext, anApiEvent } from "./api-event.ts";
import { publicFunction } from "./public-function.ts";

export type Docs = { origin: string; close(): Promise<void> };

/** The page over HTTP as its function answers; anything else is not found. */
export async function serveDocs(): Promise<Docs> {
  const handler = publicFunction();
  const server = createServer(async ({ url = "", headers }, response) => {
    const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
    if (pathname !== "/v1/docs") return response.writeHead(404).end();
    const accept = headers["accept-language"];
    const event = anApiEvent({ routeKey: "GET /v1/docs", headers: accept ? { "accept-language": accept } : {} });
    const answer = await handler({ ...event, queryStringParameters: Object.fromEntries(searchParams) }, aContext);
    return response
      .writeHead(Number(answer?.statusCode), { ...answer?.headers } as Record<string, string>)
      .end(answer?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
