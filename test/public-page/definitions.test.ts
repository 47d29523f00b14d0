import { expect, test } from "vitest";
import { addresses } from "#functions/public-page/model/material.ts";
import { siteFiles } from "#functions/public-page/site.ts";
import { definitions } from "#infra/programs/documents/statistics/definitions.ts";
import { aMaterial } from "./a-material.ts";
import { assets } from "./page-text.ts";

const pageOf = (path: string, own = definitions) =>
  String(siteFiles(aMaterial([]), { ...assets, definitions: own }).find((file) => file.path === path)?.body);

const texts = [
  ...definitions.method,
  ...definitions.general,
  ...[...definitions.figures, ...definitions.waiting].flatMap(({ title, counts, leavesOut, mayMislead }) => [
    title,
    counts,
    leavesOut,
    mayMislead,
  ]),
  ...definitions.breakdowns.flatMap(({ title, classes }) => [title, ...classes.map((one) => one.title)]),
];

test.each([
  ["fa", '<code dir="ltr">'],
  ["en", "<code>"],
] as const)(
  "the definitions write in %s the names of the API as code, and use nothing else of Markdown",
  (language, tag) => {
    const page = pageOf(addresses.definitions(language));
    const own = texts.map((text) => text[language]);
    const codes = own.flatMap((text) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code));
    expect(codes.length).toBeGreaterThan(10);
    for (const code of codes) expect(page).toContain(`${tag}${code.replaceAll("<", "&lt;")}</code>`);
    expect(page).not.toContain("`");
    expect(own.filter((text) => /[*_[\]#~]|^[-+] |\n/.test(text.replaceAll(/`[^`]+`/g, "")))).toEqual([]);
  },
);

test("the definitions begin with what is done to every number, and have each figure and breakdown under its name", () => {
  const page = pageOf("/en/definitions");
  const [, method = ""] = /<section id="method"[\s\S]*?<ol class="general">([\s\S]*?)<\/ol>/.exec(page) ?? [];
  expect(method.match(/<li>/g)).toHaveLength(definitions.method.length);
  expect(page.indexOf('id="method"')).toBeLessThan(page.indexOf('id="figures"'));
  for (const { name } of [...definitions.figures, ...definitions.waiting])
    expect(page).toContain(`<article id="${name}">`);
  for (const { name, classes } of definitions.breakdowns) {
    const [, items = ""] =
      new RegExp(`<article id="breakdown-${name}">[\\s\\S]*?<ul>([\\s\\S]*?)</ul>`).exec(page) ?? [];
    expect(items.match(/<li>/g), name).toHaveLength(classes.length);
  }
});

test("what stands in a definition's backticks is escaped", () => {
  const text = { fa: "نشانهٔ `<20` و `a & b`.", en: "The mark `<20` and `a & b`." };
  const page = pageOf("/definitions", { ...definitions, general: [text], figures: [], breakdowns: [] });
  expect(page).toContain('<li>نشانهٔ <code dir="ltr">&lt;20</code> و <code dir="ltr">a &amp; b</code>.</li>');
});
