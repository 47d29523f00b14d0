import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import * as z from "zod";
import type { Caller, Principal, PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { fingerprint } from "#shared/domain/digest.ts";
import type { FaultCode, Quota } from "#shared/domain/fault.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import type { IdempotencyKey } from "#shared/persistence/complaints/moves.ts";
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

/** An operation as its callers know it. Requests are parsed by these schemas, and the documents are made from them. */
export type Contract<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  caller: Caller;
  summary: { en: string; fa: string };
  path?: P;
  /** Where this says nothing, every parameter is refused. */
  query?: Q;
  /** Parameters are passed over: people share the address, and what they share it with adds its own. */
  takesAnyQuery?: true;
  body?: B;
  /** How the body is written; as JSON where this says nothing. */
  bodyForm?: BodyForm;
  /**
   * Sent as JSON, unless `contentType` names another type; `alsoAs`: in another form as well, where that is preferred.
   * `cached`: the same for everybody, with an entity tag by which it need not be sent twice.
   */
  answer: { status: 200 | 201; schema: z.ZodType; contentType?: string; alsoAs?: OtherForm; cached?: true };
  /** The limit of its own that a caller has here; answers tell what is left of it. */
  quota?: Quota["name"];
  /** The refusals of this route, beside those of every route. */
  problems?: readonly FaultCode[];
};

export type Request<C extends Caller, P, Q, B> = {
  principal: PrincipalOf<C>;
  path: P;
  query: Q;
  body: B;
  now: string;
  /** The body as it was sent, in one order and spelling of its JSON. */
  canonicalBody: string;
  sentIdempotencyKey: string | undefined;
  /** Digests by which a repetition of a move is recognized; undefined where no key was sent. */
  idempotencyKey: IdempotencyKey | undefined;
  ifMatch: string[] | undefined;
  /** The language the caller reads. */
  language: Language;
  coding: ContentCoding;
  /** As what the answer is wanted. */
  answerForm: AnswerForm;
};

/**
 * Finds out who calls, from what the gateway passes on; throws where that cannot be proved. Undefined on public routes.
 */
export type Authenticate = (
  event: APIGatewayProxyEventV2,
  now: string,
) => Promise<Principal | undefined> | Principal | undefined;

type Response = APIGatewayProxyStructuredResultV2;
export type Operation = {
  contract: Contract<z.ZodType, z.ZodType, z.ZodType>;
  respond: (event: APIGatewayProxyEventV2, prove: Authenticate) => Promise<Response>;
};

/** The pipeline of every operation: proves who calls, parses what was sent, runs it, and turns throws into problems. */
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
    async respond(event, prove) {
      const language = languageOf(event);
      const now = new Date().toISOString();
      try {
        const text = contract.body ? bodyText(event, contract.bodyForm ?? "json") : "";
        const principal = (await prove(event, now)) as PrincipalOf<C>;
        const { sent, ...parsed } = await parse(contract, { event, text });
        const reply = await run({
          principal,
          canonicalBody: sent,
          ...parsed,
          language,
          now,
          ...requestContext(event, { principal, sent, contract }),
        });
        return toGatewayResponse(notModifiedIfCurrent(reply, header(event, "if-none-match")));
      } catch (error) {
        return toGatewayResponse(problemReply(error, { language, docs: docsUrlOf(event) }));
      }
    },
  };
}

type EventAndText = { event: APIGatewayProxyEventV2; text: string };

async function parse<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  { path, query, takesAnyQuery, body, bodyForm }: Contract<P, Q, B>,
  { event, text }: EventAndText,
) {
  const target = {
    path: parseOrRefuse(path ?? Nothing, event.pathParameters ?? {}) as z.output<P>,
    query: (takesAnyQuery ? {} : readQuery(query ?? NoQuery, event)) as z.output<Q>,
  };
  const written = body ? await (bodyForm === "form" ? parseForm(event, text) : parseJson(text)) : {};
  const taken = parseOrRefuse(body ?? Nothing, written) as z.output<B>;
  // What is taken is not so deep that it could not be written.
  return { ...target, body: taken, sent: canonicalJson(written) };
}

type RequestParts = {
  principal: Principal | undefined;
  sent: string;
  contract: { answer: { alsoAs?: OtherForm }; problems?: readonly FaultCode[] };
};

/** What else a request carries: its idempotency key, the version it expects, the compression and the form it accepts. */
function requestContext(
  event: APIGatewayProxyEventV2,
  { principal, sent, contract: { answer, problems } }: RequestParts,
) {
  const key = event.requestContext.http.method === "POST" ? readIdempotencyKey(event) : undefined;
  return {
    sentIdempotencyKey: key,
    idempotencyKey: key ? idempotencyKeyOf(event, { key, principal, sent }) : undefined,
    // Only what may be refused as stale asks for it.
    ifMatch: problems?.includes("stale") ? readIfMatch(event) : undefined,
    coding: contentCodingOf(event),
    answerForm: answerFormOf(event, answer.alsoAs),
  };
}

type IdempotencyInput = { key: string; principal: Principal | undefined; sent: string };

/**
 * A key belongs to its sender, so two senders may use the same. It is kept under the complaint, so the id need not
 * count; the rest of the path does: the same key with another route, visit or body is refused as reused.
 */
function idempotencyKeyOf(
  { routeKey, pathParameters }: APIGatewayProxyEventV2,
  { key, principal, sent }: IdempotencyInput,
): IdempotencyKey {
  return {
    keyMac: fingerprint(idempotencySender(principal), key),
    bodyMac: fingerprint(routeKey, pathParameters?.visitId ?? "", sent),
  };
}

function idempotencySender(principal: Principal | undefined): string {
  if (!principal || principal.caller === "citizen") return "citizen";
  return "person" in principal ? principal.person : principal.clientId;
}
