import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { ruleTexts } from "#functions/http/field-errors.ts";
import { fieldLabels, labelOf } from "#functions/http/field-labels.ts";
import { Problem, problemReply } from "#functions/http/problem.ts";
import { parseJson, parseOrRefuse } from "#functions/http/request.ts";
import { securitySchemes } from "#infra/programs/documents/openapi/callers.ts";
import { headerParameters } from "#infra/programs/documents/openapi/headers.ts";
import { allRoutes } from "#infra/programs/documents/openapi/openapi.ts";
import { isJson } from "#infra/programs/documents/schemas/schemas.ts";
import { Filing } from "#shared/complaints/filing.ts";
import { Fault } from "#shared/fault.ts";
import { Announcement } from "#shared/files/attachment.ts";
import { filingBody } from "../support/a-complaint.ts";

function refused(act: () => unknown, language: "fa" | "en") {
  try {
    act();
  } catch (fault) {
    return Problem.parse(problemReply(fault, { language, docs: "https://foad.example/v1/docs" }).body);
  }
  throw new Error("nothing was wrong");
}
const details = (act: () => unknown) => [refused(act, "fa").detail, refused(act, "en").detail];

describe("what is wrong is told to the person in front of the form in sentences", () => {
  test.each<[string, () => unknown, string, string]>([
    [
      "a phone",
      () => parseOrRefuse(Filing, filingBody({ citizen: { phone: "0912 12" } })),
      "شمارهٔ تلفن شهروند درست نیست؛ مانند 09121234567 بنویسید.",
      "The citizen's phone number is not valid: write it like 09121234567.",
    ],
    [
      "a short description",
      () => parseOrRefuse(Filing, filingBody({ description: "کوتاه" })),
      "شرح شکایت باید دست‌کم ۱۰ نویسه داشته باشد.",
      "The description must have 10 or more characters.",
    ],
    [
      "a file that is too large",
      () => parseOrRefuse(Announcement, { fileName: "a.pdf", contentType: "application/pdf", size: 10_485_761 }),
      "حجم فایل باید حداکثر ۱۰ مگابایت باشد.",
      "The file's size must be 10 MB or less.",
    ],
    [
      "a request that is too large",
      () => {
        throw new Fault("too-large", { values: { limit: "262144" } });
      },
      "درخواست باید حداکثر ۲۵۶ کیلوبایت باشد؛ متن‌ها را کوتاه کنید. فایل جداگانه فرستاده می‌شود.",
      "A request may have 256 KB at most: shorten its texts. Files are sent on their own.",
    ],
    [
      "one of several items",
      () => {
        throw new Fault("invalid", { errors: [{ path: "actions[1].dueOn", rule: "in-the-past" }] });
      },
      "تاریخ انجام اقدام (شمارهٔ ۲) گذشته است.",
      "The date of a promised action (no. 2) has passed.",
    ],
    [
      "what is no JSON",
      () => parseJson('{\n  "agencyId": "gas",\n  "phone": 0912}'),
      "درخواست JSON درستی نیست؛ سطر ۳، ستون ۱۳ را ببینید.",
      "The request is not valid JSON: see line 3, column 13.",
    ],
    [
      "a field that nobody knows",
      () => parseOrRefuse(Filing, { ...filingBody(), "<script>": "x" }),
      "یکی از فیلدهای فرستاده‌شده این‌جا شناخته نیست.",
      "A field that was sent is not known here.",
    ],
  ])("%s", (_, act, fa, en) => {
    expect(details(act)).toEqual([fa, en]);
  });

  test("of many wrong fields the first three, and how many more there are", () => {
    expect(details(() => parseOrRefuse(Filing, {}))).toEqual([
      "دستگاه اجرایی لازم است. شهرستان لازم است. موضوع شکایت لازم است. و ۲ مورد دیگر.",
      "The agency is required. The county is required. The subject of the complaint is required. And 2 more.",
    ]);
  });

  test("while `errors` goes on telling programs the limit in bytes", () => {
    const { errors } = refused(
      () => parseOrRefuse(Announcement, { fileName: "a.pdf", contentType: "application/pdf", size: 2 ** 30 }),
      "en",
    );
    expect(errors).toEqual([
      { path: "size", code: "max-bytes", params: { limit: 10_485_760 }, message: "must be 10 MB or less" },
    ]);
  });
});

describe("what is no JSON is told by its place", () => {
  test.each([
    ['{"a": 1,}', 1, 9],
    ['{"a": ', 1, 7],
    ["", 1, 1],
    ["[1 2]", 1, 4],
    ['{"a":"ا\nب"}', 1, 8],
    ['{"a":"x\\y"}', 1, 8],
    ['{"a":"never closed}', 1, 6],
    ["01", 1, 2],
    ['{"a":tru}', 1, 6],
    ["[]x", 1, 3],
    ["[}", 1, 2],
    ['{"a" 1}', 1, 6],
    ['{\r\n "a": [true, null, -1.5e3],\n  b: {}}', 3, 3],
    [`${"[".repeat(40_000)}${"]".repeat(39_999)}`, 1, 80_000],
  ])("%j", (json, line, column) => {
    const { errors } = refused(() => parseJson(json), "en");
    expect(errors).toMatchObject([{ path: "", code: "not-json", params: { line, column } }]);
  });

  test("and nothing of what was written", () => {
    const problem = refused(() => parseJson('{"phone": "09121234567" "name": "زهرا"}'), "fa");
    expect(JSON.stringify(problem)).not.toMatch(/0912|زهرا/);
    expect(problem.errors).toMatchObject([{ params: { line: 1, column: 25, offset: 24 } }]);
  });
});

describe("a field that nobody knows is told with the name that is meant", () => {
  test.each([
    ["agencyID", "agencyId"],
    ["agency_id", "agencyId"],
    ["AGENCY-ID", "agencyId"],
    ["agenciId", "agencyId"],
    ["descripton", "description"],
    ["citzen", "citizen"],
  ])("%s", (written, didYouMean) => {
    const { errors, detail } = refused(() => parseOrRefuse(Filing, { ...filingBody(), [written]: "x" }), "en");
    const message = `is not known here: perhaps \`${didYouMean}\` is meant`;
    expect(errors).toEqual([
      { path: expect.stringContaining(written), code: "unknown-field", params: { didYouMean }, message },
    ]);
    expect(detail).toBe(`A field that was sent ${message}.`);
  });

  test("also further in, by the names of that object alone", () => {
    const sent = filingBody({ citizen: { phon: "09121234567", agencyID: "x" } });
    const { errors } = refused(() => parseOrRefuse(Filing, sent), "en");
    expect(errors).toMatchObject([
      { path: "citizen.phon", params: { didYouMean: "phone" } },
      { path: "citizen.agencyID", code: "unknown-field" },
    ]);
    expect(errors?.[1]).not.toHaveProperty("params");
  });

  test("and with none if the object has no fields, or tells none", () => {
    const lists = [z.strictObject({}), z.record(z.enum(["a"]), z.string())];
    const errorsOf = (schema: z.ZodType) =>
      refused(() => parseOrRefuse(schema, { a: "x", a1: "x", "key:": "x" }), "en").errors ?? [];
    for (const error of lists.flatMap(errorsOf)) {
      expect(error.code).toBe("unknown-field");
      expect(error).not.toHaveProperty("params");
    }
  });

  test.each(["priority", "x", "__proto__", "constructor", "agencyId".repeat(9_000), ""])(
    "and with none if none is close: %s",
    (written) => {
      const sent = JSON.parse(`${JSON.stringify(filingBody()).slice(0, -1)},${JSON.stringify(written)}:1}`);
      const { errors } = refused(() => parseOrRefuse(Filing, sent), "en");
      expect(errors).toMatchObject([{ code: "unknown-field" }]);
      expect(errors?.[0]).not.toHaveProperty("params");
    },
  );
});

describe("every field that may be refused", () => {
  const headers = [...Object.values(headerParameters).map(({ name }) => name), securitySchemes("").secret.name]
    // Whatever it says is taken.
    .filter((name) => name !== "Accept-Language");
  const sent = Object.values(allRoutes).flatMap(({ contract: { path, query, body } }) =>
    [path, query, body].flatMap((schema) =>
      schema ? pathsIn(z.toJSONSchema(schema, { io: "input", metadata: z.registry() }), "") : [],
    ),
  );
  const paths = [...new Set(["", ...headers, ...sent])];

  test.each(paths)("has a label: '%s'", (path) => {
    expect(labelOf(path)).toEqual({
      fa: expect.stringMatching(/[\u0600-\u06ff]/),
      en: expect.stringMatching(/^(The|What|Whether) /),
    });
  });

  test("has no more labels than there are fields", () => {
    const used = new Set(paths.map((path) => labelOf(path)));
    expect(Object.entries(fieldLabels).filter(([, label]) => !used.has(label))).toEqual([]);
  });

  test("has a name that no object inherits", () => {
    for (const path of ["constructor", "citizen.toString", "__proto__", '["نام"]'])
      expect(labelOf(path)).toBeUndefined();
  });
});

/** The paths of all fields of a schema, as problems write them; in lists those of the first item. */
function pathsIn(schema: unknown, at: string): string[] {
  if (!isJson(schema)) return [];
  const { properties, items, anyOf, oneOf } = schema;
  const fields = Object.entries(isJson(properties) ? properties : {}).flatMap(([name, field]) => {
    const path = at ? `${at}.${name}` : name;
    return [path, ...pathsIn(field, path)];
  });
  const choices = [anyOf, oneOf].flatMap((some) => (Array.isArray(some) ? some : []));
  return [...fields, ...pathsIn(items, `${at}[0]`), ...choices.flatMap((choice) => pathsIn(choice, at))];
}

test("every rule that the code names has a text, and every text a rule", () => {
  const root = join(import.meta.dirname, "../..");
  const files = globSync(["shared/**/*.ts", "functions/**/*.ts"], {
    cwd: root,
    exclude: ["shared/province/*schema.ts"],
  });
  const code = files
    // Without the texts themselves, which name every rule.
    .map((file) => readFileSync(join(root, file), "utf8").replace(/^export const ruleTexts[\s\S]*?^};/m, ""))
    .join("\n");
  const named = [...code.matchAll(/(?:rule: |invalidFault\([^()]*, |normalizedBy\(\w+, )"([a-z0-9-]+)"/g)].map(
    ([, rule = ""]) => rule,
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((rule) => !(rule in ruleTexts))).toEqual([]);
  // Composed of an end and a kind.
  const limits = /^(min|max)(-(items|characters))?$/;
  expect(Object.keys(ruleTexts).filter((rule) => !limits.test(rule) && !code.includes(`"${rule}"`))).toEqual([]);
});
