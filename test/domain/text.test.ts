import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Officer } from "#shared/people/people.ts";
import { comparableName, latinDigits, normalizeText, singleLineText, text, withoutSeparators } from "#shared/text.ts";
import { digitsOfEveryScript } from "../support/numerals.ts";

test.each([
  ["Arabic yeh and kaf", "شكايت از كارمندي", "شکایت از کارمندی"],
  ["Arabic digits become Persian ones", "ساعت ٨ و ٣٠", "ساعت ۸ و ۳۰"],
  ["a half-space is kept", "می‌خواهم", "می‌خواهم"],
  ["hidden reordering is taken out", "abc\u202edef\u2066", "abcdef"],
  ["controls go, tab and line feed stay", "a\u0000\u001b\u007f\u009fb\tc\nd", "ab\tc\nd"],
  ["marks without width go, the two joiners stay", "a\u2060\ufeff\u00ad\u200eb\u200cc\u200dd", "ab\u200cc\u200dd"],
  ["tags and noncharacters go", "a\u{e0041}\ufdd0\u{1ffff}b", "ab"],
  ["whatever ends a line is a line feed", "یک\u2028دو\u2029سه\u0085چهار\u000bپنج\u000cشش", "یک\nدو\nسه\nچهار\nپنج\nشش"],
  ["fillers that are seen as a blank are one", "من\u3164سارا\u115fنوری", "من سارا نوری"],
  ["where a word may end, it ends", "سارا\u200bنوری", "سارا\u200cنوری"],
  ["the sign before an Arabic number stays", "\u0600۱۲", "\u0600۱۲"],
  ["an emoji of several parts stays one", "👩\u200d💻❤\ufe0f", "👩\u200d💻❤\ufe0f"],
  ["space around it goes, lines stay", "  یک\r\nدو  ", "یک\nدو"],
  ["an old machine's line is a line", "یک\rدو", "یک\nدو"],
  ["composed and decomposed are one", "A\u0301", "\u00c1"],
])("%s", (_, written, normalized) => {
  expect(normalizeText(written)).toBe(normalized);
});

test("normalizing twice changes nothing more", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (any) => normalizeText(normalizeText(any)) === normalizeText(any)),
  );
});

test("digits of every script mean the same number", () => {
  expect(digitsOfEveryScript.length).toBeGreaterThan(50);
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...digitsOfEveryScript), (n, [, digits]) => {
      const written = `${n}`.replace(/\d/g, (digit) => digits[Number(digit)] ?? "");
      expect([latinDigits(written), withoutSeparators(` ${written} `)]).toEqual([String(n), String(n)]);
    }),
  );
});

test.each([
  ["علی‌رضا کریمی", "عليرضا  كريمى"],
  ["مسئول", "مسیول"],
  ["Ali Rezaei", "ali-rezaei"],
  ["علیرضا", "ﻋﻠﯿﺮﺿﺎ"],
  ["خانزاده", "خانزادۀ"],
  ["خانزاده", "خانزادہ"],
  ["خانزاده", "خانزادھ"],
  ["آرمین", "ارمین"],
])("%s and %s are one name", (a, b) => {
  expect(comparableName(a)).toBe(comparableName(b));
});

describe("a text of 10 to 4,000 characters", () => {
  const schema = text({ min: 10, max: 4_000 });

  test.each([
    ["exactly 10", "۱۲۳۴۵۶۷۸۹۰"],
    ["exactly 4,000", "ا".repeat(4_000)],
    ["4,000 outside the basic plane", "😀".repeat(4_000)],
    ["10 and half-spaces between them", "می‌خواهم‌بروم"],
    ["a tab and two lines", "یک\tدو\nسه\r\nچهار پنج"],
  ])("takes %s", (_, written) => {
    expect(schema.safeParse(written).success).toBe(true);
  });

  test.each([
    ["4,001", "ا".repeat(4_001), "max-characters"],
    ["9 and spaces", "  123456789  ", "min-characters"],
    ["30 half-spaces", "\u200c".repeat(30), "min-characters"],
    ["9 and half-spaces", "۱۲۳۴۵\u200c۶\u200c۷۸۹\u200c", "min-characters"],
    ["12 fillers of Hangul", "\u3164\u115f\u1160\uffa0".repeat(3), "min-characters"],
    ["12 empty Braille cells", "\u2800".repeat(12), "min-characters"],
    ["12 selectors of a look", "\ufe0f\u034f\u180b".repeat(4), "min-characters"],
    ["4,000 and a half-space", `${"ا".repeat(3_999)}\u200cا`, "max-characters"],
    ["a lone surrogate", `ده نویسه و بیشتر \ud800`, "not-unicode"],
  ])("refuses %s", (_, written, rule) => {
    expect(schema.safeParse(written).error?.issues).toMatchObject([{ params: { rule } }]);
  });
});

test("what was taken once is taken again as it is kept, whatever hides in it", () => {
  const parts = [
    "e",
    "ß",
    "ﬃ",
    "ە",
    "ي",
    "٣",
    "\u0301",
    "\u0654",
    "\u200e",
    "\u200c",
    "\u200b",
    "\u3164",
    "\u2800",
    "\n",
    " ",
  ];
  const kinds = [text({ min: 2, max: 12 }), singleLineText({ min: 2, max: 12 }), Officer.shape.personnelId.unwrap()];
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.array(fc.constantFrom(...parts), { maxLength: 30 }), (kind, written) => {
      const { data } = kind.safeParse(written.join(""));
      return data === undefined || kind.safeParse(data).data === data;
    }),
    { numRuns: 20_000 },
  );
});

test.each([
  [
    "a name of one letter and a mark that something unseen keeps apart",
    singleLineText({ min: 2, max: 100 }),
    "e\u200e\u0301",
  ],
  ["a name of lines that hold nothing", singleLineText({ min: 2, max: 100 }), "\u200c\n\n\u200c"],
  ["a number that is longer in capitals", Officer.shape.personnelId.unwrap(), "ß".repeat(16)],
])("refuses %s", (_, schema, written) => {
  expect(schema.safeParse(written).success).toBe(false);
});

test("a name is of one line, however it was typed", () => {
  expect(singleLineText({ max: 20 }).parse("زهرا\r\n\tمحمدی\n")).toBe("زهرا محمدی");
});
