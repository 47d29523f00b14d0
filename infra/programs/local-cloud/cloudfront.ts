import { request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import * as z from "zod";
import { named, type Service } from "./cloudformation/resources.ts";
import { type Listening, serveOnLoopback } from "./machine/http-server.ts";

const Distribution = z.object({
  DistributionConfig: z.object({
    Aliases: z.array(z.string()).default([]),
    Origins: z.array(
      z.object({
        OriginCustomHeaders: z.array(z.object({ HeaderName: z.string(), HeaderValue: z.string() })).default([]),
      }),
    ),
  }),
});

/** `adds`: headers that the edge adds to each request; `aliases`: its host names in AWS. */
type EdgeDefinition = { adds: Record<string, string>; aliases: string[] };

type Cloudfront = Service & {
  /** The distribution of the templates, once all resources have been created; undefined if there is none. */
  definition(): EdgeDefinition | undefined;
};

/** Creates the CloudFront service. It keeps the headers that the distribution adds. It has no cache and no firewall here. */
export function createCloudfront(): Cloudfront {
  let edge: EdgeDefinition | undefined;
  return {
    creators: {
      "AWS::CloudFront::CachePolicy": named,
      "AWS::WAFv2::WebACL": named,
      "AWS::CloudFront::Distribution": (declared) => {
        const { Aliases, Origins } = Distribution.parse(declared.properties).DistributionConfig;
        const headers = Origins.flatMap(({ OriginCustomHeaders }) => OriginCustomHeaders);
        const adds = headers.map(({ HeaderName, HeaderValue }) => [HeaderName.toLowerCase(), HeaderValue]);
        edge = { adds: Object.fromEntries(adds), aliases: Aliases };
        const made = named(declared);
        return { ...made, attributes: { ...made.attributes, DomainName: `${made.ref}.cloudfront.net`.toLowerCase() } };
      },
    },
    definition: () => edge,
  };
}

type EdgeOptions = { port: number; definition: EdgeDefinition; gateway: string };

/**
 * Serves the edge on 127.0.0.1. It forwards each request to the gateway, with the distribution's headers in place of the
 * caller's.
 */
export function serveEdge({ port, definition, gateway }: EdgeOptions): Promise<Listening> {
  return serveOnLoopback({
    port,
    pages: "any",
    answer: (request, response) =>
      forwardRequest({ request, response, gateway, adds: addedHeaders(request, definition) }),
  });
}

/** Returns the headers to add. A value that is a host name of the edge in AWS is replaced by the local host. */
function addedHeaders({ headers: { host = "" } }: IncomingMessage, { adds, aliases }: EdgeDefinition) {
  const localized = Object.entries(adds).map(([name, value]) => [name, aliases.includes(value) ? host : value]);
  return Object.fromEntries(localized);
}

type ForwardedRequest = {
  request: IncomingMessage;
  response: ServerResponse;
  gateway: string;
  adds: Record<string, string>;
};

function forwardRequest({ request, response, gateway, adds }: ForwardedRequest): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const { host } = new URL(gateway);
  const options = { method: request.method, headers: headersFor({ request, host, adds }) };
  const passed = ask(`${gateway}${request.url}`, options, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(response).once("error", reject);
    answer.once("end", resolve);
  });
  passed.once("error", reject);
  request.pipe(passed);
  return promise;
}

/** The caller's headers in their order, with repetitions, except headers that the edge replaces. */
function headersFor({ request, host, adds }: { request: IncomingMessage; host: string; adds: Record<string, string> }) {
  const own = { ...adds, host };
  const kept = Array.from({ length: request.rawHeaders.length / 2 }, (_, n) =>
    request.rawHeaders.slice(2 * n, 2 * n + 2),
  ).filter(([name = ""]) => !(name.toLowerCase() in own));
  return [...kept, ...Object.entries(own)].flat();
}
