import { createHash, randomInt, randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { type CreatedResource, type DeclaredResource, physicalName, type Service } from "./cloudformation/resources.ts";
import { callerOf, type PermissionGate } from "./iam/gate.ts";
import { accessKeyId, arnOf, isSigned, secretAccessKeyIn } from "./machine/aws-account.ts";
import { readBody, sendJson, serveOnLoopback } from "./machine/http-server.ts";
import { listenOn } from "./machine/ports.ts";
import type { StateFolder } from "./machine/state-folder.ts";

const Authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/((\d{8})\/[^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/;

type SignedCall = { headers: IncomingHttpHeaders; body: string; secretAccessKey: string };

/**
 * Returns why the signature of a call is refused; undefined if it is valid. The age of the signature is not checked:
 * functions sign with the local cloud's clock, operator programs with the machine's clock.
 */
function refusalOfCall({ headers, body, secretAccessKey }: SignedCall) {
  if (!headers.authorization)
    return signatureRefusal("MissingAuthenticationTokenException", "Missing Authentication Token");
  const [, accessKey, scope, date, names, signature] = Authorization.exec(headers.authorization) ?? [];
  if (!accessKey || !scope || !date || !names || !signature)
    return signatureRefusal(
      "IncompleteSignatureException",
      "Authorization header is not in the form of AWS4-HMAC-SHA256.",
    );
  if (accessKey !== accessKeyId)
    return signatureRefusal("UnrecognizedClientException", "The security token included in the request is invalid.");
  const signed = names.split(";").map((name) => `${name}:${canonicalValue(headers[name])}`);
  const canonical = ["POST", "/", "", ...signed, "", names, digest(body)].join("\n");
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, digest(canonical)].join("\n");
  if (isSigned({ text, signature, secretAccessKey, date, service: "secretsmanager" })) return undefined;
  return signatureRefusal(
    "InvalidSignatureException",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
  );
}

function signatureRefusal(type: string, message: string) {
  return { status: 403, body: { __type: type, message } };
}

function canonicalValue(value: string | string[] | undefined): string {
  return String(value ?? "")
    .trim()
    .replace(/\s+/g, " ");
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

const file = "secrets.json";

const Secret = z.object({
  arn: z.string(),
  name: z.string(),
  value: z.string(),
  versionId: z.string(),
  createdAt: z.number(),
});
type Secret = z.infer<typeof Secret>;
const Stored = z.record(z.string(), Secret);

const Properties = z.object({
  Name: z.string().optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: z
    .object({
      PasswordLength: z.number().default(32),
      ExcludeCharacters: z.string().default(""),
      ExcludePunctuation: z.boolean().default(false),
      ExcludeNumbers: z.boolean().default(false),
      ExcludeLowercase: z.boolean().default(false),
      ExcludeUppercase: z.boolean().default(false),
      SecretStringTemplate: z.string().optional(),
      GenerateStringKey: z.string().optional(),
    })
    .optional(),
});
type Properties = z.infer<typeof Properties>;

const Request = z.object({
  SecretId: z.string(),
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
});

const NewValue = z.object({ SecretId: z.string(), SecretString: z.string() });

type SecretsManager = Service & {
  /** Returns a secret's value by its name or ARN. Throws if there is no such secret. */
  secret(id: string): string;
  /** Replaces a secret's value, as an operator does. */
  replace(id: string, value: string): void;
};

type Options = { state: StateFolder; port: number; gate?: PermissionGate };

/**
 * Serves GetSecretValue and PutSecretValue to callers that sign with the local cloud's access key. A secret is generated
 * once and kept in the state folder, where only the folder's owner may read it.
 */
export async function startSecretsManager({ state, port, gate }: Options): Promise<SecretsManager> {
  const secrets = new Map(Object.entries(state.read(file, Stored) ?? {}));
  const secretAccessKey = secretAccessKeyIn(state);
  const keep = () => state.write(file, Object.fromEntries(secrets));
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const body = (await readBody({ request, limit: 65_536 }))?.toString() ?? "";
    const forged = refusalOfCall({ headers: request.headers, body, secretAccessKey });
    const call = { secrets, target: request.headers["x-amz-target"], body, keep };
    const reply = forged ?? refusedBy(gate, call, request.headers) ?? answer(call);
    sendJson(response, { ...reply, headers: { "content-type": "application/x-amz-json-1.1" } });
  };
  const server = await listenOn(port, () => serveOnLoopback({ port, answer: respond }));
  return {
    environment: { AWS_ENDPOINT_URL_SECRETS_MANAGER: server.url },
    creators: {
      "AWS::SecretsManager::Secret": (declared) => {
        const made = makeSecret(secrets, declared);
        keep();
        return made;
      },
    },
    secret(id) {
      const secret = secretIn(secrets, id);
      if (!secret) throw new Error(`There is no secret ${id}.`);
      return secret.value;
    },
    replace(id, value) {
      Object.assign(secretIn(secrets, id) ?? {}, { value });
      keep();
    },
    stop: server.stop,
  };
}

function makeSecret(secrets: Map<string, Secret>, declared: DeclaredResource): CreatedResource {
  const properties = Properties.parse(declared.properties);
  const name = properties.Name ?? physicalName({ ...declared, longest: 200 });
  const arn = arnOf({ service: "secretsmanager", resource: `secret:${name}-LOCAL0` });
  if (!secrets.has(name))
    secrets.set(name, { arn, name, value: secretValue(properties), versionId: randomUUID(), createdAt: Date.now() });
  return { ref: arn, attributes: { Id: arn } };
}

function secretValue({ SecretString, GenerateSecretString }: Properties): string {
  if (SecretString !== undefined) return SecretString;
  if (!GenerateSecretString) return "";
  const { SecretStringTemplate, GenerateStringKey } = GenerateSecretString;
  const value = generate(GenerateSecretString);
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return value;
  return JSON.stringify({ ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: value });
}

function generate(generation: NonNullable<Properties["GenerateSecretString"]>): string {
  const alphabet = [
    generation.ExcludeLowercase ? "" : "abcdefghijklmnopqrstuvwxyz",
    generation.ExcludeUppercase ? "" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    generation.ExcludeNumbers ? "" : "0123456789",
    generation.ExcludePunctuation ? "" : "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
  ].join("");
  const allowed = [...alphabet].filter((symbol) => !generation.ExcludeCharacters.includes(symbol));
  return Array.from({ length: generation.PasswordLength }, () => allowed[randomInt(allowed.length)]).join("");
}

function refusedBy(gate: PermissionGate | undefined, { secrets, target, body }: Call, headers: IncomingHttpHeaders) {
  const caller = callerOf(headers);
  if (!caller) return undefined;
  const { SecretId } = Request.parse(JSON.parse(body));
  const resource = secrets.get(SecretId)?.arn ?? SecretId;
  const message = gate?.refusal(caller, { action: String(target).replace(".", ":"), resource });
  return message === undefined ? undefined : refusal("AccessDeniedException", message);
}

type Call = { secrets: Map<string, Secret>; target: string | string[] | undefined; body: string; keep: () => void };
type Reply = { status: number; body: unknown };

const operations: Record<string, (call: Call) => Reply> = {
  "secretsmanager.GetSecretValue": getValue,
  "secretsmanager.PutSecretValue": putValue,
};

function answer(call: Call): Reply {
  const operation = operations[String(call.target)];
  if (operation) return operation(call);
  return refusal("InvalidRequestException", "The local cloud answers GetSecretValue and PutSecretValue alone.");
}

const notFound = () => refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

const secretIn = (secrets: Call["secrets"], id: string) =>
  [...secrets.values()].find(({ arn, name }) => id === arn || id === name);

function getValue({ secrets, body }: Call): Reply {
  const { SecretId, VersionId, VersionStage = "AWSCURRENT" } = Request.parse(JSON.parse(body));
  const secret = secretIn(secrets, SecretId);
  const exists = secret && (VersionId ?? secret.versionId) === secret.versionId && VersionStage === "AWSCURRENT";
  if (!exists) return notFound();
  return {
    status: 200,
    body: { ...metadataOf(secret), SecretString: secret.value, CreatedDate: secret.createdAt / 1_000 },
  };
}

/** Replaces the value. Only the current version of a secret is kept here. */
function putValue({ secrets, body, keep }: Call): Reply {
  const { SecretId, SecretString } = NewValue.parse(JSON.parse(body));
  const secret = secretIn(secrets, SecretId);
  if (!secret) return notFound();
  Object.assign(secret, { value: SecretString, versionId: randomUUID(), createdAt: Date.now() });
  keep();
  return { status: 200, body: metadataOf(secret) };
}

const metadataOf = ({ arn, name, versionId }: Secret) => ({
  ARN: arn,
  Name: name,
  VersionId: versionId,
  VersionStages: ["AWSCURRENT"],
});

function refusal(type: string, message: string): { status: number; body: unknown } {
  return { status: 400, body: { __type: type, message } };
}
