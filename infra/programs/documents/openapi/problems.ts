import * as z from "zod";
import { Problem, problemReply } from "#functions/http/problem.ts";
import { problemTexts } from "#functions/http/problem-texts.ts";
import type { Operation } from "#functions/http/route.ts";
import { Fault, type FaultCode } from "#shared/fault.ts";
import type { Language } from "#shared/vocabulary.ts";
import type { Json, SchemaOf } from "../schemas/schemas.ts";
import { callers } from "./callers.ts";
import { languageHeader, quotaHeaders } from "./headers.ts";

type Contract = Operation["contract"];
const languages: readonly Language[] = ["fa", "en"];

/** Example values for the places in the texts of problems. */
const exampleValues = {
  channel: "kiosk",
  status: "closed",
  limit: "262144",
  types: "application/json",
  agencyId: "no-such-agency",
  countyId: "no-such-county",
  officeId: "no-such-office",
  category: "no-such-category",
  id: "agency-of-yesterday",
};

const isCode = (name: string): name is FaultCode => name in problemTexts;

/** An example of each problem in both languages, by the name that answers refer to. No route answers `unknown-route`. */
export const problemExamples: Json = Object.fromEntries(
  Object.keys(problemTexts)
    .filter(isCode)
    .filter((code) => code !== "unknown-route")
    .flatMap((code) => languages.map((language) => [`${code}-${language}`, problemExample(code, language)])),
);

function problemExample(code: FaultCode, language: Language): Json {
  const errors = code === "invalid" ? [{ path: "citizen.phone", rule: "phone" }] : [];
  const { title } = problemTexts[code];
  const values = code === "retired" ? { ...exampleValues, successorId: "agency-of-today" } : exampleValues;
  const docs = "https://api.foad.example/v1/docs";
  return {
    summary: title[language],
    value: problemReply(new Fault(code, { values, errors }), { language, docs }).body,
  };
}

/** The codes with which a route may refuse: its own, and those of every route with the same caller and parameters. */
function problemCodes(contract: Contract): FaultCode[] {
  const { caller, body, path, problems = [] } = contract;
  // Every route refuses unknown parameters with `invalid`.
  const codes = new Set<FaultCode>(["direct-access-not-allowed", "invalid", ...problems]);
  // A malformed id is `invalid`, like every malformed path; an unknown id is `not-found`.
  const ids = ["id", "callId", "noticeId", "issueId"];
  if (path instanceof z.ZodObject && ids.some((name) => name in path.shape)) codes.add("not-found");
  if (caller !== "citizen" && caller !== "public") codes.add("not-registered");
  if (body) codes.add("too-large").add("unsupported-media-type");
  return [...codes.add("internal-error").add("unavailable")];
}

/** The refusals of the gateway, which have their own texts and their own form, and what the caller should do. */
export const gatewayRefusals: Record<number, { message: string; why: string; todo: string }> = {
  401: {
    message: "Unauthorized",
    why: "no valid token",
    todo: "get a new token, once; why the token was refused stands in `WWW-Authenticate`",
  },
  403: {
    message: "Forbidden",
    why: "a token without the scope of this route",
    todo: "use a client that is registered in the route's role",
  },
  413: {
    message: "Request Entity Too Large",
    why: "a body of more than 10 MB",
    todo: "send a shorter body; files are sent by the form that an announcement answers",
  },
  429: {
    message: "Too Many Requests",
    why: "too many requests at once",
    todo: "wait a second, then twice as long each time; send the same with the same key",
  },
  500: {
    message: "Internal Server Error",
    why: "a function that failed before it could answer",
    todo: "send the same with the same key",
  },
  503: {
    message: "Service Unavailable",
    why: "a function that could not be run, or took too long; without `Retry-After`",
    todo: "wait a second, then twice as long each time; send the same with the same key",
  },
};

const bodyOf = (message: string) => `\`${JSON.stringify({ message })}\``;

/** The same as a Markdown table, for tools that show the document. */
const gatewayTable = [
  "| status | body | why | what to do |",
  "| --- | --- | --- | --- |",
  ...Object.entries(gatewayRefusals).map(
    ([status, { message, why, todo }]) => `| ${status} | ${bodyOf(message)} | ${why} | ${todo} |`,
  ),
].join("\n");

/** The statuses with which the gateway itself may refuse a route. */
function gatewayStatuses({ caller, body }: Contract): number[] {
  const asksToken = callers[caller].proof === "token";
  return [...(asksToken ? [401, 403] : []), ...(body ? [413] : []), 429, 500, 503];
}

/** Every refusal of a route by its status. Refusals of the gateway have another content type. */
export function refusals(contract: Contract, schemaOf: SchemaOf): Json {
  const byStatus = Map.groupBy(problemCodes(contract), (code) => problemTexts[code].status);
  const ofGateway = gatewayStatuses(contract);
  const statuses = [...new Set([...byStatus.keys(), ...ofGateway])].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = byStatus.get(status) ?? [];
      return [
        status,
        refusal({
          codes,
          byGateway: ofGateway.includes(status) ? gatewayRefusals[status]?.why : undefined,
          headers: {
            ...(isTemporary(status, contract) && retryAfter),
            ...(status === 429 && contract.quota && quotaHeaders),
            ...(codes.length > 0 && languageHeader),
            ...(isAboutToken(status) && ofGateway.includes(status) && challenge),
          },
          schemaOf,
        }),
      ];
    }),
  );
}

/** Limits that end only when an administrator lifts them. */
const limitsToLift: Contract["quota"][] = ["identities", "phones"];

/** Whether the refusal ends by itself, after the time in `Retry-After`. */
function isTemporary(status: number, { quota, problems }: Contract): boolean {
  return (
    status === 503 ||
    (status === 429 && problems?.includes("too-many-requests") === true && !limitsToLift.includes(quota))
  );
}

const isAboutToken = (status: number) => status === 401 || status === 403;

type Refusal = {
  codes: FaultCode[];
  byGateway: string | undefined;
  headers: Json;
  schemaOf: SchemaOf;
};

function refusal({ codes, byGateway, headers, schemaOf }: Refusal): Json {
  const texts = codes.map((code) => `\`${code}\`: ${problemTexts[code].title.en}`);
  if (byGateway) texts.push(`by the gateway itself, in its own body: ${byGateway}`);
  const examples = codes.flatMap((code) => languages.map((language) => `${code}-${language}`));
  return {
    description: texts.join("; "),
    ...(Object.keys(headers).length > 0 && { headers }),
    content: {
      ...(codes.length > 0 && {
        "application/problem+json": {
          schema: schemaOf(Problem, "output"),
          examples: Object.fromEntries(examples.map((name) => [name, { $ref: `#/components/examples/${name}` }])),
        },
      }),
      ...(byGateway && { "application/json": { schema: { $ref: "#/components/schemas/GatewayError" } } }),
    },
  };
}

const challenge = { "WWW-Authenticate": { $ref: "#/components/headers/WWWAuthenticate" } };
const retryAfter = { "Retry-After": { $ref: "#/components/headers/RetryAfter" } };

export const gatewayRefusal = {
  type: "object",
  description: `What the gateway itself answers, where no function of ours did.\n\n${gatewayTable}`,
  properties: {
    message: {
      type: "string",
      description: "What the gateway says, in English alone.",
      "x-description-fa": "پیام خود دروازه، تنها به انگلیسی",
      examples: Object.values(gatewayRefusals).map(({ message }) => message),
    },
  },
  required: ["message"],
};
