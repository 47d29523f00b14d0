import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import * as z from "zod";
import { fingerprint } from "#shared/digest.ts";
import type { FaultCode, Quota } from "#shared/fault.ts";
import type { Caller, Principal, PrincipalOf } from "#shared/people/principal.ts";
import type { IdempotencyKey } from "#shared/storage/commands.ts";
import type { Language } from "#shared/vocabulary.ts";
import { problemReply } from "./problem.ts";
import { notModifiedIfCurrent, type Reply, toGatewayResponse } from "./reply.ts";
import {
  type AnswerForm,
  answerFormOf,
  type BodyForm,
  bodyText,
  type ContentCoding,
  canonicalJson,
  contentCodingOf,
  docsUrlOf,
  header,
  languageOf,
  type OtherForm,
  parseForm,
  parseJson,
  parseOrRefuse,
  readIdempotencyKey,
  readIfMatch,
  readQuery,
} from "./request.ts";

const Nothing = z.object({});
const NoQuery = z.strictObject({});

/** The contract of an operation. Its schemas parse the requests, and the API documents are generated from them. */
type Contract<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  caller: Caller;
  /** The request proves itself by the secret of the complaint too, beside the token of its caller. */
  secret?: true;
  summary: { en: string; fa: string };
  path?: P;
  /** Without a schema, every query parameter is refused, unless `takesAnyQuery`. */
  query?: Q;
  /** All query parameters are ignored, and `query` is not read: people share these addresses, and the programs they use add parameters. */
  takesAnyQuery?: true;
  body?: B;
  /** The encoding of the body; JSON by default. */
  bodyForm?: BodyForm;
  /**
   * The answer is JSON, unless `contentType` names another type. `alsoAs`: a second form for callers that prefer it. `cached`:
   * the answer is the same for every caller and has an entity tag, so that a caller can ask whether it has changed.
   * `alsoAnswers`: what is answered where the request is taken and more has to come.
   */
  answer: {
    status: 200 | 201;
    schema: z.ZodType;
    contentType?: string;
    alsoAs?: OtherForm;
    cached?: true;
    alsoAnswers?: { status: 202; schema: z.ZodType };
  };
  /** The rate limit that counts these requests. The answers carry the remaining quota. */
  quota?: Quota["name"];
  /** The refusals of this route. Those that every route has are not listed. */
  problems?: readonly FaultCode[];
};

type Request<C extends Caller, P, Q, B> = {
  principal: PrincipalOf<C>;
  path: P;
  query: Q;
  body: B;
  now: string;
  /** The body as sent, in canonical JSON (`canonicalJson`). */
  canonicalBody: string;
  sentIdempotencyKey: string | undefined;
  /** The digests that recognize a repeated request; undefined if no key was sent. */
  idempotencyKey: IdempotencyKey | undefined;
  ifMatch: string[] | undefined;
  /** The language that the caller prefers. */
  language: Language;
  coding: ContentCoding;
  /** The form of the answer that the caller prefers. */
  answerForm: AnswerForm;
};

/**
 * Returns the caller of a request from the gateway's event; undefined on public routes. Throws if the caller cannot prove
 * who it is.
 */
export type Authenticate = (
  event: APIGatewayProxyEventV2,
  now: string,
) => Promise<Principal | undefined> | Principal | undefined;
export type Operation = {
  contract: Contract<z.ZodType, z.ZodType, z.ZodType>;
  respond: (event: APIGatewayProxyEventV2, authenticate: Authenticate) => Promise<APIGatewayProxyStructuredResultV2>;
};

/**
 * The pipeline of every operation: it authenticates the caller, parses the request, calls `run`, and turns errors into
 * problems.
 */
export function route<
  C extends Caller,
  P extends z.ZodType = typeof Nothing,
  Q extends z.ZodType = typeof Nothing,
  B extends z.ZodType = typeof Nothing,
>({
  run,
  ...contract
}: Contract<P, Q, B> & {
  caller: C;
  run: (request: Request<C, z.output<P>, z.output<Q>, z.output<B>>) => Promise<Reply>;
}): Operation {
  return {
    contract,
    async respond(event, authenticate) {
      const language = languageOf(event);
      const now = new Date().toISOString();
      try {
        const text = contract.body ? bodyText(event, contract.bodyForm ?? "json") : "";
        const principal = (await authenticate(event, now)) as PrincipalOf<C>;
        const { canonicalBody, ...parsed } = await parse(contract, { event, text });
        const reply = await run({
          principal,
          canonicalBody,
          ...parsed,
          language,
          now,
          ...requestContext(event, { principal, canonicalBody, contract }),
        });
        return toGatewayResponse(notModifiedIfCurrent(reply, header(event, "if-none-match")));
      } catch (error) {
        return toGatewayResponse(problemReply(error, { language, docs: docsUrlOf(event) }));
      }
    },
  };
}

async function parse<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  { path, query, takesAnyQuery, body, bodyForm }: Contract<P, Q, B>,
  { event, text }: { event: APIGatewayProxyEventV2; text: string },
) {
  const target = {
    path: parseOrRefuse(path ?? Nothing, event.pathParameters ?? {}) as z.output<P>,
    query: (takesAnyQuery ? {} : readQuery(query ?? NoQuery, event)) as z.output<Q>,
  };
  const sentBody = body ? await (bodyForm === "form" ? parseForm(event, text) : parseJson(text)) : {};
  const parsedBody = parseOrRefuse(body ?? Nothing, sentBody) as z.output<B>;
  // This comes after the check by the schema: a body nested too deeply would make `canonicalJson` fail.
  return { ...target, body: parsedBody, canonicalBody: canonicalJson(sentBody) };
}

type RequestParts = {
  principal: Principal | undefined;
  canonicalBody: string;
  contract: { answer: { alsoAs?: OtherForm }; problems?: readonly FaultCode[] };
};

/** The parts of a request that stand in its headers: idempotency key, expected version, accepted compression and form. */
function requestContext(
  event: APIGatewayProxyEventV2,
  { principal, canonicalBody, contract: { answer, problems } }: RequestParts,
) {
  const key = event.requestContext.http.method === "POST" ? readIdempotencyKey(event) : undefined;
  return {
    sentIdempotencyKey: key,
    idempotencyKey: key ? idempotencyKeyOf(event, { key, principal, canonicalBody }) : undefined,
    // Only routes with the problem `version-outdated` read the header. Other routes ignore it.
    ifMatch: problems?.includes("version-outdated") ? readIfMatch(event) : undefined,
    coding: contentCodingOf(event),
    answerForm: answerFormOf(event, answer.alsoAs),
  };
}

/**
 * The digests of an idempotency key. `keyMac` includes the sender, so that two senders may use the same key. `bodyMac` includes
 * route, visit, notice or promise, and body: the same key with another of them is refused as reused. The complaint's id is not included, because
 * the key is stored under the complaint.
 */
function idempotencyKeyOf(
  { routeKey, pathParameters }: APIGatewayProxyEventV2,
  { key, principal, canonicalBody }: { key: string; principal: Principal | undefined; canonicalBody: string },
): IdempotencyKey {
  return {
    keyMac: fingerprint(idempotencySender(principal), key),
    bodyMac: fingerprint(
      routeKey,
      pathParameters?.visitId ?? pathParameters?.noticeId ?? pathParameters?.n ?? "",
      canonicalBody,
    ),
  };
}

function idempotencySender(principal: Principal | undefined): string {
  if (!principal || principal.caller === "citizen" || principal.caller === "employee") return "citizen";
  return ("person" in principal && principal.person) || principal.clientId;
}
