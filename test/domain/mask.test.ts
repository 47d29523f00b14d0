import { describe, expect, test } from "vitest";
import { givenTokens, maskText, maskTexts } from "../../shared/domain/mask.ts";

const words = givenTokens({
  name: "زهرا محمّدی‌نژاد",
  phone: "+4915112345678",
  nationalId: "0012345679",
  email: "Zahra@mail.example",
});
const mask = (written: string) => maskText(written, (word) => words.includes(word));

describe("what an agency reads of a citizen who did not agree to be known", () => {
  test.each([
    ["the name", "من زهرا محمدی‌نژاد هستم", "من █████ █████ هستم"],
    ["the name in Arabic letters", "محمدي‌نژاد", "█████"],
    ["a national id", "کد ملی من ۰۰۸۴۵۷۵۹۴۸ است", "کد ملی من █████ است"],
    ["a phone with spaces", "با 0912 200 2580 تماس بگیرید", "با █████ تماس بگیرید"],
    ["a national id and a phone side by side", "۰۰۸۴۵۷۵۹۴۸ 0912 200 2580", "█████ █████"],
    ["a phone beside another number", "پرونده 12345 09122002580", "پرونده 12345 █████"],
    ["the name with a suffix", "من زهرا‌ام", "من █████"],
    ["a double name with a space", "خانم محمدی نژاد", "خانم █████ █████"],
    ["a phone as databases write it", "989122002580", "█████"],
    ["a phone with slashes", "0912/200/2580", "█████"],
    ["a phone with hidden marks", "0912\u200e200\u200e2580", "█████"],
    ["a phone in wide digits", "０９１２２００２５８０", "█████"],
    ["the given phone without its country", "015112345678", "█████"],
    ["the end of the given phone", "12 34 56 78", "█████"],
    ["the given id without its zeros", "شمارهٔ 12345679", "شمارهٔ █████"],
    ["the given address", "به zahra@MAIL.example بنویسید", "به █████ بنویسید"],
    ["a phone abroad", "call +49 30 901820 please", "call █████ please"],
  ])("has %s blanked", (_, written, read) => {
    expect(mask(written)).toBe(read);
  });

  test.each([
    ["an address of somebody else", "به office@qazvin.example نوشتم"],
    ["a date", "روز ۱۴۰۵/۰۹/۰۳ ساعت ۸:۳۰"],
    ["a case number that is no national id", "پرونده 1234567892"],
    ["a sum", "۱۲۰۰۰۰۰ ریال"],
  ])("has %s left as it is", (_, written) => {
    expect(mask(written)).toBeUndefined();
  });

  test("names only the texts that had to be masked", () => {
    const isGiven = (word: string) => words.includes(word);
    expect(maskTexts({ comment: "زهرا", reason: "دیر شد", text: undefined }, isGiven)).toEqual({ comment: "█████" });
    expect(maskTexts({ actions: [{ text: "دیر شد" }, { text: "تماس با زهرا" }] }, isGiven)).toEqual({
      actions: [{ text: "دیر شد" }, { text: "تماس با █████" }],
    });
    expect(maskTexts({ reason: "دیر شد", actions: [{ text: "دیر شد" }] }, () => false)).toBeUndefined();
  });
});
