import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { apiFunctions } from "#infra/constructs/routes.ts";
import { ruleFiles } from "./support/rule-files.ts";

const root = join(import.meta.dirname, "..");
const sources = globSync("{infra,functions,shared}/**/*.{ts,tsx,mts,cts,js,mjs,cjs}", { cwd: root });

/**
 * The layout: every folder with sources, from the lowest up. A file imports its own folder and those that stand before it here,
 * so no two folders know each other. Things of docs/domain.md stand by their names, with rules, stored items and functions.
 */
const rooms = [
  "shared",
  "shared/runtime",
  "shared/time",
  "shared/messages",
  "shared/hours",
  "shared/storage",
  "shared/files",
  "shared/identities",
  "shared/people",
  "shared/province",
  "shared/complaints",
  "shared/province/checks",
  "shared/province/changes",
  "shared/wording",
  "functions/http",
  "functions/triggers",
  "functions/audit",
  "functions/hours",
  "functions/people",
  "functions/issues",
  "functions/deliveries",
  "functions/documents",
  "functions/canary",
  "functions/messages/providers",
  "functions/messages",
  "functions/notices",
  "functions/figures",
  "functions/files/cleaning",
  "functions/files/cleaning/pictures",
  "functions/files/cleaning/recordings",
  "functions/files/cleaning/pdf",
  "functions/files",
  "functions/calls",
  "functions/proposals",
  "functions/retention",
  "functions/complaints",
  "functions/callers",
  "functions/escalation",
  "functions/public-page/model",
  "functions/public-page/drawings",
  "functions/public-page/words",
  "functions/public-page/html",
  "functions/public-page",
  "functions/desk/words",
  "functions/desk/session",
  "functions/desk/forms",
  "functions/desk/people",
  "functions/desk/issues",
  "functions/desk/complaints",
  "functions/desk/notices",
  "functions/desk/employee-page",
  "functions/desk",
  "infra/provinces",
  "infra/constructs",
  "infra/bundles",
  "infra/stacks",
  "infra/stacks/operations",
  "infra",
  "infra/programs/local-cloud/machine",
  "infra/programs/local-cloud/clock",
  "infra/programs/local-cloud/cloudformation",
  "infra/programs/local-cloud/iam",
  "infra/programs/local-cloud/lambda",
  "infra/programs/local-cloud/dynamodb",
  "infra/programs/local-cloud/sqs",
  "infra/programs/local-cloud/event-bridge",
  "infra/programs/local-cloud/s3",
  "infra/programs/local-cloud/event-sources",
  "infra/programs/local-cloud/api-gateway",
  "infra/programs/local-cloud/step-functions",
  "infra/programs/local-cloud",
  "infra/programs/demo/acts",
  "infra/programs/demo/year",
  "infra/programs/demo",
  "infra/programs/operator",
  "infra/programs/documents/statistics",
  "infra/programs/documents/examples",
  "infra/programs/documents/schemas",
  "infra/programs/documents/descriptions",
  "infra/programs/documents/openapi",
  "infra/programs/documents/pages",
  "infra/programs/documents/releases",
  "infra/programs/documents",
  "infra/programs/client",
];

/** Folders that know less than all that stands before them: each with what they and their own folders may import. */
const narrow: Record<string, RegExp> = {
  shared: /^shared\b/,
  functions: /^(shared|functions)\b/,
  // Works on bytes alone: it knows no database, no complaint and no event.
  "functions/files/cleaning": /^(shared\/(files|runtime)|functions\/files\/cleaning)\b/,
  // Made of published figures and issues, in words and drawings.
  "functions/public-page": /^(shared|functions\/(public-page|figures|issues|hours|http|triggers))\b/,
  // Pages in the browser: of ours they know words and units of time alone, and everything else they ask the public API.
  "functions/desk": /^(functions\/desk|shared\/(time|wording))\b/,
  // What is deployed knows the functions by their files alone, and the province.
  infra: /^(infra\/(?!programs)|infra$|shared\/(province|runtime))/,
  // What runs here is what deploys: the local cloud knows the synthesized assembly and nothing of ours.
  "infra/programs/local-cloud": /^infra\/programs\/local-cloud/,
  // A client like any other, and an invented province with the calendar of its offices.
  "infra/programs/demo": /^(infra\/programs\/(demo|local-cloud)|shared\/(province|hours|time))\b/,
  // A person's own programs, run by hand with rights of their own.
  "infra/programs/operator": /^(infra\/(provinces|programs\/operator)|shared|functions\/retention)\b/,
  // Written from the contracts of the operations, so they alone import them.
  "infra/programs/documents": /^(infra\/(constructs|bundles|programs\/documents)|shared|functions\/(?!desk))/,
  "infra/programs/client": /^infra\/programs\/(client|documents)/,
};

/** Packages a folder may not know of. */
const strangers: Record<string, RegExp> = {
  // Read by constructs too, which need no client.
  "shared/runtime/keys.ts": /./,
  "shared/runtime/environment.ts": /./,
  "shared/runtime/log-events.ts": /./,
  functions: /^(aws-cdk-lib|constructs|esbuild)/,
  shared: /^(aws-cdk-lib|constructs|esbuild|@middy)/,
};

type Import = { from: string; to: string };

const read = (file: string) => readFileSync(join(root, file), "utf8");

function importsOf(file: string): Import[] {
  const text = read(file).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  return [...text.matchAll(/\b(?:from|import)(?:\s*\(\s*|\s+)["'`]([^"'`]+)["'`]/g)].map(([, to = ""]) => ({
    from: file,
    to,
  }));
}

const imports = sources.flatMap(importsOf);
const roomOf = (file: string) => dirname(file);
const within = (file: string, room: string) => file.startsWith(`${room}/`);

/** Where an import leads, from the project's top; undefined if it is a package. */
function fileBehind({ from, to }: Import): string | undefined {
  if (to.startsWith("#")) return to.slice(1);
  return /^[./]/.test(to) ? relative(root, join(root, dirname(from), to)) : undefined;
}
const local = imports.flatMap((one) => {
  const to = fileBehind(one);
  return to ? [{ from: one.from, to }] : [];
});

const importsByFile = Map.groupBy(imports, ({ from }) => from);
const localByFile = Map.groupBy(local, ({ from }) => from);

/** The file and all that it imports, files behind files included. */
function reachedFrom(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { to } of localByFile.get(file) ?? []) reachedFrom(to, seen);
  return seen;
}

test("every folder with sources has its place, and imports go down only", () => {
  const folders = [...new Set(sources.map(roomOf))];
  expect(folders.filter((folder) => !rooms.includes(folder))).toEqual([]);
  expect(rooms.filter((room) => !folders.includes(room))).toEqual([]);
  const upward = local.filter(({ from, to }) => rooms.indexOf(roomOf(to)) > rooms.indexOf(roomOf(from)));
  expect(upward).toEqual([]);
});

test("a folder that may know little knows no more", () => {
  const places = Object.keys(narrow).sort((a, b) => b.length - a.length);
  const tooFar = local.filter(({ from, to }) => {
    const place = places.find((one) => within(from, one)) ?? "";
    return !narrow[place]?.test(roomOf(to));
  });
  expect(tooFar).toEqual([]);
});

test("a newcomer is told of every room", () => {
  const main = rooms.filter((room) => room.split("/").length === (room.startsWith("infra/programs/") ? 3 : 2));
  const map = read("docs/architecture.md");
  expect(main.filter((room) => !map.includes(`\`${room}\``))).toEqual([]);
  const tree = read("README.md").match(/^```\ndocs\/[\s\S]*?^```/m)?.[0] ?? "";
  expect(main.filter((room) => !tree.includes(`${room.split("/").at(-1)}/`))).toEqual([]);
});

test("every import is one that this test can follow", () => {
  // The client's types are made from the document when it is built.
  const made = "infra/programs/client/paths.d.ts";
  expect(local.filter(({ to }) => to !== made && !existsSync(join(root, to)))).toEqual([]);
  // A path of our own in a URL would be an arrow that nobody sees; the local cloud finds its own programs so.
  const hidden = sources.filter(
    (file) => !file.startsWith("infra/programs/local-cloud/") && /new URL\([`"']\.\.?\//.test(read(file)),
  );
  expect(hidden).toEqual([]);
  // Nor is one followed that is named by an expression, or asked for in another way.
  const unnamed = /\bimport\s*\(\s*(?!["'])|\brequire\s*\(|getBuiltinModule|createRequire/;
  const free = /^infra\/(programs\/local-cloud|bundles\/bundle\.ts|programs\/client\/openapi-declarations\.ts)/;
  expect(sources.filter((file) => !free.test(file) && unnamed.test(read(file)))).toEqual([]);
});

describe("rules: files of a thing whose name ends in no kind (`.api`, `.store`, `.job`, `.function`)", () => {
  test("know zod, letters, calendars and digests, and through no other file anything else", () => {
    const known = /^(zod|@persian-tools\/persian-tools|temporal-polyfill\/fns\/\w+|node:crypto)$/;
    const impure = ruleFiles.flatMap((file) =>
      [...reachedFrom(file)].flatMap((reached) => {
        const packages = (importsByFile.get(reached) ?? []).filter((one) => !fileBehind(one) && !known.test(one.to));
        const isCompiled = reached.endsWith(".static.ts");
        return packages.length > 0 || isCompiled ? [`${file} reaches ${reached}`] : [];
      }),
    );
    expect(impure).toEqual([]);
  });

  test("have no clock, chance, environment or network, through no file", () => {
    const own = /\bDate\.now\(|new Date\(\)|Math\.random|\bprocess\.|\bfetch\(|performance\.now|globalThis/;
    const reached = new Set(ruleFiles.flatMap((file) => [...reachedFrom(file)]));
    expect([...reached].filter((file) => own.test(read(file)))).toEqual([]);
  });
});

test("a kind says what a file is: only a function has a handler, only operations have routes", () => {
  const marks: Record<string, RegExp> = {
    function: /^export const handler = /m,
    "api|function": /= route\(\{/,
  };
  for (const [kinds, mark] of Object.entries(marks)) {
    const named = new RegExp(`\\.(${kinds})\\.ts$`);
    const others = sources.filter((file) => file.startsWith("functions/") && !named.test(file));
    expect(
      others.filter((file) => mark.test(read(file))),
      kinds,
    ).toEqual([]);
  }
  expect(
    sources.filter((file) => file.endsWith(".function.ts") && !/^export const handler = /m.test(read(file))),
  ).toEqual([]);
});

test("each file of a function is deployed, and each deployed function has its file", () => {
  const infra = sources.filter((file) => /^infra\/(stacks|constructs)\//.test(file));
  const named = infra.flatMap((file) =>
    [...read(file).matchAll(/\bbundleOf\("([\w-]+)"\)/g)].map(([, name = ""]) => name),
  );
  const files = sources.filter((file) => file.endsWith(".function.ts"));
  expect(files.map((file) => basename(file, ".function.ts")).sort()).toEqual([...named, ...apiFunctions].sort());
});

test("a number by which a rule decides stands in one file, and a reason stands above it", () => {
  const decided = /^(?:export )?const (\w+)(?:: \w+)? = [\d_ *.+-]+(?:(?:second|minute|hour|day)Ms)?;/gm;
  /** Units, versions, mathematics, and how long a machine of ours takes; how texts are masked is read in one piece. */
  const other = new Set([
    "secondMs",
    "minuteMs",
    "hourMs",
    "dayMs",
    "firstRunDelayMs",
    "busyMs",
    "restartAfterMs",
    "countingRules",
    "highestLevel",
    "roundingVariance",
    "z95",
    "feedSettlesAfterMs",
  ]);
  const elsewhere = ruleFiles.filter(
    (file) => !file.startsWith("shared/identities/") && file !== "shared/policy-numbers.ts",
  );
  const found = elsewhere.flatMap((file) =>
    [...read(file).matchAll(decided)].map(([, name = ""]) => name).filter((name) => !other.has(name)),
  );
  expect(found).toEqual([]);
  const numbers = read("shared/policy-numbers.ts").split("\n");
  const bare = numbers.filter((line, n) => line.startsWith("export") && !/^(\/\*\*|export)/.test(numbers[n - 1] ?? ""));
  expect(bare).toEqual([]);
});

test("an import climbs one folder at the most; further away it is named from the top", () => {
  expect(imports.filter(({ to }) => to.startsWith("../../"))).toEqual([]);
});

test("no folder knows a package that is not for its floor", () => {
  const packages = imports.filter((one) => !fileBehind(one));
  const strange = packages.filter(({ from, to }) =>
    Object.entries(strangers).some(([place, unknown]) => `${from}/`.startsWith(`${place}/`) && unknown.test(to)),
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
  expect(sources.filter((file) => reaches(file, file))).toEqual([]);
});

describe("a reader never scrolls to understand", () => {
  test("no file is longer than 400 lines", () => {
    const long = sources.filter((file) => read(file).split("\n").length > 401);
    expect(long).toEqual([]);
  });

  test("a file of one operation of the API is at most 80 lines long", () => {
    const operations = globSync("functions/**/*.{api,function}.ts", { cwd: root }).filter(
      (file) => read(file).match(/^export const \w+ = route\(/gm)?.length === 1,
    );
    expect(operations.length).toBeGreaterThan(3);
    expect(operations.filter((file) => read(file).split("\n").length > 81)).toEqual([]);
  });
});

test("no file or folder has a catch-all name", () => {
  const catchAll = /(^|[/-])(utils?|helpers?|common|misc|managers?|lib|types)([/.-]|$)/;
  // The name of a service of AWS is not ours to choose.
  const named = sources.map((file) => file.replaceAll("secrets-manager", ""));
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

describe("an example in docs stands alone", () => {
  const examples = globSync("docs/examples/**/*.ts", { cwd: root, exclude: ["**/paths.d.ts"] });

  test("it imports packages and its own folder, and stays short", () => {
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.flatMap(importsOf).filter(({ to }) => to.startsWith("..") || to.startsWith("#"))).toEqual([]);
    expect(examples.filter((file) => read(file).split("\n").length > 201)).toEqual([]);
  });

  test("only the demo knows of it", () => {
    const knowing = sources.filter((file) => read(file).includes("docs/examples"));
    expect(knowing.filter((file) => !file.startsWith("infra/programs/demo/"))).toEqual([]);
  });
});
