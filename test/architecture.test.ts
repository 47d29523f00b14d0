import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const sources = globSync("{infra,functions,shared}/**/*.ts", { cwd: root });

/** Which folders a folder may import from, beside itself; the most specific row counts. */
const arrows: Record<string, string[]> = {
  "infra/local": [],
  infra: ["shared/domain", "shared/runtime"],
  functions: ["shared/domain", "shared/store", "shared/messaging", "shared/runtime"],
  "shared/store": ["shared/domain", "shared/runtime"],
  "shared/messaging": ["shared/domain", "shared/runtime"],
  "shared/runtime": ["shared/domain"],
  "shared/domain": [],
};

/** Packages a folder may not know of. */
const strangers: Record<string, RegExp> = {
  "shared/domain": /^(@aws|aws-|@middy|node:(?!crypto))/,
  functions: /^(aws-cdk-lib|constructs|esbuild)/,
  shared: /^(aws-cdk-lib|constructs|esbuild|@middy)/,
};

type Import = { from: string; to: string };

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, to = ""]) => ({ from: file, to }));
}

const imports = sources.flatMap(importsOf);
const folderOf = (file: string) => Object.keys(arrows).find((folder) => file.startsWith(`${folder}/`)) ?? "";
const local = imports
  .filter(({ to }) => to.startsWith("."))
  .map(({ from, to }) => ({ from, to: relative(root, join(root, dirname(from), to)) }));

test("arrows go down only", () => {
  const upward = local.filter(({ from, to }) => {
    const [here, there] = [folderOf(from), folderOf(to)];
    return here !== there && !arrows[here]?.includes(there);
  });
  expect(upward).toEqual([]);
});

test("no folder knows a package that is not for its floor", () => {
  const strange = imports.filter(({ from, to }) =>
    Object.entries(strangers).some(([folder, packages]) => from.startsWith(`${folder}/`) && packages.test(to)),
  );
  expect(strange).toEqual([]);
});

test("no two files import each other in a circle", () => {
  const graph = Map.groupBy(local, ({ from }) => from);
  const reaches = (from: string, target: string, seen = new Set<string>()): boolean =>
    (graph.get(from) ?? []).some(({ to }) => {
      if (to === target) return true;
      if (seen.has(to)) return false;
      seen.add(to);
      return reaches(to, target, seen);
    });
  // The documents describe the routes that serve them.
  const known = /^functions\/api\/public(\/|\.ts$)/;
  expect(sources.filter((file) => !known.test(file) && reaches(file, file))).toEqual([]);
});

describe("a reader never scrolls to understand", () => {
  test("no file is longer than 200 lines", () => {
    const long = sources.filter((file) => readFileSync(join(root, file), "utf8").split("\n").length > 201);
    expect(long).toEqual([]);
  });

  test("no operation of the API is longer than 60 lines", () => {
    const operations = globSync("functions/api/*/*.ts", { cwd: root }).filter((file) => !file.endsWith(".static.ts"));
    const long = operations.filter((file) => readFileSync(join(root, file), "utf8").split("\n").length > 61);
    expect(long).toEqual([]);
  });
});

test("no file or folder has a catch-all name", () => {
  const catchAll = /(^|[/-])(utils?|helpers?|common|misc|managers?|lib|types)([/.-]|$)/;
  // The name of a service of AWS is not ours to choose.
  const named = sources.map((file) => file.replace("secrets-manager", ""));
  expect(named.filter((file) => catchAll.test(file))).toEqual([]);
});

test("zod is imported whole and lean, or every locale is bundled", () => {
  const heavy = sources.filter((file) => {
    const text = readFileSync(join(root, file), "utf8");
    // A type may come through `z.core`; a value drags all of zod with it.
    return /import \{[^}]*\} from "zod"/.test(text) || /z\.(core|locales)\.[a-z]/.test(text);
  });
  expect(heavy).toEqual([]);
});

test("time is taken once per request, never when a module is loaded", () => {
  const frozen = sources.filter((file) =>
    /^(export )?const \w+ = (new Date\(\)|Date\.now\(\)|performance\.now\(\))/m.test(
      readFileSync(join(root, file), "utf8"),
    ),
  );
  expect(frozen).toEqual([]);
});
