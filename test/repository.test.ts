import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { trackedFiles } from "./support/tracked-files.ts";

const root = join(import.meta.dirname, "..");
const pages = trackedFiles.filter((file) => file.endsWith(".md"));
const read = (file: string) => readFileSync(join(root, file), "utf8");
const { scripts, allowScripts } = z
  .object({ scripts: z.record(z.string(), z.string()), allowScripts: z.record(z.string(), z.boolean()) })
  .parse(JSON.parse(read("package.json")));
const { packages } = z
  .object({ packages: z.record(z.string(), z.object({ hasInstallScript: z.boolean().default(false) })) })
  .parse(JSON.parse(read("package-lock.json")));

/** Places of the repository that a text names in backticks; a pattern or a placeholder names none. */
const placesIn = (text: string) =>
  [...text.matchAll(/`((?:infra|functions|shared|test|docs)\/[\w./-]+)`/g)].map(([, place = ""]) => place);

/** The anchors of a page's headings, as GitHub makes them. */
const sectionsOf = (text: string) =>
  [...text.replaceAll(/^```[\s\S]*?^```/gm, "").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );

test("every licence of what is deployed was looked at", () => {
  expect(() => execFileSync(process.execPath, ["infra/programs/operator/licences.ts"], { cwd: root })).not.toThrow();
});

/** The code blocks of a page, such as a program with its name. */
const codeBlocksOf = (page: string) => read(page).match(/^```[^\n]*\n[\s\S]*?^```$/gm) ?? [];
const persianTwins = pages
  .filter((page) => page.startsWith("docs/fa/"))
  .map((page) => [page, page.replace("docs/fa/", "docs/")] as const)
  .filter(([page]) => codeBlocksOf(page).length > 0);

test.each(persianTwins)("%s has the code blocks of %s, in their order and without a difference", (page, twin) => {
  expect(codeBlocksOf(page)).toEqual(codeBlocksOf(twin));
});

const guidesWithPrograms = pages.filter(
  (page) => /^docs\/(fa\/)?[\w-]+\.md$/.test(page) && /^```\w+ \w+\.\w+$/m.test(read(page)),
);

// What is written on a fence is not shown: a reader learns the name of a file only from the text.
test.each(guidesWithPrograms)("%s names each program in its text before the program", (page) => {
  const programs = [...read(page).matchAll(/^```\w+ (\w+\.\w+)$/gm)];
  const textBefore = (at: number) =>
    read(page)
      .slice(0, at)
      .replaceAll(/^```[\s\S]*?^```$/gm, "")
      .split(/\n## /)
      .at(-1);
  const unnamed = programs.filter(({ 1: name, index }) => !textBefore(index)?.includes(`\`${name}\``));
  expect(unnamed.map(([, name]) => name)).toEqual([]);
});

const sectionTitles = (page: string) =>
  [
    ...read(page)
      .replaceAll(/^```[\s\S]*?^```/gm, "")
      .matchAll(/^## (.*)$/gm),
  ].map(([, title = ""]) => title);

// A Persian page may say less in a section than its twin does, but each section of the twin has its own.
test.each(persianTwins)("%s has a section for each of %s", (page, twin) => {
  const own = sectionTitles(page);
  const missing = sectionTitles(twin).slice(own.length);
  expect(missing.map((title) => `${page} lacks a section such as "${title}"`)).toEqual([]);
  expect(own.length).toBe(sectionTitles(twin).length);
});

test("each guide that a Persian reader is sent to has a Persian page", () => {
  const guides = ["front-end", "agency", "webhooks", "deploy", "desk", "errors"].map((name) => `docs/fa/${name}.md`);
  expect(guides.filter((page) => !pages.includes(page))).toEqual([]);
  const terms = read("README.fa.md").split("## واژه‌ها")[1]?.match(/^\| `/gm) ?? [];
  expect(terms.length).toBeGreaterThanOrEqual(20);
});

describe.each(pages)("%s", (page) => {
  const text = read(page);

  test("leads only to what is there", () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, to = ""]) => to);
    const broken = links.filter((to) => !/^(https?|mailto):/.test(to) && !existsSync(join(root, dirname(page), to)));
    expect(broken).toEqual([]);
  });

  test("leads to sections that there are", () => {
    const links = [...text.matchAll(/\]\(([^)#\s:]*)#([^)]+)\)/g)].map(([, to = "", section = ""]) => ({
      to,
      section,
    }));
    const missing = links.filter(({ to, section }) => {
      const at = to ? join(dirname(page), to) : page;
      return at.endsWith(".md") && !sectionsOf(read(at)).includes(section);
    });
    expect(missing).toEqual([]);
  });

  test("names only scripts that there are", () => {
    const named = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test.each(pages)("%s names only files and folders that there are", (page) => {
  const text = read(page);
  expect(placesIn(text).filter((place) => !existsSync(join(root, place)))).toEqual([]);
  const sources = [...text.matchAll(/`([\w./-]+\.ts)`/g)].map(([, name = ""]) => name);
  expect(sources.filter((name) => !trackedFiles.some((file) => `/${file}`.endsWith(`/${name}`)))).toEqual([]);
});

test.each(pages.filter((page) => page.startsWith("docs/decisions/")))("%s has the form of a decision", (page) => {
  const text = read(page);
  expect(text.split("\n").length - 1).toBeLessThanOrEqual(25);
  expect(text).toMatch(
    /^# \d+\. .+\n\nStatus: (accepted|superseded by .+)\.\n\n\*\*Context\.\*\* [\s\S]+\n\n\*\*Decision\.\*\* [\s\S]+\n\n\*\*Consequences\.\*\* [\s\S]+\n\n\*\*Alternatives\.\*\* /,
  );
});

test("whoever is told in the code to see a file finds it", () => {
  const code = trackedFiles.filter((file) => /\.(ts|json|yml)$|^\.ci/.test(file) && existsSync(join(root, file)));
  const named = code.flatMap((file) =>
    [
      ...read(file).matchAll(/\b(?:see|in|by|of) ((?:infra|functions|shared|test|docs)\/[\w./-]+\.(?:ts|md|json))/g),
    ].map(([, place = ""]) => ({ file, place })),
  );
  expect(named.filter(({ place }) => !existsSync(join(root, place)))).toEqual([]);
});

test("nothing speaks of pages that are not here, of this machine, or of how the work is organized", () => {
  const strange = /\b(DOMAIN|CONTRACT|ARCHITECTURE|STYLE|FIGURES)\b(?!\.[a-z])(\.md)?|\bissue \d+\b/;
  const speaking = trackedFiles.filter((file) => existsSync(join(root, file)) && /\.(ts|md|json|grit)$/.test(file));
  const allowed = ["test/repository.test.ts"];
  expect(speaking.filter((file) => !allowed.includes(file) && strange.test(read(file)))).toEqual([]);
});

/** What runs while the packages are installed, and what for, and what does not. Before one is added its script is read. */
const installScripts: Record<string, string> = {
  esbuild: "puts the platform's program, a package of its own, where the wrapper in JavaScript was",
  node: "fetches the platform's Node from the registry",
};
const denied: Record<string, string> = { exifreader: "would build a smaller reader for who configures one" };

test("an installation runs these scripts alone, and npm is told so", () => {
  expect(Object.keys(allowScripts).filter((name) => !allowScripts[name])).toEqual(Object.keys(denied));
  const running = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  const known = Object.keys({ ...installScripts, ...denied });
  expect(running.map(([place]) => place).sort()).toEqual(known.map((name) => `node_modules/${name}`).sort());
  expect(Object.keys(allowScripts).sort()).toEqual(known.sort());
});

test("no package is there that reports the installation to somebody", () => {
  expect(Object.keys(packages).filter((place) => place.endsWith("node_modules/@scarf/scarf"))).toEqual([]);
});
