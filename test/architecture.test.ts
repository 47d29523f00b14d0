import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const sources = globSync("{infra,functions,shared}/**/*.{ts,tsx,mts,cts,js,mjs,cjs}", { cwd: root });

const domain = "shared/domain";
const inDomain = (...rooms: string[]) => [domain, ...rooms.map((room) => `${domain}/${room}`)];
const allOfDomain = inDomain(
  "time",
  "confidentiality",
  "complaint",
  "notices",
  "proposals",
  "issues",
  "attachments",
  "deadlines",
  "retention",
  "delivery",
  "notifications",
  "views",
  "wording",
  "statistics",
  "statistics/counting",
  "statistics/publication",
  "statistics/comparison",
);
const persistence = [
  "shared/persistence",
  ...["complaints", "delivery", "notices", "issues", "notifications", "attachments", "statistics", "retention"].map(
    (room) => `shared/persistence/${room}`,
  ),
];
const everythingShared = [
  ...allOfDomain,
  ...persistence,
  "shared/province",
  "shared/runtime",
  "shared/messaging",
  "shared/messaging/sms",
];
const http = "functions/http";
const triggers = "functions/triggers";
const page = "functions/public-page";
const desk = "functions/desk";

/**
 * The layout: which folders a folder may import, beside itself. A file belongs to the most specific row; a folder without
 * a row may not exist.
 */
const arrows: Record<string, string[]> = {
  [domain]: [],
  [`${domain}/time`]: [domain],
  [`${domain}/confidentiality`]: [domain],
  [`${domain}/complaint`]: inDomain("time", "confidentiality"),
  [`${domain}/notices`]: inDomain("time", "complaint", "attachments", "wording"),
  [`${domain}/proposals`]: inDomain("time", "complaint", "statistics"),
  [`${domain}/issues`]: inDomain("time", "complaint", "deadlines"),
  [`${domain}/attachments`]: inDomain("time", "complaint"),
  [`${domain}/deadlines`]: inDomain("time", "complaint"),
  [`${domain}/retention`]: inDomain("time", "complaint"),
  [`${domain}/delivery`]: inDomain("time"),
  [`${domain}/wording`]: inDomain("time", "complaint"),
  [`${domain}/notifications`]: inDomain("complaint", "time", "wording"),
  [`${domain}/views`]: allOfDomain,
  [`${domain}/statistics`]: inDomain("time"),
  [`${domain}/statistics/counting`]: inDomain("time", "complaint", "statistics"),
  [`${domain}/statistics/publication`]: inDomain("time", "complaint", "statistics", "statistics/counting"),
  [`${domain}/statistics/comparison`]: inDomain("statistics", "statistics/counting", "statistics/publication"),
  "shared/runtime": [],
  "shared/province": allOfDomain,
  "shared/province/checks": [...allOfDomain, "shared/province"],
  // Compares two versions of a province's file; it reads and writes nothing.
  "shared/province/changes": [...allOfDomain, "shared/province", "shared/province/checks", "shared/runtime"],
  "shared/messaging": [...allOfDomain, "shared/runtime"],
  // One adapter for each provider. It knows numbers and texts, and no complaint.
  "shared/messaging/sms": [domain, `${domain}/delivery`, `${domain}/notifications`, "shared/messaging"],
  ...Object.fromEntries(
    persistence.map((room) => [room, [...allOfDomain, "shared/province", "shared/runtime", ...persistence]]),
  ),
  [http]: everythingShared,
  [triggers]: everythingShared,
  // An operation of the API may share what it does with the function that does it by itself.
  "functions/api": [...everythingShared, http, "functions/delivery", "functions/statistics"],
  "functions/attachments": [...everythingShared, triggers, "functions/attachments/cleaning"],
  // Works on bytes alone: it knows no database, no complaint and no event.
  "functions/attachments/cleaning": ["shared/runtime", `${domain}/attachments`],
  ...Object.fromEntries(
    [
      "call-backs",
      "canary",
      "delivery",
      "escalation",
      "issues",
      "notices",
      "notifications",
      "retention",
      "statistics",
    ].map((room) => [`functions/${room}`, [...everythingShared, triggers]]),
  ),
  // Made of published figures alone, in words and drawings; its entry reads them.
  [page]: [...everythingShared, triggers, ...["drawings", "html", "model", "words"].map((room) => `${page}/${room}`)],
  [`${page}/model`]: allOfDomain,
  [`${page}/drawings`]: [...allOfDomain, `${page}/model`],
  [`${page}/words`]: [...allOfDomain, `${page}/model`],
  [`${page}/html`]: [...allOfDomain, ...["model", "words", "drawings"].map((room) => `${page}/${room}`)],
  // A page in the browser: of ours it knows words and units of time alone, and everything else it asks the public API.
  [desk]: [`${domain}/time`, `${domain}/wording`, `${desk}/notices`, `${desk}/issues`],
  [`${desk}/notices`]: [desk],
  [`${desk}/issues`]: [desk, `${domain}/wording`],
  // The page of employees is made of the desk's forms, and of nothing else of it.
  [`${desk}/employee-page`]: [desk],
  infra: ["shared/province", "shared/province/checks", "shared/province/changes", "shared/runtime"],
  // Written from the contracts of the operations, so it alone imports them; a program that the synthesis runs.
  "infra/api-documents": [...everythingShared, "infra", "functions/api", http, `${page}/drawings`],
  // Built from the documents, for programs of others.
  "infra/client": ["infra", "infra/api-documents"],
  // A person's own programs, run by hand with rights of their own.
  "infra/operator": [...everythingShared, "shared/province/checks", "shared/province/changes", "infra"],
  // What runs here is what deploys: the local cloud knows the synthesized assembly and nothing of ours.
  "infra/local-cloud": [],
  // A client like any other, which borrows the local cloud's words for failures.
  "infra/demo": ["infra/local-cloud", "infra/demo/acts", "infra/demo/year"],
  "infra/demo/acts": ["infra/local-cloud", "infra/demo"],
  // Invents a province and a year of complaints, by the same calendar as its offices.
  "infra/demo/year": ["infra/demo", "infra/demo/acts", "infra/local-cloud", "shared/province", ...inDomain("time")],
};

/** Packages a folder may not know of. */
const strangers: Record<string, RegExp> = {
  "shared/domain": /^(?!(zod|@persian-tools\/persian-tools|temporal-polyfill\/fns\/\w+|node:crypto)$)/,
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
const rooms = Object.keys(arrows).sort((a, b) => b.length - a.length);
const roomOf = (file: string) => rooms.find((room) => file.startsWith(`${room}/`)) ?? "";

/** Where an import leads, from the project's top; undefined where it is a package. */
function fileBehind({ from, to }: Import): string | undefined {
  if (to.startsWith("#")) return to.slice(1);
  return /^[./]/.test(to) ? relative(root, join(root, dirname(from), to)) : undefined;
}
const local = imports.flatMap((one) => {
  const to = fileBehind(one);
  return to ? [{ from: one.from, to }] : [];
});

test("arrows go down only, and every room is on the plan", () => {
  const upward = local.filter(({ from, to }) => {
    const [here, there] = [roomOf(from), roomOf(to)];
    return !here || !there || (here !== there && !arrows[here]?.includes(there));
  });
  expect(upward).toEqual([]);
});

/** Folders that belong to the folder above them: the operations of a function, the parts of a service or of the documents. */
const parts =
  /^(functions\/api\/[\w-]+|functions\/attachments\/cleaning\/(pdf|pictures|recordings)|infra\/(stacks|constructs|stacks\/operations)|infra\/(api-documents|local-cloud)\/[\w-]+)$/;

test("no folder holds a source that has no row on the plan", () => {
  const folders = [...new Set(sources.map((file) => dirname(file)))];
  expect(folders.filter((folder) => !(folder in arrows) && !parts.test(folder))).toEqual([]);
});

test("a newcomer is told of every room", () => {
  const second = rooms.filter((room) => room.split("/").length === 2);
  const map = read("docs/architecture.md");
  expect(second.filter((room) => !map.includes(`\`${room}\``))).toEqual([]);
  const tree = read("README.md").match(/^```\ndocs\/[\s\S]*?^```/m)?.[0] ?? "";
  expect(second.filter((room) => !tree.includes(`${room.split("/")[1]}/`))).toEqual([]);
});

test("every import is one that this test can follow", () => {
  // The client's types are made from the document when it is built.
  const made = "infra/client/paths.d.ts";
  expect(local.filter(({ to }) => to !== made && !existsSync(join(root, to)))).toEqual([]);
  // A path of our own in a URL would be an arrow that nobody sees; the local cloud finds its own programs so.
  const hidden = sources.filter(
    (file) => !file.startsWith("infra/local-cloud/") && /new URL\([`"']\.\.?\//.test(read(file)),
  );
  expect(hidden).toEqual([]);
  // Nor is one followed that is named by an expression, or asked for in another way.
  const unnamed = /\bimport\s*\(\s*(?!["'])|\brequire\s*\(|getBuiltinModule|createRequire/;
  const free = /^infra\/(local-cloud|bundle\.ts|client\/openapi-declarations\.ts)/;
  expect(sources.filter((file) => !free.test(file) && unnamed.test(read(file)))).toEqual([]);
});

test("the domain has no clock, chance, environment or network of its own", () => {
  const own = /\bDate\.now\(|new Date\(\)|Math\.random|\bprocess\.|\bfetch\(|performance\.now|globalThis/;
  expect(sources.filter((file) => file.startsWith(`${domain}/`) && own.test(read(file)))).toEqual([]);
});

test("a number by which the domain decides stands in one file, and a reason stands above it", () => {
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
  const elsewhere = sources.filter(
    (file) =>
      file.startsWith(`${domain}/`) &&
      !file.startsWith(`${domain}/confidentiality/`) &&
      file !== `${domain}/policy-numbers.ts`,
  );
  const found = elsewhere.flatMap((file) =>
    [...read(file).matchAll(decided)].map(([, name = ""]) => name).filter((name) => !other.has(name)),
  );
  expect(found).toEqual([]);
  const numbers = read(`${domain}/policy-numbers.ts`).split("\n");
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
    const operations = globSync("functions/api/**/*.ts", { cwd: root }).filter(
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
    expect(knowing.filter((file) => !file.startsWith("infra/demo/"))).toEqual([]);
  });
});
