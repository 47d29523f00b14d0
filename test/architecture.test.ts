import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const sources = globSync("{infra,functions,shared}/**/*.{ts,mts,cts,js,mjs,cjs}", { cwd: root });

const domain = "shared/domain";
const vocabulary = [domain];
const allOfDomain = [
  ...vocabulary,
  ...["time", "citizen", "complaint", "attachments", "deadlines", "escalation", "telling", "statistics"].map(
    (room) => `${domain}/${room}`,
  ),
];
const store = [
  "shared/store",
  ...["complaints", "events", "hours", "mail", "attachments", "statistics", "page", "retention"].map(
    (room) => `shared/store/${room}`,
  ),
];
const everythingShared = [...allOfDomain, ...store, "shared/province", "shared/runtime", "shared/messaging"];
const pipelines = "functions/pipelines";
const wording = "functions/api/wording";

/**
 * The plan of the house: which rooms a room may look into, beside itself. A file belongs to the room whose row is the most
 * specific; a room that has no row may not exist.
 */
const arrows: Record<string, string[]> = {
  [domain]: [],
  [`${domain}/time`]: vocabulary,
  [`${domain}/citizen`]: vocabulary,
  [`${domain}/complaint`]: [...vocabulary, `${domain}/time`, `${domain}/citizen`],
  [`${domain}/attachments`]: [...vocabulary, `${domain}/time`, `${domain}/complaint`],
  [`${domain}/deadlines`]: [...vocabulary, `${domain}/time`, `${domain}/complaint`],
  [`${domain}/escalation`]: [...vocabulary, `${domain}/time`, `${domain}/complaint`],
  [`${domain}/telling`]: allOfDomain,
  [`${domain}/statistics`]: [...vocabulary, `${domain}/time`, `${domain}/complaint`],
  "shared/runtime": [],
  "shared/province": [...allOfDomain, "shared/province/faults"],
  "shared/province/faults": allOfDomain,
  // Two versions of a province's file beside each other; it reads and writes nothing.
  "shared/province/changes": [...allOfDomain, "shared/province", "shared/province/faults", "shared/runtime"],
  "shared/messaging": [...allOfDomain, "shared/runtime"],
  "shared/store": ["shared/runtime", ...vocabulary],
  ...Object.fromEntries(
    store.slice(1).map((room) => [room, [...allOfDomain, "shared/province", "shared/runtime", ...store]]),
  ),
  [pipelines]: [...everythingShared, wording],
  [wording]: allOfDomain,
  "functions/api": [...everythingShared, pipelines, wording],
  "functions/callbacks": [...everythingShared, pipelines],
  "functions/canary": [...everythingShared, pipelines],
  "functions/dispatch": [...everythingShared, pipelines],
  "functions/notify": [...everythingShared, pipelines],
  "functions/hours": [...everythingShared, pipelines],
  "functions/attachments": [...everythingShared, pipelines, "functions/attachments/cleaning"],
  // Works on bytes alone: it knows no store, no complaint and no event.
  "functions/attachments/cleaning": ["shared/runtime", `${domain}/attachments`],
  "functions/escalation": [...everythingShared, pipelines, "functions/hours"],
  "functions/statistics": [...everythingShared, pipelines],
  // Made of what is published alone, in words and drawings; what it reads stands in its entry.
  "functions/page": [
    ...everythingShared,
    pipelines,
    ...["drawings", "html", "model", "words"].map((room) => `functions/page/${room}`),
  ],
  "functions/page/drawings": [...vocabulary, `${domain}/statistics`, `${domain}/telling`],
  "functions/retention": [...everythingShared, pipelines],
  "functions/page/model": [...allOfDomain, "functions/page", "functions/page/drawings"],
  "functions/page/words": [...allOfDomain, "functions/page", "functions/page/model"],
  "functions/page/html": [
    ...allOfDomain,
    "functions/page",
    "functions/page/model",
    "functions/page/words",
    "functions/page/drawings",
  ],
  "functions/watch": [...everythingShared, pipelines],
  "functions/push": [...everythingShared, pipelines],
  "functions/redrive": [...everythingShared, pipelines, "functions/dispatch"],
  infra: ["shared/province", "shared/province/changes", "shared/runtime"],
  // Made of what the operations say of themselves, so it alone reads them; a program that the synthesis runs.
  "infra/documents": [...everythingShared, "infra", "functions/api", wording, pipelines, "functions/page/drawings"],
  // A person's own programs, run by hand with rights of their own.
  "infra/operator": [...everythingShared, "shared/province/changes", "infra"],
  // What runs here is what deploys: the local cloud knows the synthesized assembly and nothing of ours.
  "infra/local": [],
  // A client like any other, which borrows the machine's own words for what goes wrong.
  "infra/demo": ["infra/local", "infra/demo/year"],
  // Makes up a province and what happens in it, by the very clock that its offices go by.
  "infra/demo/year": ["infra/demo", "infra/local", "shared/province", ...vocabulary, `${domain}/time`],
};

/** Packages a folder may not know of. */
const strangers: Record<string, RegExp> = {
  "shared/domain": /^(?!(zod|@persian-tools\/persian-tools|temporal-polyfill\/fns\/\w+|node:crypto)$)/,
  // Read by constructs too, which need no client.
  "shared/runtime/keys.ts": /./,
  "shared/runtime/edge-names.ts": /./,
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

/** Folders that belong to the room above them: a caller's operations, the parts of a service or of the documents. */
const parts =
  /^(functions\/api\/(admin|agency|any-caller|citizen|front-end|inspector|overseer|public)|functions\/attachments\/cleaning\/(pdf|pictures|recordings)|infra\/(stacks|constructs)|infra\/(documents|local|operator)\/[\w-]+)$/;

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
  expect(local.filter(({ to }) => !existsSync(join(root, to)))).toEqual([]);
  // A path of our own in a URL would be an arrow that nobody sees; the local cloud finds its own programs so.
  const hidden = sources.filter((file) => !file.startsWith("infra/local/") && /new URL\([`"']\.\.?\//.test(read(file)));
  expect(hidden).toEqual([]);
  // Nor is one followed that is named by an expression, or asked for in another way.
  const unnamed = /\bimport\s*\(\s*(?!["'])|\brequire\s*\(|getBuiltinModule|createRequire/;
  const free = /^infra\/(local|bundle\.ts)/;
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
    "firstRunWithinMs",
    "inHandMs",
    "overdueAfterMs",
    "countingRules",
    "highestLevel",
    "roundingVariance",
    "z95",
    "feedSettlesAfterMs",
  ]);
  const elsewhere = sources.filter(
    (file) =>
      file.startsWith(`${domain}/`) && !file.startsWith(`${domain}/citizen/`) && file !== `${domain}/policy-numbers.ts`,
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
  test("no file is longer than 200 lines", () => {
    const long = sources.filter((file) => read(file).split("\n").length > 201);
    expect(long).toEqual([]);
  });

  test("no operation of the API is longer than 60 lines", () => {
    const operations = globSync("functions/api/*/*.ts", { cwd: root }).filter((file) => roomOf(file) !== wording);
    const long = operations.filter((file) => read(file).split("\n").length > 61);
    expect(long).toEqual([]);
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
