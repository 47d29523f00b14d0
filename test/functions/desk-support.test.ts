import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { palettes } from "#functions/public-page/drawings/colours.ts";
import { browsers, bundleDesk } from "#infra/bundles/desk-assets.ts";
import { fontSubset, fontWeights } from "#infra/bundles/page-assets.ts";

type Support = { version_added: string | boolean | null; flags?: unknown };
type Compat = { support: Record<string, Support | Support[]> };
type Feature = { [name: string]: Feature | Compat | undefined; __compat?: Compat };

const root = join(import.meta.dirname, "../..");
const read = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .map((file) => readFileSync(join(root, file), "utf8"))
    .join("\n");

/** Published support data of browsers (MDN). */
const data: Record<string, Feature> = JSON.parse(read("node_modules/@mdn/browser-compat-data/data.json"));

const oldest = browsers.map((browser) => /^([a-z]+)(\d+)$/.exec(browser)?.slice(1) ?? []) as [string, string][];

/** The oldest browsers of ours that lack a feature. */
function lackedBy(feature: Feature): string[] {
  const { support = {} } = feature.__compat ?? {};
  return oldest
    .filter(([browser, version]) => {
      const known = [support[browser] ?? []].flat().filter(({ flags }) => !flags);
      return !known.some(
        ({ version_added: since }) => typeof since === "string" && Number.parseFloat(since) <= Number(version),
      );
    })
    .map(([browser]) => browser);
}

/** Every feature of a part of the data, by its own name. A name may stand for several: `at` is a method of arrays and of strings. */
function byName(part: Feature | undefined, found = new Map<string, Feature[]>()): Map<string, Feature[]> {
  for (const [name, value] of Object.entries(part ?? {})) {
    if (name === "__compat") continue;
    const feature = value as Feature;
    const called = name.replace(/_static$/, "");
    if (feature.__compat) found.set(called, [...(found.get(called) ?? []), feature]);
    byName(feature, found);
  }
  return found;
}

/** The names that none of their features lets every browser of ours use. */
const unsupported = (names: Iterable<string>, features: Map<string, Feature[]>) =>
  [...new Set(names)].filter((name) => {
    const all = features.get(name) ?? [];
    return all.length > 0 && all.every((feature) => lackedBy(feature).length > 0);
  });

const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = ""]) => name);

test("the desk calls nothing that a browser of five years ago lacks", () => {
  const source = read("functions/desk/**/*.{ts,tsx}").replace(/"[^"\n]*"|`[^`]*`/g, '""');
  const names = [...namesIn(source, /\.(\w+)\(/g), ...namesIn(source, /\bnew (\w+)/g)];
  const features = byName(data.api, byName(data.javascript?.builtins as Feature));
  // Methods of our own session, of which browsers have some of the same name elsewhere.
  const own = ["token", "adopt", "forget"];
  const called = names.filter((one) => !own.includes(one));
  expect(unsupported(called, features)).toEqual([]);
  expect(unsupported(["groupBy", "toSorted"], features)).toEqual(["groupBy", "toSorted"]);
});

test("the style of the desk uses nothing that a browser of five years ago lacks", () => {
  const style = read("functions/desk/style.css").replace(/\/\*[\s\S]*?\*\//g, "");
  const properties = namesIn(style, /^\s+([a-z][a-z-]+):/gm);
  // Where it is not known, the browser's own colours are seen in its own controls.
  const decorations = ["color-scheme", "accent-color"];
  const needed = properties.filter((one) => !decorations.includes(one));
  expect(unsupported(needed, byName(data.css?.properties as Feature))).toEqual([]);
  expect(unsupported(namesIn(style, /:([a-z-]+)/g), byName(data.css?.selectors as Feature))).toEqual([]);
  expect(unsupported(["anchor-name"], byName(data.css?.properties as Feature))).toEqual(["anchor-name"]);
});

test("the desk has the colours of the public page", () => {
  const style = read("functions/desk/style.css");
  for (const [role, colour] of Object.values(palettes).flatMap((palette) => Object.entries(palette)))
    expect(style).toContain(`--${role}: ${colour};`);
});

test("the desk holds no library that tries to run text as code, for which Firefox writes an error at each start", async () => {
  const { script, employeeScript } = await bundleDesk();
  // zod does, and would be a quarter of the script.
  for (const one of [script, employeeScript]) expect(one).not.toMatch(/=\s*Function\b|\bnew Function\b|\beval\(/);
});

test("the page of employees is at most 60 KB at its first load, fonts included", async () => {
  const { employeeScript, style } = await bundleDesk();
  const fonts = await Promise.all(fontWeights.map(fontSubset));
  const page = read("functions/desk/employee-page/index.html") + read("functions/desk/icon.svg");
  const packed = [employeeScript, style, page].map((one) => brotliCompressSync(one));
  const bytes = [...packed, ...fonts].reduce((all, { length }) => all + length, 0);
  expect(bytes).toBeGreaterThan(40_000);
  expect(bytes).toBeLessThan(60_000);
});
