import { describe, expect, test } from "vitest";
import { docsPages } from "#functions/documents/documents.api.ts";
import { routes } from "#infra/programs/documents/pages/api.ts";
import { guide } from "#infra/programs/documents/pages/guide.ts";
import { pageBody } from "#infra/programs/documents/pages/pages.ts";
import { beginnings, type Tool, writtenRequests } from "#infra/programs/documents/pages/paste.ts";
import { faultsOfPowershell } from "../support/powershell-form.ts";

const requestsIn = (language: "fa" | "en", tool: Tool) =>
  routes.map((route) => ({
    routeKey: `${route.method} ${route.path}`,
    pasted: writtenRequests(route, language)[tool],
  }));

const everywhere = (["fa", "en"] as const).flatMap((language) =>
  (["shell", "powershell", "node"] as const).map((tool) => [language, tool] as const),
);

describe.each(everywhere)("what is pasted from the pages in %s into %s", (language, tool) => {
  const told = guide.find(({ id }) => id === "terminal")?.paragraphs[language].join("\n") ?? "";

  test("names no instant that is refused some days later", () => {
    const fixed = requestsIn(language, tool).flatMap(({ routeKey, pasted }) =>
      [...pasted.matchAll(/"(\w+)": "\d{4}-\d{2}-\d{2}T/g)].map(([, field]) => `${routeKey} ${field}`),
    );
    // What happened long ago may be complained of.
    expect(fixed).toEqual(["POST /v1/complaints occurredAt"]);
  });

  test("names no variable that neither the first block sets nor the text tells of", () => {
    const variables = tool === "node" ? /(?<=\$\{|[: ])[A-Z][A-Z_]+(?=[},])/g : /(?<=\$\{?)[A-Z]\w+/g;
    const named = requestsIn(language, tool).flatMap(({ pasted }) => pasted.match(variables) ?? []);
    const isSet = (name: string) => new RegExp(`\\b${name}\\b`).test(beginnings[tool]) || told.includes(name);
    for (const name of ["API", "ID", "SECRET", "TOKEN", "DAY", "VISIT", "ATTACHMENT", "MAIL_TOKEN"])
      expect(named).toContain(name);
    expect([...new Set(named)].filter((name) => name !== "ANSWER" && name !== "RANDOM" && !isSet(name))).toEqual([]);
  });

  test("is not said to work in any status, and a complaint in none but its own is said to be refused", () => {
    expect(told).not.toMatch(/every request on this page works|کار می‌کند/);
    for (const place of ["](#life)", "](#files)", "withdrawal"]) expect(told).toContain(place);
    expect(told).toMatch(language === "fa" ? /۴۰۹.+۴۰۴/ : /409.+404/);
  });
});

describe.each(["fa", "en"] as const)("the requests for PowerShell in %s", (language) => {
  const requests = requestsIn(language, "powershell").map(({ routeKey, pasted }) => [routeKey, pasted] as const);

  test.each([["the first block", beginnings.powershell] as const, ...requests])(
    "%s has the form of PowerShell",
    (_, pasted) => {
      expect(faultsOfPowershell(pasted)).toEqual([]);
    },
  );
});

test.each([
  ["a string without its end", 'Invoke-RestMethod -Uri "$API/v1/catalog'],
  ["a here-string with words after its mark", 'x -Body @" {\n"@'],
  ["a here-string whose end is indented", 'x -Body @"\n{\n  "@'],
  ["a line that goes on without a mark", "Invoke-RestMethod -Uri '/x'\n  -Method Post"],
  ["a mark with a space after it", "Invoke-RestMethod ` \n  -Method Post"],
  ["a table without its end", "x -Headers @{ a = 1"],
  ["JSON that is none", 'x -Body @"\n{ "a": }\n"@'],
  ["a variable that is nothing", 'x -Uri "$API/v1/$UNKNOWN"'],
  ["a sign that a text would lose", 'x -Body @"\n{ "a": "5`n" }\n"@'],
])("%s is found", (_, pasted) => {
  expect(faultsOfPowershell(pasted)).not.toEqual([]);
});

/** The blocks for a tool as a browser shows and copies them: without markup. */
const shownBlocks = (language: "fa" | "en", tool: Tool) =>
  docsPages.flatMap((page) =>
    [...pageBody(page, language).html.matchAll(/<pre [^>]*class="(\w+)"><code>([\s\S]*?)<\/code>/g)]
      .filter(([, name]) => name === tool)
      .map(([, , code = ""]) => textOf(code)),
  );
const signs: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };
const textOf = (markup: string) => markup.replace(/<[^>]+>/g, "").replace(/&[#\w]+;/g, (sign) => signs[sign] ?? sign);

/**
 * The bodies of the requests, each with text in place of what the tool works out: the instant, the day, a variable. The size of a
 * file is a number, so its variable stands without quotes, and a number takes its place. Any other variable without quotes leaves
 * a body that is no JSON.
 */
const bodiesIn = (blocks: string[], form: RegExp) =>
  blocks.flatMap((block) =>
    [...block.matchAll(form)].map(([, body = ""]) =>
      JSON.parse(
        body.replace(/(?<="size": )\$SIZE\b/g, "1").replace(/\$\((?:[^()]|\([^()]*\))*\)|\$\{?[A-Z]\w*\}?/g, "x"),
      ),
    ),
  );

describe.each(["fa", "en"] as const)("the blocks that the pages in %s show", (language) => {
  test("for PowerShell have the bodies of those for a shell", () => {
    const ofShell = bodiesIn(shownBlocks(language, "shell"), /<<JSON\n([\s\S]*?)\nJSON/g);
    const ofPowershell = bodiesIn(shownBlocks(language, "powershell"), /@"\n([\s\S]*?)\n"@/g);
    expect(ofShell.length).toBeGreaterThan(30);
    expect(ofPowershell).toEqual(ofShell);
  });

  test.each(["shell", "powershell", "node"] as const)("for %s are what is to be pasted, letter by letter", (tool) => {
    const shown = shownBlocks(language, tool);
    expect(requestsIn(language, tool).filter(({ pasted }) => !shown.includes(pasted))).toEqual([]);
  });
});
