import * as z from "zod";
import { Problem, problemReply } from "#functions/http/problem.ts";
import { problemTexts } from "#functions/http/problem-texts.ts";
import type { Operation } from "#functions/http/route.ts";
import { Fault, type FaultCode } from "#shared/domain/fault.ts";
import type { Language } from "#shared/domain/vocabulary.ts";
import type { Json, SchemaOf } from "../schemas/schemas.ts";
import { languageHeader, quotaHeaders } from "./headers.ts";

type Contract = Operation["contract"];
const languages: readonly Language[] = ["fa", "en"];

/** Example values for the places in the problems' texts. */
const says = {
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

/** An example of each problem in both languages, by the name that answers refer to. `unknown-route` is no route's answer. */
export const problemExamples: Json = Object.fromEntries(
  Object.keys(problemTexts)
    .filter(isCode)
    .filter((code) => code !== "unknown-route")
    .flatMap((code) => languages.map((language) => [`${code}-${language}`, problemExample(code, language)])),
);

function problemExample(code: FaultCode, language: Language): Json {
  const errors = code === "invalid" ? [{ path: "citizen.phone", rule: "phone" }] : [];
  const { title } = problemTexts[code];
  const named = code === "retired" ? { ...says, successorId: "agency-of-today" } : says;
  const docs = "https://api.foad.example/v1/docs";
  return {
    summary: title[language],
    value: problemReply(new Fault(code, { values: named, errors }), { language, docs }).body,
  };
}

/** The refusals of a route: its own, and those that every route of its caller and shape may give. */
function problemCodes(contract: Contract): FaultCode[] {
  const { caller, body, path, problems = [] } = contract;
  // Every route may be sent a parameter that it does not know.
  const codes = new Set<FaultCode>(["not-through-the-edge", "invalid", ...problems]);
  // What cannot be an id is `invalid`, like any path that is not in form.
  if (path instanceof z.ZodObject && "id" in path.shape) codes.add("not-found");
  if (caller !== "citizen" && caller !== "public") codes.add("not-registered");
  if (body) codes.add("too-large").add("unsupported-media-type");
  return [...codes.add("internal").add("unavailable")];
}

type OwnRefusal = { message: string; why: string; todo: string };

/** What the gateway itself refuses, in its own words and its own form, and what its caller does then. */
const gateway: Record<number, OwnRefusal> = {
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

/** The same as a table, which tools for reading the document show. */
const gatewayTable = [
  "| status | body | why | what to do |",
  "| --- | --- | --- | --- |",
  ...Object.entries(gateway).map(
    ([status, { message, why, todo }]) => `| ${status} | ${bodyOf(message)} | ${why} | ${todo} |`,
  ),
].join("\n");

/** The statuses with which the gateway may refuse a route before a function of ours answers. */
function ownStatuses({ caller, body }: Contract): number[] {
  const asksToken = caller !== "citizen" && caller !== "public";
  return [...(asksToken ? [401, 403] : []), ...(body ? [413] : []), 429, 500, 503];
}

/** Every refusal of a route by its status; the gateway's own have another content type. */
export function refusals(contract: Contract, schemaOf: SchemaOf): Json {
  const byStatus = Map.groupBy(problemCodes(contract), (code) => problemTexts[code].status);
  const own = ownStatuses(contract);
  const statuses = [...new Set([...byStatus.keys(), ...own])].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = byStatus.get(status) ?? [];
      return [
        status,
        refusal({
          codes,
          byGateway: own.includes(status) ? gateway[status]?.why : undefined,
          headers: {
            ...(passes(status, contract) && retryAfter),
            ...(status === 429 && contract.quota && quotaHeaders),
            ...(codes.length > 0 && languageHeader),
            ...(isAboutToken(status) && own.includes(status) && challenge),
          },
          schemaOf,
        }),
      ];
    }),
  );
}

/** Limits that an admin lifts. */
const liftedRefusals: Contract["quota"][] = ["identities", "phones"];

/** Whether a refusal holds only for a time that the answer tells. */
function passes(status: number, { quota, problems }: Contract): boolean {
  return (
    status === 503 || (status === 429 && problems?.includes("too-many") === true && !liftedRefusals.includes(quota))
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
      ...(byGateway && { "application/json": { schema: { $ref: "#/components/schemas/GatewayRefusal" } } }),
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
      examples: Object.values(gateway).map(({ message }) => message),
    },
  },
  required: ["message"],
};
