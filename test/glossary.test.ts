import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AuditEntry } from "#functions/audit/audit-entry.ts";
import { breakdowns } from "#functions/figures/tables.ts";
import { WaitingRow } from "#functions/figures/waiting.ts";
import { problemTexts, reasonTexts } from "#functions/http/problem-texts.ts";
import { Closure, Finding, RejectionReason, Status } from "#shared/complaints/complaint.ts";
import { CallGroup, CallOutcome, ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import { ComplaintEvent, VisitResult } from "#shared/complaints/event.ts";
import { UploadRefusalReason } from "#shared/files/attachment.ts";
import { ruleFiles } from "./support/rule-files.ts";
import { trackedFiles } from "./support/tracked-files.ts";

const root = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const tracked = trackedFiles.filter((file) => /\.(ts|md)$/.test(file));

const [rules = "", glossary = ""] = read("docs/domain.md").split("\n## Glossary\n");

type Row = { term: string; meaning: string; persian: string };

/** The rows of each table of the glossary, by the heading above it. */
const tables = new Map(
  glossary.split("\n### ").flatMap((section): [string, Row[]][] => {
    const rows = [...section.matchAll(/^\| (.+?) \| (.+) \| (.+?) \|$/gm)].slice(2);
    const heading = section.split("\n")[0] ?? "";
    return rows.length === 0
      ? []
      : [[heading, rows.map(([, term = "", meaning = "", persian = ""]) => ({ term, meaning, persian }))]];
  }),
);
const termsOf = (isWanted: (heading: string) => boolean) =>
  [...tables].flatMap(([heading, rows]) => (isWanted(heading) ? rows.map(({ term }) => term.replaceAll("`", "")) : []));

const typesOf = (union: { options: { shape: { type: { value: string } } }[] }) =>
  union.options.map(({ shape }) => shape.type.value);

/** The words that callers read, by the heading of their table. */
const words: Record<string, string[]> = {
  Statuses: Status.options,
  Closures: Closure.options,
  Findings: Finding.options,
  "Visit results": VisitResult.options,
  "Event types": [...typesOf(ComplaintEvent.unwrap()), "internal"],
  "Entry types of the confidential log": typesOf(ConfidentialEntry.unwrap()),
  "Audit types": typesOf(AuditEntry),
  Outcomes: [...breakdowns.outcome],
  "Waiting complaints": Object.keys(WaitingRow.shape),
  "Call outcomes": CallOutcome.options,
  "Call groups": CallGroup.options,
  "Reasons why a file is refused": UploadRefusalReason.options,
  "Problem codes": Object.keys(problemTexts),
  "Fault reasons": Object.keys(reasonTexts),
};

describe("the glossary", () => {
  test.each(Object.keys(words))("has each word of the table %s, and no other", (heading) => {
    expect(termsOf((other) => other === heading).sort()).toEqual([...(words[heading] ?? [])].sort());
  });

  test("has each reason of a rejection among the closures", () => {
    expect(termsOf((heading) => heading === "Closures")).toEqual(expect.arrayContaining(RejectionReason.options));
  });

  test("has each exported type, schema and class of the domain, and no other", () => {
    const ofProvince = "shared/province/{directory,terms,retirement,counted-province,clients}.ts";
    const files = [
      ...ruleFiles,
      ...globSync([ofProvince, "shared/storage/{newer-items,internal-steps}.ts"], { cwd: root }),
    ];
    const exported = files.flatMap((file) =>
      [...read(file).matchAll(/^export (?:type|interface|const|class) ([A-Z]\w*)/gm)].map(([, name = ""]) => name),
    );
    expect(termsOf((heading) => heading.startsWith("Types")).sort()).toEqual([...new Set(exported)].sort());
  });

  test("has only terms that the documents use", () => {
    const pages = tracked.filter((file) => file.endsWith(".md") && file !== "docs/domain.md");
    const text = [rules, ...pages.map(read)].join("\n").replaceAll(/\s+/g, " ").toLowerCase();
    const terms = termsOf((heading) => !(heading in words) && !heading.startsWith("Types"));
    expect(terms.length).toBeGreaterThan(50);
    expect(terms.filter((term) => !new RegExp(`\\b${term}`).test(text))).toEqual([]);
  });

  test("explains each term once in a table, in one sentence, and names it in Persian", () => {
    const rows = [...tables].flatMap(([heading, entries]) => entries.map((row) => ({ heading, ...row })));
    const keys = rows.map(({ heading, term }) => `${heading}: ${term}`);
    expect(keys.filter((key, n) => keys.indexOf(key) !== n)).toEqual([]);
    const unclear = rows.filter(({ meaning, persian }) => !/^[A-Z].*\.$/.test(meaning) || !/[آ-ی]/.test(persian));
    expect(unclear).toEqual([]);
  });
});

type Retired = { word: RegExp; say: string; allowed: string[] };

/** Pages in plain words, where no retired word may come back. */
const plainPages = ["docs/domain.md", "docs/decisions", "docs/research", "CHANGELOG.md", "CONTRIBUTING.md"];

/** Words that were replaced, and the files and folders that still have them. Take a path out once it is free of the word. */
const retired: Retired[] = [
  {
    word: /\bapart\b/,
    say: "excluded, separately",
    allowed: ["docs", "test"],
  },
  {
    word: /\bprivate (acts?|notes?|series)\b/,
    say: "confidential log, entry",
    allowed: [],
  },
  {
    word: /\bpass(ed|es|ing)? on\b|passedOn/,
    say: "transferred out, delivered",
    allowed: ["infra/programs/local-cloud", "test"],
  },
  { word: /\brecordKey\b/, say: "roundingKey", allowed: [] },
  {
    word: /\bspent\b|[a-z]Spent/,
    say: "idempotency key, idempotency record",
    allowed: ["test"],
  },
  {
    word: /\b[oO]vertaken|[a-z]Overtaken/,
    say: "conflict",
    allowed: ["shared", "functions", "test/persistence/calls.test.ts"],
  },
  { word: /\b[gG]ivers?\b/, say: "previous agency", allowed: ["test/province/histories.properties.test.ts"] },
  {
    word: /\b[fF]ollowers?\b|[a-z]Follower/,
    say: "webhook subscription",
    allowed: ["test"],
  },
  {
    word: /\b[rR]ungs?\b|\brung[A-Z]|[a-z]Rung/,
    say: "escalation level",
    allowed: ["test/domain/complaint/call.test.ts"],
  },
  {
    word: /\b[lL]adders?\b|[a-z]Ladder/,
    say: "escalation levels",
    allowed: [],
  },
  {
    word: /\bclimb/,
    say: "escalate",
    allowed: ["test"],
  },
  {
    word: /\b[hH]older\b|[a-z]Holder/,
    say: "authority",
    allowed: ["infra", "shared", "functions", "test"],
  },
  {
    word: /\bwalk(s|ed|ing)?\b/,
    say: "scan",
    allowed: ["test"],
  },
  {
    word: /\battend(s|ed|ing)?\b/,
    say: "process",
    allowed: [],
  },
  {
    word: /(?<!secret-)\btold\b|[a-z]Told\b/,
    say: "published; visible to, delivered to",
    allowed: ["docs", "functions", "infra", "shared", "test"],
  },
  {
    word: /\b[wW]hoever\b/,
    say: "name the person",
    allowed: ["test"],
  },
  {
    word: /\bleft out\b|\bleaves out\b/,
    say: "excluded, skipped",
    allowed: ["docs", "functions", "infra", "shared", "test"],
  },
  { word: /\btelling\//, say: "views, notifications", allowed: [] },
  {
    word: /\bguards?\b|\bGuards?\b/,
    say: "refusal check, refuse…",
    allowed: [
      "docs/architecture.md",
      "infra/programs/local-cloud",
      "test/infra/planted-rights.test.ts",
      "test/support",
    ],
  },
  {
    word: /\bforeign\b/,
    say: "unknown issuer, of another site",
    allowed: ["docs", "test"],
  },
  {
    word: /\bwalls?\b/,
    say: "service limit",
    allowed: ["docs/architecture.md", "functions/public-page/words/numbers-and-dates.ts", "test"],
  },
  {
    word: /\bwakes?\b|\bwoken\b/,
    say: "start",
    allowed: ["docs/architecture.md", "infra", "test"],
  },
  {
    word: /\bconfid(e|es|ed)\b|\blend(s|ing)?\b|\blent\b/,
    say: "grant",
    allowed: ["test"],
  },
];

const isUnder = (file: string, paths: string[]) => paths.some((path) => file === path || file.startsWith(`${path}/`));

/** The files that list retired words, or quote readers. */
const listsThem = ["test/glossary.test.ts", "docs/research/wire-words.md", "docs/research/reading-test.md"];

describe("retired words", () => {
  test.each(retired)("$word has become: $say", ({ word, allowed }) => {
    const open = tracked.filter((file) => isUnder(file, plainPages) || !isUnder(file, allowed));
    const found = open.filter((file) => !listsThem.includes(file) && word.test(read(file)));
    expect(found).toEqual([]);
  });
});
