import { describe, expect, test } from "vitest";
import { curlOf, terminal } from "#infra/api-documents/documentation-page/curl.ts";
import { guide } from "#infra/api-documents/documentation-page/guide.ts";
import { OpenapiDocument } from "#infra/api-documents/documentation-page/parsed-documents.ts";
import { openapi } from "#infra/api-documents/openapi/openapi.ts";

const { paths } = OpenapiDocument.parse(openapi);
const requestsIn = (language: "fa" | "en") =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      routeKey: `${method.toUpperCase()} ${path}`,
      pasted: curlOf({ method: method.toUpperCase(), path, operation }, language),
    })),
  );

describe.each(["fa", "en"] as const)("what is pasted from the page in %s", (language) => {
  const told = guide.find(({ id }) => id === "terminal")?.paragraphs[language].join("\n") ?? "";

  test("names no instant that is refused some days later", () => {
    const fixed = requestsIn(language).flatMap(({ routeKey, pasted }) =>
      [...pasted.matchAll(/"(\w+)": "\d{4}-\d{2}-\d{2}T/g)].map(([, field]) => `${routeKey} ${field}`),
    );
    // What happened long ago may be complained of.
    expect(fixed).toEqual(["POST /v1/complaints occurredAt"]);
  });

  test("names no variable that neither the first block sets nor the text tells of", () => {
    const named = requestsIn(language).flatMap(({ pasted }) => pasted.match(/(?<=\$)[A-Z]\w+/g) ?? []);
    const isSet = (name: string) => new RegExp(`\\b${name}=`).test(terminal) || told.includes(name);
    expect(named).toContain("MAIL_TOKEN");
    expect([...new Set(named)].filter((name) => name !== "ANSWER" && name !== "RANDOM" && !isSet(name))).toEqual([]);
  });

  test("is not said to work in any status, and a complaint in none but its own is said to be refused", () => {
    expect(told).not.toMatch(/every request on this page works|کار می‌کند/);
    for (const place of ["](#life)", "](#files)", "withdrawal"]) expect(told).toContain(place);
    expect(told).toMatch(language === "fa" ? /۴۰۹.+۴۰۴/ : /409.+404/);
  });
});
