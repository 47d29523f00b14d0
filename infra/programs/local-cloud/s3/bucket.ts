import type { IncomingMessage, ServerResponse } from "node:http";
import type { BuildAppOptions } from "fauxqs";
import * as z from "zod";
import { type CreatedResource, type DeclaredResource, physicalName } from "../cloudformation/resources.ts";
import type { PermissionGate, PermissionRequest } from "../iam/gate.ts";
import { region, urlSuffix } from "../machine/aws-account.ts";
import { isLocalPage } from "../machine/http-server.ts";
import { denied, sendRefusal } from "./signed-requests.ts";

type Call = { request: IncomingMessage; url: URL; bucket: string; key: string };

const actions: Record<string, string> = {
  GET: "GetObject",
  HEAD: "GetObject",
  PUT: "PutObject",
  DELETE: "DeleteObject",
};

/**
 * Returns the permissions that a request needs. A request for a part of an object, such as its tags, gets an action that no
 * policy grants.
 */
export function s3Permissions({ request, url, bucket, key }: Call): PermissionRequest[] {
  const { method = "", headers } = request;
  const subresource = [...url.searchParams.keys()].find((name) => !/^(x-id|x-amz-.+|response-.+)$/i.test(name));
  const action = subresource ? `${method}?${subresource}` : (actions[method] ?? method);
  // A request for the bucket itself: to list it, or an action that no policy grants.
  if (key === "")
    return [
      {
        action: /^(GET|HEAD)$/.test(method) ? "s3:ListBucket" : `s3:${method}Bucket`,
        resource: objectArn(bucket),
        context: { "s3:prefix": given(url.searchParams.get("prefix") ?? undefined) },
      },
    ];
  const source = headers["x-amz-copy-source"];
  return [
    {
      action: `s3:${action}`,
      resource: objectArn(bucket, key),
      context: { "s3:if-none-match": given(headers["if-none-match"]) },
    },
    ...(source
      ? [{ action: "s3:GetObject", resource: objectArn(decodeURIComponent(String(source)).replace(/^\//, "")) }]
      : []),
  ];
}

export const objectArn = (...place: string[]) => `arn:aws:s3:::${place.join("/")}`;

const given = (header: string | undefined) => (header === undefined ? [] : [header]);

const CorsConfiguration = z.object({
  CorsRules: z.array(
    z.object({
      AllowedOrigins: z.array(z.string()),
      AllowedMethods: z.array(z.string()),
      AllowedHeaders: z.array(z.string()).default([]),
    }),
  ),
});
type CorsRules = z.infer<typeof CorsConfiguration>["CorsRules"];

type CorsCall = { request: IncomingMessage; response: ServerResponse };

/**
 * Sets the CORS headers that the bucket's rules allow for the requesting page. Returns true if it answered a preflight
 * request.
 */
export function answerCors({ request, response }: CorsCall, rules: CorsRules): boolean {
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

export type Objects = NonNullable<NonNullable<BuildAppOptions["stores"]>["s3Store"]>;

const ReplicationConfiguration = z.object({
  Role: z.string(),
  Rules: z.array(
    z.object({
      Filter: z.object({ Prefix: z.string() }),
      DeleteMarkerReplication: z.object({ Status: z.literal("Enabled") }),
      Destination: z.object({ Bucket: z.string() }),
    }),
  ),
});

const Bucket = z.object({
  BucketName: z.string().optional(),
  NotificationConfiguration: z
    .object({ EventBridgeConfiguration: z.object({ EventBridgeEnabled: z.boolean().default(true) }).optional() })
    .optional(),
  CorsConfiguration: CorsConfiguration.optional(),
  ReplicationConfiguration: ReplicationConfiguration.optional(),
});
export type Bucket = z.infer<typeof Bucket>;

type BucketMaking = { declared: DeclaredResource; objects: Objects; endpoint: string; buckets: Map<string, Bucket> };

export function makeBucket({ declared, objects, endpoint, buckets }: BucketMaking): CreatedResource {
  const bucket = Bucket.parse(declared.properties);
  const name = bucket.BucketName ?? physicalName({ ...declared, longest: 63 }).toLowerCase();
  if (!objects.hasBucket(name)) objects.createBucket(name);
  buckets.set(name, bucket);
  const domain = `${name}.s3.${region}.${urlSuffix}`;
  const Arn = `arn:aws:s3:::${name}`;
  const attributes = { Arn, DomainName: domain, RegionalDomainName: domain, WebsiteURL: `${endpoint}/${name}` };
  return { ref: name, attributes };
}

type ObjectChange = { bucket: string; key: string; change: "stored" | "deleted" };
type ReplicationContext = { objects: Objects; buckets: Map<string, Bucket>; gate?: PermissionGate | undefined };

/**
 * Repeats a change in the backup bucket, with the permissions of the replication role. S3 takes minutes, and keeps deleted
 * objects as versions. Here replication is immediate, and buckets have no versions.
 */
export function replicate({ bucket, key, change }: ObjectChange, { objects, buckets, gate }: ReplicationContext): void {
  const { Role: arn = "", Rules = [] } = buckets.get(bucket)?.ReplicationConfiguration ?? {};
  const rule = Rules.find(({ Filter }) => key.startsWith(Filter.Prefix));
  if (!rule) return;
  const to = rule.Destination.Bucket.replace(objectArn(), "");
  const resource = objectArn(to, key);
  const read = { action: "s3:GetObjectVersionForReplication", resource: objectArn(bucket, key) };
  const write = { action: "s3:ReplicateObject", resource };
  const requests = change === "stored" ? [read, write] : [{ action: "s3:ReplicateDelete", resource }];
  if (gate?.refusal({ arn }, ...requests)) return;
  if (change === "deleted") objects.deleteObject(to, key);
  else copy(objects, { bucket, key, to });
}

function copy(objects: Objects, { bucket, key, to }: Record<"bucket" | "key" | "to", string>): void {
  const { body, contentType, metadata } = objects.getObject(bucket, key);
  objects.putObject(to, key, body, contentType, metadata);
}
