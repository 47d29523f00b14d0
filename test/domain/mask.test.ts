import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { givenTokens, maskText } from "#shared/domain/citizen/mask.ts";
import { maskTexts } from "#shared/domain/complaint/masked-texts.ts";

const words = givenTokens({
  name: "زهرا محمّدی‌نژاد",
  phone: "+4915112345678",
  nationalId: "0012345679",
  email: "Zahra@mail.example",
});
const mask = (written: string) => maskText(written, (word) => words.includes(word));

/** What is left of a text where the citizen gave these. */
function leftOf(written: string, given: Parameters<typeof givenTokens>[0]): string {
  const tokens = givenTokens(given);
  return maskText(written, (token) => tokens.includes(token)) ?? written;
}

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
    ["a phone with kashidas", "۰۹۱۲ـ۲۰۰ـ۲۵۸۰", "█████"],
    ["a phone with minus signs", "0912\u2212200\u22122580", "█████"],
    ["a national id with kashidas", "۰۰۸ـ۴۵۷۵۹۴ـ۸", "█████"],
    ["a phone in keycaps", "09122002580".replace(/./g, "$&\ufe0f\u20e3"), "█████\ufe0f\u20e3"],
  ])("has %s blanked", (_, written, read) => {
    expect(mask(written)).toBe(read);
  });

  test.each([
    ["an address of somebody else", "به office@qazvin.example نوشتم"],
    ["a date", "روز ۱۴۰۵/۰۹/۰۳ ساعت ۸:۳۰"],
    ["a case number that is no national id", "پرونده 1234567892"],
    ["a sum", "۱۲۰۰۰۰۰ ریال"],
    ["an addition", "۱۲۰۰۰۰۰ + ۳۴۵۰۰۰ = ۱۵۴۵۰۰۰ و 1200000+3450000=4650000"],
    ["a product", "۱۲ × ۴۵۰٬۰۰۰ ریال"],
    ["dates side by side", "۱۴۰۵/۰۹/۰۳ و ۱۴۰۵/۰۹/۱۰ = یک هفته"],
    ["times", "۸:۳۰ ~ ۱۰:۴۵ | ۱۱:۰۰ و ۱۲:۱۵"],
    ["a list of case numbers", "پرونده‌های ۱۲۳۴۵ و ۶۷۸۹۰ و ۲۴۶۸۰"],
    ["case numbers in columns", "00845 | 75948"],
    ["the given address with a sign fewer", "z.ahra@mail.example"],
    ["somebody else's phone across words", "۰۹۱۲ و ۲۰۰ و ۲۵۸۰"],
  ])("has %s left as it is", (_, written) => {
    expect(mask(written)).toBeUndefined();
  });

  test.each([
    ["a space within it", "علی رضا", "█████ █████"],
    ["a space that does not break", "علی\u00a0رضا", "█████\u00a0█████"],
    ["an underscore", "علی_رضا", "█████_█████"],
    ["a sign on the key of the half-space", "علی¬رضا", "█████¬█████"],
    ["two of its words joined", "حسینزاده", "█████"],
    ["all spaces wrong", "علی رضاحسین زاده", "█████ █████ █████"],
    ["presentation forms", "ﻋﻠﯿﺮﺿﺎ", "█████"],
    ["a hamza on its end", "زادۀ", "█████"],
    ["the heh of another language", "زادہ زادھ", "█████ █████"],
    ["a space and an ending", "علی رضام", "█████ █████"],
  ])("has the given name blanked with %s", (_, written, read) => {
    const name = "علیرضا حسین زاده";
    expect(leftOf(`من ${written} هستم`, { name })).toBe(`من ${read} هستم`);
  });

  test.each([
    ...["\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\u00ad"].map((hidden) => `علی${hidden}رضا`),
    ...["م", "ئم", "یم", "ها", "ست", "ی", "ه"].map((ending) => `علیرضا${ending}`),
    ...["م", "ام", "ه", "ها", "ست", "است"].map((ending) => `حسین${ending}`),
  ])("has the given name blanked as %j", (written) => {
    expect(leftOf(`من ${written} هستم`, { name: "علیرضا حسین زاده" })).toBe("من █████ هستم");
  });

  test.each([
    ["علی رضایی", "علیه کارمند شکایت دارم و علی‌رغم رضایت مدیر، رضا نیامد و علی‌الحساب گفتند صبر کنید"],
    ["حسین زاده", "آقای حسینی زادگاه من را پرسید"],
    ["محمد کریم", "آقای محمدی و خانم کریمی پشت باجه بودند"],
    ["علی خان", "خانم باجه‌دار به خانه رفت"],
    ["آقا کرد", "آقای کارمند گفت پر کرده‌ام و صبر کردم"],
    ["نور فر", "فرم را پر کنید و فرمی دیگر بگیرید"],
    ["خیر خواه", "می‌خواهم رسیدگی شود"],
    ["به‌نام نیک‌پی", "به اداره رفتم و پی‌گیری کردم"],
    ["بی نیاز", "بی احترامی کردند"],
    ["م ا", "من را ماه‌ها معطل کردند و ما"],
    ["خانم زهرا محمدی", "خانم کارمند"],
  ])("leaves the words of a complaint as they are, whoever is called %s", (name, written) => {
    expect(leftOf(written, { name })).toBe(written);
  });

  test.each([
    ["a word that is a name here", "سارا خانه", "خانم خانه", "خانم █████"],
    ["such a word joined to another", "سارا خانه", "آن‌خانه", "█████"],
    ["two words, with a half-space too many between them", "علی‌ رضا", "علیرضا", "█████"],
  ])("knows a name of %s", (_, name, written, read) => {
    expect(leftOf(written, { name })).toBe(read);
  });

  test("never takes a letter that stands alone for a name, nor fewer than eight digits for a number", () => {
    expect(maskText("و", () => true)).toBeUndefined();
    expect(givenTokens({ name: "م ا" })).toEqual([]);
    expect(leftOf("پروندهٔ 1234567", { phone: "+1234567" })).toBe("پروندهٔ 1234567");
  });

  test("knows a name of one short word", () => {
    expect(leftOf("من طه هستم، نه طاها", { name: "طه حسینی" })).toBe("من █████ هستم، نه طاها");
  });

  test.each([
    ...["|", "~", "+", "=", "¬", " • ", "_", "\u2212", "ـ", " و ", "و", " + "].map((gap) => `0912${gap}345${gap}6789`),
    "6789 345 0912",
    "۶۷۸۹-۳۴۵-۰۹۱۲",
    "۶۷۸۹ و ۳۴۵ و ۰۹۱۲",
    "0912 +345 +6789",
  ])("has the given phone blanked as %s", (written) => {
    expect(leftOf(`پرونده‌های ۱۲۳۴۵ و ۶۷۸۹۰ و ${written} است`, { phone: "+989123456789" })).toBe(
      "پرونده‌های ۱۲۳۴۵ و ۶۷۸۹۰ و █████ است",
    );
  });

  test.each([
    ["'ali.rezaei@example.com'", "█████'"],
    ["email=ali.rezaei@example.com", "email=█████"],
    ["tel/Ali.Rezaei@example.com", "tel/█████"],
    ["*ali.rezaei@example.com*", "*█████*"],
    ["_ali.rezaei@example.com_", "█████_"],
    ["__ali.rezaei@example.com__", "█████__"],
    ["{ali.rezaei@example.com}", "{█████}"],
    ["my.ali.rezaei@example.com", "my.ali.rezaei@example.com"],
  ])("reads %s as %s where the address was given", (written, read) => {
    expect(leftOf(written, { email: "ali.rezaei@example.com" })).toBe(read);
  });

  test("has a given address blanked that begins with a sign", () => {
    expect(leftOf("به _o'brien+1@example.com", { email: "_o'brien+1@example.com" })).toBe("به █████");
  });

  test("keeps few marks of a citizen", () => {
    expect(givenTokens({ name: "علیرضا حسین زاده", phone: "+989123456789", nationalId: "0084575948" })).toHaveLength(7);
    expect(givenTokens({ name: "سید علی‌رضا محمدی‌نژاد" })).toHaveLength(9);
  });

  test("shows nothing that was given, however it is spelled", () => {
    const word = fc.string({ unit: fc.constantFrom(..."بپتجدرزسشفقکگلمنیا"), minLength: 5, maxLength: 9 });
    const digits = (length: number) =>
      fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length, maxLength: length });
    const inside = fc.constantFrom(" ", "\u00a0", "_", "¬", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060");
    const end = fc.constantFrom("", "م", "ام", "ه", "ها", "ست", "است", "\u200cام");
    const gap = fc.constantFrom(" ", "-", "ـ", "\u2212", "|", "~", "+", "=", "¬", " و ", "\ufe0f\u20e3", "");
    const given = fc.record({ names: fc.tuple(word, word, word), number: digits(9), id: digits(10) });
    const spelled = fc.record({ at: fc.integer({ min: 1, max: 2 }), inside, end, gap, isReversed: fc.boolean() });
    fc.assert(
      fc.property(given, spelled, ({ names, number, id }, { at, inside, end, gap, isReversed }) => {
        const [first, second, third] = names;
        const inGroups = [`09${number.slice(0, 2)}`, number.slice(2, 5), number.slice(5)];
        const planted = [
          `${first.slice(0, at)}${inside}${first.slice(at)}${end}`,
          `${second}${third}${end}`,
          `${[...first].join("ـ")}${end}`,
          (isReversed ? inGroups.toReversed() : inGroups).join(gap || "-"),
          [id.slice(0, 3), id.slice(3, 9), id.slice(9)].join(gap),
        ];
        const name = names.join(" ");
        const left = leftOf(planted.join(" بعد "), { name, phone: `+989${number}`, nationalId: id });
        expect(left.replaceAll(" بعد ", "")).not.toMatch(/[^\P{L}ـو]/u);
        // Where a number repeats itself, a shorter stretch of it ends like the whole.
        expect(left.replace(/\P{Nd}/gu, "").length).toBeLessThan(8);
      }),
    );
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
