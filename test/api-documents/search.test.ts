import { describe, expect, test } from "vitest";
import { docsPages } from "#functions/documents/documents.api.ts";
import { routes } from "#infra/programs/documents/pages/api.ts";
import { indexIn } from "#infra/programs/documents/pages/page.ts";
import { searchIn } from "#infra/programs/documents/pages/search-ranking.ts";
import { stemsOf } from "#infra/programs/documents/pages/word-stems.ts";
import { englishQueries, persianQueries } from "../support/searched-words.ts";
import { strangersEnglish, strangersPersian } from "../support/strangers-words.ts";

const search = {
  en: searchIn(indexIn("en"), docsPages.indexOf("start")),
  fa: searchIn(indexIn("fa"), docsPages.indexOf("start")),
};
const idsOf = (language: "en" | "fa", query: string) => search[language](query).entries.map(([, id]) => id);
const queriesOf = (queries: Record<string, string>) =>
  Object.entries(queries).flatMap(([id, all]) => all.split(" | ").map((query) => [query, id] as const));

describe.each([
  ["en", englishQueries],
  ["fa", persianQueries],
] as const)("what a stranger types in %s", (language, queries) => {
  test("is written down for every operation, three times", () => {
    const ids = routes.map(({ operation }) => operation.operationId);
    expect(Object.keys(queries).sort()).toEqual(ids.sort());
    expect(Object.entries(queries).filter(([, all]) => all.split(" | ").length !== 3)).toEqual([]);
  });

  test.each(queriesOf(queries))("%s has %s among the first three", (query, id) => {
    expect(idsOf(language, query).slice(0, 3)).toContain(id);
  });
});

test.each([
  ...queriesOf(strangersEnglish).map(([query, id]) => ["en", query, id] as const),
  ...queriesOf(strangersPersian).map(([query, id]) => ["fa", query, id] as const),
])("a stranger who types in %s: %s finds %s among the first three", (language, query, id) => {
  expect(idsOf(language, query).slice(0, 3)).toContain(id);
});

describe("the search", () => {
  test.each([
    ["en", "upload qqqq", "postComplaintAttachments", ["qqqq"]],
    ["fa", "تمدید مهلت قورباغه", "postAgencyComplaintExtension", ["قورباغه"]],
  ] as const)(
    "in %s finds by the other words of %s, and says which word nothing has",
    (language, query, id, unknown) => {
      expect(idsOf(language, query)[0]).toBe(id);
      expect(search[language](query).unknown).toEqual(unknown);
    },
  );

  test("finds nothing where nothing has a word", () => {
    expect(search.en("qqqq zzzz")).toEqual({ entries: [], unknown: ["qqqq", "zzzz"] });
    expect(search.en("   ")).toEqual({ entries: [], unknown: [] });
  });

  test.each(["en", "fa"] as const)("in %s has operations before texts, and shapes last", (language) => {
    const kinds = search[language]("upload").entries.map(([kind]) => kind);
    expect(kinds[0]).toBe("operation");
    expect(kinds.indexOf("shape")).toBeGreaterThan(kinds.lastIndexOf("operation"));
    expect(search[language]("CitizenView").entries.map(([, id]) => id)).toEqual(["CitizenView"]);
  });

  test.each([
    ["fa", "پیوست", ["پیوست‌ها", "پیوست ها", "پیوستها", "پيوست", "پیوست‌های"]],
    ["fa", "کاربران ثبت‌شده", ["كاربران ثبت شده", "کاربرانِ ثبت‌شده", "کاربران ثبت‌شده‌ای"]],
    ["fa", "وب‌هوک", ["وبهوک", "وب هوک", "وب‌هوك"]],
    ["en", "reply", ["replies", "replied", "Replying"]],
    ["en", "extension", ["extensions", "extesnion", "extenson"]],
    ["en", "postponed-without-reason", ["postponed without reason"]],
  ] as const)("in %s finds first for %s what it finds for its other forms", (language, query, forms) => {
    const [first] = idsOf(language, query);
    expect(first).toBeDefined();
    for (const form of forms)
      expect([form, idsOf(language, form).slice(0, 3)]).toEqual([form, expect.arrayContaining([first])]);
  });

  test("finds while the word is being typed", () => {
    for (const typed of ["up", "uplo", "upload"]) expect(idsOf("en", typed)).toContain("postComplaintAttachments");
    expect(idsOf("fa", "بازدی")).toContain("getInspectorVisits");
  });
});

test("words of one stem are those of one meaning", () => {
  for (const forms of [
    "file filing filed files",
    "agency agencies agency's",
    "stop stopped stopping stops",
    "شکایت شکایت‌ها شکایتها شکایت‌های شکایتی شکایتم",
  ])
    expect(new Set(forms.split(" ").map((form) => stemsOf(form)[0])).size).toBe(1);
  for (const others of ["complaint complete", "visit visible", "کار کاربر", "رمز رد"])
    expect(new Set(others.split(" ").map((form) => stemsOf(form)[0])).size).toBe(2);
});
