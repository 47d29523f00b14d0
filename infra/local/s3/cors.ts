import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { isLocalPage } from "../machine/guard.ts";
import { denied, sendRefusal } from "./refusal.ts";

export const CorsConfiguration = z.object({
  CorsRules: z.array(
    z.object({
      AllowedOrigins: z.array(z.string()),
      AllowedMethods: z.array(z.string()),
      AllowedHeaders: z.array(z.string()).default([]),
    }),
  ),
});
type CorsRules = z.infer<typeof CorsConfiguration>["CorsRules"];

type Call = { request: IncomingMessage; response: ServerResponse };

/**
 * Sets the CORS headers that the bucket's rules grant to the page that asks,
 * and answers a preflight. Returns whether it has answered.
 */
export function answerCors({ request, response }: Call, rules: CorsRules): boolean {
  const { origin = "" } = request.headers;
  const isPreflight = request.method === "OPTIONS";
  const method = isPreflight ? request.headers["access-control-request-method"] : request.method;
  const rule = rules.find(
    ({ AllowedOrigins, AllowedMethods }) =>
      (isLocalPage(origin) || AllowedOrigins.includes(origin) || AllowedOrigins.includes("*")) &&
      AllowedMethods.includes(method ?? ""),
  );
  if (origin && rule) response.setHeader("access-control-allow-origin", origin).setHeader("vary", "Origin");
  if (!isPreflight) return false;
  if (!origin || !rule) sendRefusal(response, denied("CORSResponse: This CORS request is not allowed."));
  else {
    response.setHeader("access-control-allow-methods", rule.AllowedMethods.join(", "));
    response.setHeader("access-control-allow-headers", rule.AllowedHeaders.join(", "));
    response.writeHead(200).end();
  }
  return true;
}
