import { once } from "node:events";
import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Service } from "../cloudformation/resources.ts";
import type { Emitted } from "../event-bridge/event-bridge.ts";
import { callerOf, holderOfToken, type PermissionGate } from "../iam/gate.ts";
import { region, urlSuffix } from "../machine/aws-account.ts";
import { readBody, serveOnLoopback } from "../machine/http-server.ts";
import { listenOn } from "../machine/ports.ts";
import { answerCors, type Bucket, makeBucket, type Objects, objectArn, replicate, s3Permissions } from "./bucket.ts";
import {
  denied,
  type Form,
  type Refusal,
  readForm,
  refusalOfForm,
  refusalOfPresigned,
  sendRefusal,
  tooLarge,
} from "./signed-requests.ts";

type Forwarding = {
  request: IncomingMessage;
  response: ServerResponse;
  /** The address of the engine, `http://127.0.0.1:…`. */
  endpoint: string;
  path: string;
  /** Headers that replace the engine's own in a successful answer. */
  overrides?: Record<string, string>;
  /** Called after a successful change, before the caller gets the answer. */
  afterSuccess?: () => Promise<void>;
};

/**
 * Forwards a request to the engine, and returns the engine's answer. The headers with the page's origin and the caller's
 * role are removed: the engine would refuse pages of other machines, and both were checked before.
 */
async function forward({ request, response, endpoint, path, overrides = {}, afterSuccess }: Forwarding): Promise<void> {
  const { origin: _, "x-amz-security-token": __, ...headers } = request.headers;
  const forwarded = httpRequest(`${endpoint}${path}`, { method: request.method, headers });
  const [[answer]] = await Promise.all([
    once(forwarded, "response") as Promise<[IncomingMessage]>,
    pipeline(request, forwarded),
  ]);
  const status = answer.statusCode ?? 502;
  if (status < 300) await afterSuccess?.();
  response.writeHead(status, { ...answer.headers, ...(status < 300 && overrides) });
  await pipeline(answer, response);
}

/** An object that has just been stored: the fields of S3's event. */
export type Created = { bucket: string; key: string; size: number; etag: string; reason: string };

export type S3 = Service & {
  endpoint: string;
  /**
   * Adds a listener for objects stored in buckets that notify EventBridge. The caller gets its answer after all listeners.
   */
  onCreated(listener: (created: Created) => Promise<void>): void;
  localized(text: string): string;
};

type Options = {
  port: number;
  engine: { endpoint: string; objects: Objects };
  /** The key with which links and forms are signed. */
  secretAccessKey: string;
  now: () => number;
  gate?: PermissionGate | undefined;
};
type S3Context = Options["engine"] &
  Pick<Options, "now" | "secretAccessKey" | "gate"> & {
    buckets: Map<string, Bucket>;
    created(bucket: string, stored: { key: string; reason: string }): Promise<void>;
  };
type Call = { request: IncomingMessage; response: ServerResponse; url: URL; bucket: string; key: string };

/**
 * Serves S3 on 127.0.0.1, path style, in front of fauxqs, which stores the objects. fauxqs itself checks no policies,
 * signatures or copy conditions, and sends no events about stored objects.
 */
export async function startS3({ port, engine, secretAccessKey, now, gate }: Options): Promise<S3> {
  const listeners: ((created: Created) => Promise<void>)[] = [];
  const buckets = new Map<string, Bucket>();
  const context: S3Context = {
    ...engine,
    secretAccessKey,
    now,
    gate,
    buckets,
    async created(bucket, { key, reason }) {
      replicate({ bucket, key, change: "stored" }, context);
      if (!buckets.get(bucket)?.NotificationConfiguration?.EventBridgeConfiguration?.EventBridgeEnabled) return;
      const { contentLength: size, etag } = engine.objects.headObject(bucket, key);
      const created = { bucket, key, size, etag: etag.replaceAll('"', ""), reason };
      await Promise.all(listeners.map((listener) => listener(created)));
    },
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) =>
    respond(context, callOf(request, response));
  const { url: endpoint, stop } = await listenOn(port, () => serveOnLoopback({ port, pages: "any", answer }));
  const awsUrl = new RegExp(`https://([a-z0-9.-]+)\\.s3\\.${region}\\.${urlSuffix.replaceAll(".", "\\.")}`, "g");
  return {
    endpoint,
    environment: { AWS_ENDPOINT_URL_S3: endpoint },
    onCreated: (listener) => void listeners.push(listener),
    localized: (text) => text.replace(awsUrl, `${endpoint}/$1`),
    creators: { "AWS::S3::Bucket": (declared) => makeBucket({ declared, objects: engine.objects, endpoint, buckets }) },
    stop,
  };
}

function callOf(request: IncomingMessage, response: ServerResponse): Call {
  const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
  const [, bucket = "", ...key] = url.pathname.split("/").map(decodeURIComponent);
  return { request, response, url, bucket, key: key.join("/") };
}

async function respond(context: S3Context, call: Call): Promise<void> {
  const { request, response, url } = call;
  if (answerCors(call, context.buckets.get(call.bucket)?.CorsConfiguration?.CorsRules ?? [])) return;
  if (request.method === "POST" && request.headers["content-type"]?.startsWith("multipart/form-data"))
    return takeForm(context, call);
  if (url.searchParams.has("X-Amz-Signature")) return servePresigned(context, call);
  if (!request.headers.authorization) return sendRefusal(response, denied("Access Denied"));
  return forwardCall(context, call);
}

const longestForm = 16 * 1_024 * 1_024;

async function takeForm(context: S3Context, { request, response, bucket }: Call): Promise<void> {
  const body = await readBody({ request, limit: longestForm });
  if (!body) return sendRefusal(response, tooLarge({ size: longestForm, max: longestForm }));
  const form = await readForm(body, request.headers["content-type"] ?? "");
  const { secretAccessKey } = context;
  const refusal = form ? refusalOfForm({ form, bucket, now: context.now(), secretAccessKey }) : malformed;
  if (!form || refusal) return sendRefusal(response, refusal ?? malformed);
  const signer = holderOfToken(form.fields.get("x-amz-security-token"));
  const resource = objectArn(bucket, form.fields.get("key") ?? "");
  const notAllowed = signer && context.gate?.refusal(signer, { action: "s3:PutObject", resource });
  if (notAllowed) return sendRefusal(response, denied(notAllowed));
  await store(context, { form, bucket });
  const status = form.fields.get("success_action_status");
  response.writeHead(status === "200" || status === "201" ? Number(status) : 204).end();
}

const malformed: Refusal = {
  status: 400,
  code: "MalformedPOSTRequest",
  message: "The body of your POST request is not well-formed multipart/form-data.",
};

async function store(
  context: S3Context,
  { form: { fields, file }, bucket }: { form: Form; bucket: string },
): Promise<void> {
  const key = fields.get("key") ?? "";
  context.objects.putObject(bucket, key, file, fields.get("content-type") ?? "binary/octet-stream");
  await context.created(bucket, { key, reason: "POST Object" });
}

async function servePresigned(context: S3Context, call: Call): Promise<void> {
  const { request, response, url } = call;
  const { method = "GET", headers } = request;
  const { secretAccessKey } = context;
  const refusal = refusalOfPresigned({ method, url, headers, now: context.now(), secretAccessKey });
  if (refusal) return sendRefusal(response, refusal);
  const signer = holderOfToken(url.searchParams.get("X-Amz-Security-Token"));
  const notAllowed = signer && context.gate?.refusal(signer, ...s3Permissions(call));
  if (notAllowed) return sendRefusal(response, denied(notAllowed));
  const wishes = [...url.searchParams].filter(([name]) => name.startsWith("response-"));
  const overrides = Object.fromEntries(wishes.map(([name, value]) => [name.slice("response-".length), value]));
  await forward({ request, response, endpoint: context.endpoint, path: url.pathname, overrides });
}

/** Handles a request with an Authorization header, as functions send it. Its signature is not checked. */
async function forwardCall(context: S3Context, call: Call): Promise<void> {
  const { request, response, key } = call;
  const caller = callerOf(request.headers);
  const notAllowed = caller && context.gate?.refusal(caller, ...s3Permissions(call));
  if (notAllowed) return sendRefusal(response, denied(notAllowed));
  const source = request.headers["x-amz-copy-source"];
  const wanted = request.headers["x-amz-copy-source-if-match"];
  if (source && wanted && etagOf(context.objects, String(source)) !== withoutQuotes(String(wanted)))
    return sendRefusal(response, preconditionFailed);
  if (request.method === "PUT" && request.headers["if-none-match"] === "*") return putOnce(context, call);
  const afterSuccess = async () => {
    if (key !== "") await afterChange(context, call);
  };
  await forward({ request, response, endpoint: context.endpoint, path: request.url ?? "/", afterSuccess });
}

/** Replication and events, which S3 does by itself after a change. */
async function afterChange(
  context: S3Context,
  { request: { method, headers }, url, bucket, key }: Call,
): Promise<void> {
  // S3 does not replicate the deletion of a version.
  if (method === "DELETE" && !url.searchParams.has("versionId")) replicate({ bucket, key, change: "deleted" }, context);
  const reason = headers["x-amz-copy-source"] ? "CopyObject" : "PutObject";
  if (method === "PUT") await context.created(bucket, { key, reason });
}

/** Running uploads with `If-None-Match: *`, by object. A second upload of the same object waits for the first one. */
const runningPuts = new Map<string, Promise<unknown>>();

async function putOnce(context: S3Context, { request, response, bucket, key }: Call): Promise<void> {
  const place = `${bucket}/${key}`;
  while (runningPuts.has(place)) await runningPuts.get(place)?.catch(() => undefined);
  if (etagOf(context.objects, place)) return sendRefusal(response, preconditionFailed);
  const afterSuccess = () => context.created(bucket, { key, reason: "PutObject" });
  const putting = forward({ request, response, endpoint: context.endpoint, path: request.url ?? "/", afterSuccess });
  runningPuts.set(place, putting);
  await putting.finally(() => runningPuts.delete(place));
}

const preconditionFailed: Refusal = {
  status: 412,
  code: "PreconditionFailed",
  message: "At least one of the pre-conditions you specified did not hold",
};

const withoutQuotes = (etag: string) => etag.replaceAll('"', "");

function etagOf(objects: Objects, source: string): string | undefined {
  const [bucket = "", ...key] = decodeURIComponent(source).replace(/^\//, "").split("/");
  try {
    return withoutQuotes(objects.headObject(bucket, key.join("/")).etag);
  } catch {
    return undefined;
  }
}

/** Returns S3's event about a stored object. */
export function objectCreated({ bucket, key, size, etag, reason }: Created): Emitted {
  return {
    source: "aws.s3",
    detailType: "Object Created",
    resources: [`arn:aws:s3:::${bucket}`],
    detail: { version: "0", bucket: { name: bucket }, object: { key, size, etag }, reason },
  };
}
