import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparableName, latinDigits, normalizeText, text } from "#shared/domain/text.ts";

test.each([
  ["Arabic yeh and kaf", "شكايت از كارمندي", "شکایت از کارمندی"],
  ["Arabic digits become Persian ones", "ساعت ٨ و ٣٠", "ساعت ۸ و ۳۰"],
  ["a half-space is kept", "می‌خواهم", "می‌خواهم"],
  ["hidden reordering is taken out", "abc\u202edef\u2066", "abcdef"],
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
  fc.assert(
    fc.property(fc.nat(), (n) => {
      const persian = n.toLocaleString("fa-IR", { useGrouping: false });
      const arabic = n.toLocaleString("ar-EG", { useGrouping: false });
      expect([latinDigits(persian), latinDigits(arabic)]).toEqual([String(n), String(n)]);
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
    ["a tab and two lines", "یک\tدو\nسه\r\nچهار پنج"],
  ])("takes %s", (_, written) => {
    expect(schema.safeParse(written).success).toBe(true);
  });

  test.each([
    ["4,001", "ا".repeat(4_001), "max-characters"],
    ["9 and spaces", "  123456789  ", "min-characters"],
    ["a lone surrogate", `ده نویسه و بیشتر \ud800`, "well-formed"],
    ["a NUL", "ده نویسه و بیشتر \u0000", "no-controls"],
    ["an escape", "ده نویسه و بیشتر \u001b", "no-controls"],
    ["a delete", "ده نویسه و بیشتر \u007f", "no-controls"],
  ])("refuses %s", (_, written, rule) => {
    expect(schema.safeParse(written).error?.issues).toMatchObject([{ params: { rule } }]);
  });
});
