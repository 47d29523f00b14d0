import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskTexts } from "#shared/complaints/event.ts";
import { identityDigestsOf, identityTokens, maskText } from "#shared/identities/mask.ts";
import { ordinaryWords } from "#shared/identities/name-context.ts";
import { normalizeText } from "#shared/text.ts";
import { digitsOfEveryScript } from "../../support/numerals.ts";

const words = identityTokens({
  name: "زهرا محمّدی‌نژاد",
  phone: "+4915112345678",
  nationalId: "0012345679",
  email: "Zahra@mail.example",
});
const mask = (written: string) => maskText(written, (word) => words.includes(word));

/** What is left of a text where the citizen gave these. */
function leftOf(written: string, given: Parameters<typeof identityTokens>[0]): string {
  const tokens = identityTokens(given);
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
    ["an address of somebody else", "به office@qazvin.example نوشتم", "به █████ نوشتم"],
    ["the given address with a sign more", "z.ahra@mail.example", "█████"],
    ["the given address in words", "به zahra at mail.example بنویسید", "به █████ بنویسید"],
    ["a phone in keycaps", "09122002580".replace(/./g, "$&\ufe0f\u20e3"), "█████\ufe0f\u20e3"],
  ])("has %s blanked", (_, written, read) => {
    expect(mask(written)).toBe(read);
  });

  test.each([
    ["a date", "روز ۱۴۰۵/۰۹/۰۳ ساعت ۸:۳۰"],
    ["a case number that is no national id", "پرونده 1234567892"],
    ["a sum", "۱۲۰۰۰۰۰ ریال"],
    ["an addition", "۱۲۰۰۰۰۰ + ۳۴۵۰۰۰ = ۱۵۴۵۰۰۰ و 1200000+3450000=4650000"],
    ["a product", "۱۲ × ۴۵۰٬۰۰۰ ریال"],
    ["dates side by side", "۱۴۰۵/۰۹/۰۳ و ۱۴۰۵/۰۹/۱۰ = یک هفته"],
    ["times", "۸:۳۰ ~ ۱۰:۴۵ | ۱۱:۰۰ و ۱۲:۱۵"],
    ["a list of case numbers", "پرونده‌های ۱۲۳۴۵ و ۶۷۸۹۰ و ۲۴۶۸۰"],
    ["case numbers in columns", "00845 | 75948"],
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
    expect(identityTokens({ name: "م ا" })).toEqual([]);
    // Somebody gave it all the same, and is to be forgotten one day.
    expect(identityDigestsOf({ name: "م ا" }, (token) => `<${token}>`)).toEqual(["<>"]);
    expect(identityDigestsOf({}, String)).toEqual([]);
    expect(leftOf("پروندهٔ 1234567", { phone: "+1234567" })).toBe("پروندهٔ 1234567");
  });

  test("knows a name of one short word", () => {
    expect(leftOf("من طه هستم، نه تقی", { name: "طه حسینی" })).toBe("من █████ هستم، نه تقی");
  });

  test.each([
    ["عطاءالله", "عطاالله، عطالله، عطااله، عطا الله، عطاء‌الله"],
    ["عطاالله", "عطاءالله"],
    ["زهراء", "زهرا"],
    ["ضیائی", "ضیایی، ضیاءی"],
    ["رئوف", "رؤوف، رووف، ریوف"],
    ["رؤوف", "رئوف"],
    ["کاووسی", "کاوسی"],
    ["مسؤولی", "مسئولی، مسوولی"],
    ["هیأتی", "هیئتی، هیاتی، هییتی"],
    ["هیئتی", "هیأتی"],
    ["رحمان", "رحمن، رحمنم"],
    ["عبدالرحمن", "عبدالرحمان، عبدلرحمان، عبد الرحمن"],
    ["اسحاق", "اسحق"],
    ["اسحق", "اسحاق"],
    ["ابراهیم", "ابرهیم"],
    ["اسماعیل", "اسمعیل، اسمائیل"],
    ["فضل‌الله", "فضلاله، فضل الله"],
    ["طه", "طاها، طاهام"],
    ["سیدطاها", "سیدطه، سید طه"],
    ["طاها", "طه، طه‌ام"],
    ["یاسین", "یس"],
    ["فاطمه‌سادات", "فاطمه السادات، فاطمه‌السادات، فاطمهالسادات"],
    ["زینت السادات", "زینت سادات، زینت‌سادات، زینتسادات"],
    ["زهراسادات", "زهرا السادات، زهرالسادات"],
    ["نورالدین", "نورادین، نور الدین"],
    ["رحمت‌الله", "رحمة الله، رحمتاله، رحمت اله"],
    ["ابوالفضل", "ابولفضل، ابالفضل، ابو الفضل"],
    ["عبدالرضا", "عبدلرضا، عبدل رضا"],
    ["مرتضی‌پور", "مرتضاپور، مرتضا پور"],
    ["رضا", "رضائه، رضاعه"],
  ])("has %s blanked as %s", (name, written) => {
    expect(leftOf(written, { name })).toMatch(/^[█،\s\u200c]+$/);
  });

  test("knows a name as it was given by a mark from before spellings were compared", () => {
    expect(maskText("من روح‌الله هستم", (token) => token === "روحالله")).toBe("من █████ هستم");
  });

  test.each([
    ["محمد آقا رضا کریمی هستم", "█████ آقا █████ █████ هستم"],
    ["محمد و رضا با هم اسم منند", "█████ و █████ با هم اسم منند"],
    ["محمدرضا که همه رضا صدایش می‌کنند", "█████ که همه █████ صدایش می‌کنند"],
    ["رضا، یعنی محمدرضا، آمد", "█████، یعنی █████، آمد"],
  ])("has the halves of a joined given name blanked that stand near each other or the whole: %s", (written, read) => {
    expect(leftOf(written, { name: "محمدرضا کریمی" })).toBe(read);
  });

  test.each([
    "دکتر محمد حیدری و رضا کاظمی هر دو نبودند",
    "رضا کارمند باجهٔ ۳ و محمد نگهبان بود",
    "به امام رضا قسم خوردم که محمد را ندیدم",
    "از رضایت و محمدی و کریمانه گفتند",
  ])("leaves half of a joined given name where nothing says that it is meant: %s", (written) => {
    expect(leftOf(written, { name: "محمدرضا کریمی" })).toBe(written);
  });

  test("leaves a saint's name", () => {
    expect(leftOf("به امام حسین و حرم حضرت زهرا", { name: "حسین زهرا" })).toBe("به امام حسین و حرم حضرت زهرا");
  });

  test.each([
    "0912 بعدش 345 آخرش 6789",
    "۰۹۱۲ ادامه‌ش ۳۴۵۶۷۸۹",
    "۰۹۱۲ و بعدش ۳۴۵ و آخرشم ۶۷۸۹",
    "۰۹۱۲ رو بگیر بعد ۳۴۵۶۷۸۹",
    "۰۹۱۲ خط تیره ۳۴۵ خط تیره ۶۷۸۹",
    "۰۹۱۲ه وسطش ۳۴۵ ته‌ش ۶۷۸۹",
    "0912 then 345, and finally 6789",
    "نهصد و دوازده بعدش سیصد و چهل و پنج آخرش ۶۷ هشتاد و نه",
    "o912 345 6789",
    "O9123456789",
    "09l2 345 6789",
    "0912 345 67 89",
  ])("has the given phone blanked with words or letters among its digits: %s", (written) => {
    expect(leftOf(`شماره‌ام ${written} است`, { phone: "+989123456789" })).toMatch(/^شماره‌ام █████ است$/);
  });

  test.each(["ooI2345679", "۰۰۱ بعدش ۲۳۴۵۶۷۹"])("has the given id blanked as %s", (written) => {
    expect(leftOf(`کد ملی ${written} است`, { nationalId: "0012345679" })).toBe("کد ملی █████ است");
  });

  test.each([
    "karimi.mr64 جیمیل",
    "karimi.mr64 روی جی میل دات کام",
    "karimi.mr64 gmail.com",
    "karimi.mr64gmail.com",
    "karimi.mr64#gmail.com",
    "karimi.mr64(a)gmail.com",
    "karimi.mr64 دات جیمیل دات کام",
    "karimi mr64 جیمیل",
    "karimi نقطه mr64 جیمیل",
    "karimi dot mr64",
    "Karimi.mr۶۴",
    "karimi.mr64 on gmail",
  ])("has the given address blanked without its sign: %s", (written) => {
    expect(leftOf(`ایمیلم ${written} است`, { email: "karimi.mr64@gmail.com" })).toBe("ایمیلم █████ است");
  });

  test("has a given address blanked that is as short as a word only where its mailbox is named", () => {
    expect(leftOf("my sara yahoo, sara یاهو, sara gmail, sara", { email: "sara@yahoo.com" })).toBe(
      "my █████, █████, sara gmail, sara",
    );
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
    ["my.ali.rezaei@example.com", "█████"],
    ["ali.r @ mail.ministry.ir", "█████"],
    ["sara (at) gmail.hamkaran.ir", "█████"],
    ["sara [at] yahoo dot com", "█████"],
  ])("reads %s as %s where the address was given", (written, read) => {
    expect(leftOf(written, { email: "ali.rezaei@example.com" })).toBe(read);
  });

  test.each(["\n", "\u2028", "\u2029", "\u0085", "\v", "\f", "\u3164", "\u115f"])(
    "blanks the given name and phone whatever stands between the words: %j",
    (gap) => {
      const written = normalizeText(["سلام", "نام:", "سارا", "نوری", "تلفن:", "۰۹۱۲۱۱۱۰۰۰۰", "۲ بار"].join(gap));
      const read = leftOf(written, { name: "سارا نوری", phone: "+989121110000" });
      expect(read.match(/\p{L}+|[۰-۹]+|█+/gu)).toEqual(["سلام", "نام", "█████", "█████", "تلفن", "█████", "۲", "بار"]);
    },
  );

  test("blanks them where nothing but a mark without width stands between the words", () => {
    const written = normalizeText("سلام، سارا\u200bنوری هستم، ۰۹۱۲۱۱۱۰۰۰۰\u200bدر خدمتم");
    const read = leftOf(written, { name: "سارا نوری", phone: "+989121110000" });
    expect(read).toMatch(/^سلام، █████\u200c?(█████)? هستم، █████/);
  });

  test.each([
    "zero nine three five, one two three, four five six seven",
    "oh nine three five one two three four five six seven",
    "Zero Nine Thirty-Five One Twenty-Three Forty-Five Sixty-Seven",
    "0935 one two three 4567",
    "صفر نهصد و سی و پنج one two three ۴۵۶۷",
    "⁰⁹³⁵¹²³⁴⁵⁶⁷",
    "₀₉₃₅ ₁₂₃ ₄₅₆₇",
    "०९३५ १२३ ४५६७",
    "০৯৩৫১২৩৪৫৬৭",
    "⓪⑨③⑤①②③④⑤⑥⑦",
    "⓿❾❸❺ ➀➁➂ ➍➎➏➐",
    "𝟎𝟗𝟑𝟓 𝟏𝟐𝟑 𝟒𝟓𝟔𝟕",
    "thirty-five, one two three four five six seven",
  ])("has the given phone blanked in other digits or in English words: %s", (written) => {
    expect(leftOf(`call ${written}, please`, { phone: "+989351234567" })).toBe("call █████, please");
  });

  test.each([
    ["zero nine three double five one two three four five seven", "+989355123457"],
    ["oh nine three Double-five one two three four five seven", "+989355123457"],
    ["plus four nine three triple zero one two three four", "+4930001234"],
  ])("knows how often a digit is said in %s", (written, phone) => {
    expect(leftOf(`call ${written}`, { phone }).replace("plus ", "")).toBe("call █████");
  });

  test("shows no given phone, in whichever digits each part of it is written", () => {
    const words = "zero one two three four five six seven eight nine".split(" ").map((word) => ` ${word} `);
    const signs = ["⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉", "⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾", "🄋➀➁➂➃➄➅➆➇➈"].map((run) => [...run]);
    const digits = fc.constantFrom(...digitsOfEveryScript.map(([, run]) => run), ...signs, words);
    const nine = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(nine, fc.tuple(digits, digits, digits), (number, runs) => {
        const parts = [`09${number.slice(0, 2)}`, number.slice(2, 5), number.slice(5)];
        const written = parts.map((part, n) => part.replace(/\d/g, (digit) => runs[n]?.[Number(digit)] ?? ""));
        expect(leftOf(written.join("-"), { phone: `+989${number}` }).trim()).toBe("█████");
      }),
    );
  });

  test.each([
    [
      "https://portal.example.ir/track?mail=maryam.k%40example.com&x=1",
      "https://portal.example.ir/track?mail=█████&x=1",
    ],
    ["?name=%D9%85%D8%B1%DB%8C%D9%85+%D8%A7%D8%AD%D9%85%D8%AF%DB%8C&id=3", "?name=█████+█████&id=3"],
    ["?name=%d9%85%d8%b1%db%8c%d9%85%20%d8%a7%d8%ad%d9%85%d8%af%db%8c", "?name=█████%20█████"],
    ["?tel=%2B98%20935%20123%204567&x=1", "?tel=█████&x=1"],
    ["?tel=%DB%B0%DB%B9%DB%B3%DB%B5%DB%B1%DB%B2%DB%B3%DB%B4%DB%B5%DB%B6%DB%B7", "?tel=█████"],
    ["?to=%2Ftrack%3Fmail%3Dmaryam.k%2540example.com%26x", "?to=%2Ftrack%3Fmail%3D█████%26x"],
    ["mailto:maryam%2Ek%40example%2Ecom", "mailto:█████"],
    ["maryam.k&#64;example.com", "█████"],
    ["maryam.k&#x40;example&period;com", "█████"],
    ["maryam.k&commat;example.com", "█████"],
    ["maryam.k&amp;commat;example.com", "█████"],
    ["maryam.k@example。com", "█████"],
    ["maryam.k@example．com", "█████"],
    ["ｍａｒｙａｍ．ｋ﹫ｅｘａｍｐｌｅ．ｃｏｍ", "█████"],
    ["𝐦𝐚𝐫𝐲𝐚𝐦.𝐤@ⓔⓧⓐⓜⓟⓛⓔ.𝐜𝐨𝐦", "█████"],
    [String.raw`{"name":"\u0645\u0631\u06cc\u0645"}`, '{"name":"█████"}'],
    ["%FF %C0%80 &#1114112; %zz %D9%85%D8%B1%DB%8C%D9%85", "%FF %C0%80 &#1114112; %zz █████"],
  ])("reads %s as %s where name, phone and address were given", (written, read) => {
    const given = { name: "مریم احمدی", phone: "+989351234567", email: "maryam.k@example.com" };
    expect(leftOf(`ببینید: ${written}`, given)).toBe(`ببینید: ${read}`);
  });

  test.each([
    ["50% تخفیف، 100% و ۲۰%۳۰"],
    ["https://fa.wikipedia.org/wiki/%D9%82%D8%B2%D9%88%DB%8C%D9%86?a=12%2034&amp;b=%25"],
    [
      "https://www.example.ir/%40qazvin/npm/vue%403.2.1 و https://example.ir/?q=%D8%AE%DB%8C%D8%A7%D8%A8%D8%A7%D9%86+%D8%B4%D8%B1%DB%8C%D8%B9%D8%AA%DB%8C",
    ],
    ["۳&nbsp;متر &#8211; دو。سه"],
  ])("leaves %s as it is, which tells nothing of the citizen", (written) => {
    expect(leftOf(written, { name: "مریم احمدی", phone: "+989351234567", email: "maryam.k@example.com" })).toBe(
      written,
    );
  });

  test("shows nothing that was given, however a link or a page encodes it", () => {
    const letters = fc.string({ unit: fc.constantFrom(..."بپتجدرزسشفقکگلمنیا"), minLength: 5, maxLength: 9 });
    const latin = fc.string({ unit: fc.constantFrom(..."bcdfgkmnz"), minLength: 5, maxLength: 9 });
    const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 9, maxLength: 9 });
    const eachAs = (encode: (character: string) => string) => (text: string) => text.replace(/[^?=]/gu, encode);
    const inBytes = eachAs((character) => Buffer.from(character).toString("hex").replace(/../g, "%$&"));
    const inLink = fc.constantFrom(
      encodeURIComponent,
      (text: string) => encodeURIComponent(encodeURIComponent(text)),
      (text: string) => new URLSearchParams({ of: text }).toString(),
      inBytes,
      eachAs((character) => `&#${character.codePointAt(0)};`),
      eachAs((character) => `&#x${character.codePointAt(0)?.toString(16)};`),
      eachAs((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`),
    );
    const written = fc.record({ first: letters, last: letters, local: latin, number: digits, encode: inLink });
    fc.assert(
      fc.property(written, ({ first, last, local, number, encode }) => {
        const given = { name: `${first} ${last}`, phone: `+989${number}`, email: `${local}@example.com` };
        const link = `?a=${encode(given.name)}?b=${encode(given.phone)}?c=${encode(given.email)}`;
        expect(leftOf(link, given)).toMatch(/^\?a=(?:of=)?█████(?:[^█]{1,6}█████)?\?b=(?:of=)?█████\?c=(?:of=)?█████$/);
      }),
    );
  });

  test("has a given address blanked that begins with a sign", () => {
    expect(leftOf("به _o'brien+1@example.com", { email: "_o'brien+1@example.com" })).toBe("به █████");
  });

  test("keeps few marks of a citizen", () => {
    expect(identityTokens({ name: "علیرضا حسین زاده", phone: "+989123456789", nationalId: "0084575948" })).toHaveLength(
      12,
    );
    expect(identityTokens({ name: "سید علی‌رضا محمدی‌نژاد" })).toHaveLength(18);
  });

  test.each([
    "۰۴۹-۹۳۷۰۸۹-۹، ۰۹۱۲-۲۰۰-۲۵۸۰",
    "049 937 0899 / 0912 2002580",
    "1234567 0912-200-2580",
    "2580-200-0912، 1234567",
  ])("has a given phone blanked to its end beside another number: %s", (written) => {
    expect(leftOf(written, { phone: "+989122002580" })).not.toMatch(/2580|۲۵۸۰|200|۲۰۰/);
  });

  test.each(["۰۴۹-۹۳۷۰۸۹-۹، ۰۹۱۲-۲۰۰-۲۵۸۰", "049 937 0899 / 0912 2002580", "فیش 1234567\n0912 200 2580"])(
    "has anybody's mobile blanked to its end that another sign parts from a number before it: %s",
    (written) => {
      expect(leftOf(written, {})).not.toMatch(/2580|۲۵۸۰|200|۲۰۰/);
    },
  );

  test("shows no end of a given phone that stands after another number", () => {
    const digits = (minLength: number, maxLength: number) =>
      fc.string({ unit: fc.constantFrom(..."0123456789"), minLength, maxLength });
    const gap = fc.constantFrom(" ", "-", "، ", " / ", "\n");
    const cuts = fc.constantFrom([4, 7], [4, 7, 9], [4]);
    fc.assert(
      fc.property(fc.array(digits(1, 7), { minLength: 1, maxLength: 3 }), digits(9, 9), gap, gap, cuts, (...given) => {
        const [others, number, inside, between, at] = given;
        const phone = `09${number}`;
        const parts = [0, ...at].map((from, n) => phone.slice(from, at[n]));
        const written = `${others.join(inside)}${between}${parts.join("-")}`;
        expect(leftOf(written, { phone: `+98${phone.slice(1)}` }), written).toMatch(/█$/);
      }),
      { numRuns: 2_000 },
    );
  });

  test("shows nothing that was given, however it is spelled", () => {
    const letters = fc.string({ unit: fc.constantFrom(..."بپتجدرزسشفقکگلمنیا"), minLength: 5, maxLength: 9 });
    // Split after two letters, «پل» would be a bridge, and what follows its name; «کاره» is a word that anybody writes.
    const isOrdinary = (end: string) =>
      [...ordinaryWords()].some((one) => one.startsWith(end) && one.length <= end.length + 3);
    const word = letters.filter(
      (name) => !name.startsWith("پل") && !isOrdinary(name.slice(1)) && !isOrdinary(name.slice(2)),
    );
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

  test.each([
    ["an and", "بین کارمند وچگینی", "بین کارمند █████"],
    ["a to", "گفتند بچگینی بگویید", "گفتند █████ بگویید"],
    ["a from", "ازغلامرضا پول گرفتند", "█████ پول گرفتند"],
    ["a with", "باچگینی دعوا کرد", "█████ دعوا کرد"],
    ["a title", "آقایچگینی آمد", "█████ آمد"],
    ["a from before the first half", "ازغلام رضا گرفتند", "█████ █████ گرفتند"],
    ["an ending as well", "ازچگینیه", "█████"],
    ["an object marker", "چگینیو راه ندادند، غلامرضارو هم", "█████ راه ندادند، █████ هم"],
    ["an is of the spoken language", "گفت غلامرضاس یا غلامرضاست", "گفت █████ یا █████"],
    ["a we are", "ما چگینی‌ایم و چگینیم", "ما █████ و █████"],
    ["an I am", "غلامرضا چگینیهستم", "█████ █████"],
  ])("has the given name blanked that is typed together with %s", (_, written, read) => {
    expect(leftOf(written, { name: "غلامرضا چگینی" })).toBe(read);
  });

  test.each([
    ["آرش احدی", "بارش باران بعلاوه ازدواج، واقعا بازار واحد ۳"],
    ["کریم یاری", "باید مدارک بیاری و بیارم"],
    ["احد کار", "واحد ما بکار شما کاره"],
    ["میر زین‌الدین سرمایه‌دار", "میره دارو بخره، وزین حرف میزنه و دلیلی داره"],
    ["روح‌الله خدا بخش", "والله راست می‌گویم، ان شاء الله درست شود، بخدا خدا بزرگ است"],
    ["علی مهدی", "در مهدیه و حسینیه و محمدیه نشستیم"],
    ["جواد طالقانی", "خیابان طالقانی، کوچه شهید طالقانی، پل طالقانی"],
    ["ابراهیم خلیل", "روستای خلیل آباد و خلیل آباد، نه جای دیگر"],
    ["امید صادقی", "به امید خدا صادقانه بگویید"],
    ["Sam Dan", "the same dance"],
  ])("leaves everyday words as they are that look joined to a name, whoever is called %s", (name, written) => {
    expect(leftOf(written, { name })).toBe(written);
  });

  test.each([
    ["a sentence before it", "رفتم خیابان. طالقانی هستم", "رفتم خیابان. █████ هستم"],
    ["a comma before it", "رفتم بیمارستان، طالقانی هستم", "رفتم بیمارستان، █████ هستم"],
    ["a line before it", "رفتم بیمارستان\nطالقانی", "رفتم بیمارستان\n█████"],
    ["an empty line before it", "رفتم بیمارستان\n\nجواد طالقانی", "رفتم بیمارستان\n\n█████ █████"],
    ["a question before it", "کدام خیابان؟ طالقانی", "کدام خیابان؟ █████"],
    ["a village after it", "طالقانی علی‌آباد", "█████ علی‌آباد"],
  ])("blanks a name that no place is called by, with %s", (_, written, read) => {
    expect(leftOf(written, { name: "جواد طالقانی" })).toBe(read);
  });

  test.each([
    ["روح‌الله عبداللهی", "روح اله عبدالهی", "█████ █████ █████"],
    ["عزت اله داوود", "عزت‌الله داود", "█████ █████"],
    ["کبری اسماعیلی", "کبرا اسمعیلی", "█████ █████"],
    ["لیلا طاووسی", "لیلی", "█████"],
    ["امیر ابوالحسنی", "ابولحسنی", "█████"],
    ["Sina Rahbari", "SINA rahbariam, sina_Rahbari", "█████ █████, █████_█████"],
  ])("has %s blanked in another spelling", (name, written, read) => {
    expect(leftOf(written, { name })).toBe(read);
  });

  test.each([
    ["بهمن زمانی", "از ۲۲ بهمن پارسال، زمانی که بیمه‌ام قطع شد، روز ۳ بهمن هم نیامدند"],
    ["امید رسیدگی", "با امید به خدا و با امید فراوان نوشتم"],
    ["فرشته نوری", "فیبر نوری نداریم، فرشته نجات ما شمایید"],
    ["حسن نیازی", "به حسن نیت شما نیازی نیست"],
    ["عزیز فرهنگ", "همکار عزیز، وزارت فرهنگ جواب نداد. سلام عزیزم"],
    ["شیرین دولت", "آب شیرین نیست و دولت الکترونیک هم"],
    ["زهرا ابوالفضل", "در بهشت زهرا، یا ابوالفضل به دادم برس"],
    ["کریم رمضان", "خدا کریم است و در ماه رمضان هم آمدم"],
    ["کاوه دانش‌پژوه", "دانش‌آموزان این مدرسه بخاری ندارند"],
    ["علی رضایی", "علی‌الخصوص روز شنبه و علی‌ای حال"],
    ["ملکی ولی", "سند ملکی دارم ولی ثبت نشد"],
    ["روزی کاری", "هر روز کاری آمدم و کاری از دستم برنیامد"],
    ["محمد نوری", "جواب مده، مد روز است"],
    ["Reza Davari", "har rooz raftam edare, razi nistam"],
  ])("leaves everyday words as they are that are also the name of %s", (name, written) => {
    expect(leftOf(written, { name })).toBe(written);
  });

  test.each([
    ["امید نوری هستم", "█████ █████ هستم"],
    ["آقای نوری گفت", "آقای █████ گفت"],
    ["اسمم امید است", "اسمم █████ است"],
    ["با تشکر نوری", "با تشکر █████"],
    ["باجه بسته بود؛ نوری", "باجه بسته بود؛ █████"],
    ["نوری‌ام، نوریم و نوری هستم", "█████، █████ و █████ هستم"],
    ["من نوری از قزوین زنگ می‌زنم", "من █████ از قزوین زنگ می‌زنم"],
    ["گفت امید خانم برو", "گفت █████ خانم برو"],
    ["گفتن نوریو بفرستید", "گفتن █████ بفرستید"],
    ["گفت امید؟ گفتم بله", "گفت █████؟ گفتم بله"],
    ["ا. نوری، الف", "█████، الف"],
    ["ازامید بپرسید", "█████ بپرسید"],
    ["نام: نوری - امید", "نام: █████ - █████"],
    ["نوری_امید", "█████_█████"],
  ])("blanks such words where people write names: %s", (written, read) => {
    expect(leftOf(written, { name: "امید نوری" })).toBe(read);
  });

  test.each([
    ["مریم کریمی", "man Maryam Karimi hastam, MARIAM karimy", "man █████ █████ hastam, █████ █████"],
    ["علیرضا قاسم‌زاده", "esmam ali reza ghasemzadeh, Alireza Qasem zade", "esmam █████ █████ █████, █████ █████ █████"],
    ["علی رضایی", "I am Ali Rezaei", "I am █████ █████"],
    ["Zahra Ahmadian", "من زهرا احمدیان هستم، خانم احمدیان", "من █████ █████ هستم، خانم █████"],
    ["Hossein Moradi", "hosein moradi, حسین مرادی", "█████ █████, █████ █████"],
  ])("has %s blanked in the letters of another language", (name, written, read) => {
    expect(leftOf(written, { name })).toBe(read);
  });

  test.each([
    ["حمیدرضا کاشانی", "بنده حمید کاشانی و کاشانی رضا", "بنده █████ █████ و █████ █████"],
    ["ژیلا غفارزاده", "من غ ف ا ر ز ا د ه هستم، ژ.ی.ل.ا", "من █████ هستم، █████"],
    ["مهدی رحیمی", "م.رحیمی، م. رحیمی و م.ع.رحیمی", "█████، █████ و █████"],
    ["رحمت‌الله بهرامی", "رحمة اله بهرامی", "█████ █████ █████"],
    ["محمدرضا شفیعی", "ممدرضا، ممد رضا شفیعی", "█████، █████ █████ █████"],
    ["علی حسینی‌زاده", "حسیینی زاده و حسسینی‌زاده", "█████ █████ و █████"],
    ["سعید یوسفی", "ما یوسفیا", "ما █████"],
  ])("has %s blanked as people shorten or stretch it: %s", (name, written, read) => {
    expect(leftOf(written, { name })).toBe(read);
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

/** What is left where nothing is known of the citizen, as in the texts of an agency. */
const formal = (written: string) => maskText(written, () => false) ?? written;

describe("what is blanked by its form, whoever's it is", () => {
  test.each([
    ["صفر نهصد و دوازده سیصد و چهل و پنج شصت و هفت هشتاد و نه"],
    ["صفر نهصدو دوازده، سیصدوچهل‌وپنج، شصت وهفت، هشتاد و نُه"],
    ["صفر نه صد و دوازده سی‌صد و چهل و پنج شصت و هفت هشتاد و نهه"],
    ["صفر نهصد دوازده سیصد چهل پنج شصت هفت هشتاد نه"],
    ["صفر نهصد و دوازده و سیصد و چهل و پنج و شصت و هفت و هشتاد و نه"],
    ["صفر نه یک دو سه چهار پنج شیش هفت هشت نه"],
    ["صفر-نه-یک-دو-سه-چهار-پنج-شش-هفت-هشت-نه"],
    ["۰۹۱۲ سیصد و چهل و پنج ۶۷ هشتاد و نه"],
    ["صفر نهصد و دوازده سه تا پنج دو تا هفت دوتا هشت"],
    ["صفر نهصد و سی و هفت سه تا صفر هزار و دویست و سی و چهار"],
    ["صفر نهصد و دوازده سیصد و چهل و پنج شش هزار و هفتصد و هشتاد و نه"],
    ["صفر نهصد و دوازده بعدش سیصد و چهل و پنج خب شصت و هفت هشتاد و نه"],
    ["صفر نهصد و دوازده هشتصد و سی و یک و چهل و پنج"],
    ["صفر بیست و هشت سی و سه بیست و چهار پنجاه و یک هفتاد و هشت"],
    ["مثبت نود و هشت نهصد و دوازده سیصد و چهل و پنج شصت و هفت هشتاد و نه"],
    ["sefr nohsad o davazdah sisad o chehel o panj shast o haft hashtad o noh"],
    ["صفر صفر هشت چهار پنج هفت پنج نه چهار هشت"],
    ["چهارصد و سی و دو هفتصد و سی و سه سیصد و یازده پنج"],
    ["سي و سه يک و دو نود و چهار پنجاه و نه"],
  ])("%s", (written) => {
    expect(formal(`شماره‌اش ${written} است`).replace("مثبت ", "")).toBe("شماره‌اش █████ است");
  });

  test.each([
    ["نهصد و دوازده هزار تومان برای شصت متر، از صفر تا صد"],
    ["دویست و شصت و سه هزار و پانصد تومان و سه بار مراجعه"],
    ["ساعت هشت و نیم تا نه و ده دقیقه"],
    ["بیست، سی، چهل، پنجاه نفر"],
    ["دوستم نهم و دهم مهر و سه‌شنبه آمد"],
    ["one hundred and twenty people waited two or three hours, often alone, with seventy-two documents"],
    ["at ten we were told to double one payment, and I do weigh none of the eight sixteenths"],
    ["زمین ۳۲۰ m² و ۱½ متر، ① شناسنامه ② کارت ③ قبض …"],
  ])("not numbers of everyday speech: %s", (written) => {
    expect(formal(written)).toBe(written);
  });

  test.each([
    ["a card", "6037-9917-8577-6265", "█████"],
    ["a card in two parts", "603769 4225607914", "█████"],
    ["a card in mixed digits", "5022-2922-۰۷۹۴-٥٥١٦", "█████"],
    ["a card with its digits apart", "6 0 3 7 9 9 1 7 8 5 7 7 6 2 6 5", "█████"],
    ["a Sheba", "IR98 0170 1521 7348 5457 5530 00", "█████"],
    ["a Sheba in small letters", "ir-98-0170-1521-7348-5457-5530-00", "█████"],
    ["a Sheba in Persian", "آی آر ۹۸۰۱۷۰۱۵۲۱۷۳۴۸۵۴۵۷۵۵۳۰۰۰", "█████"],
    ["a Sheba without its country", "980170152173485457553000", "█████"],
    ["a phone with bullets", "0912•200•2580 0912 ▪ 200 ▪ 2580", "█████ █████"],
    ["a phone in three scripts", "٠٩۱۲.200/۲۵۸۰", "█████"],
    ["a phone with its groups reversed", "۲۵۸۰-۲۰۰-۰۹۱۲", "█████"],
    ["a phone one by one beside another number", "۳ - ۰ ۹ ۱ ۲ ۵ ۵ ۸ ۰ ۱ ۴ ۷", "۳ - █████"],
    ["a national id with dots", "008.457.594.8", "█████"],
    ["landlines with their area", "028-3324 5178 و ۳۳۲۴۵۱۷۸-۰۲۸", "█████ و █████"],
    ["a phone with words that it goes on", "0912 بعدش 200 آخرش 2580", "█████"],
    ["a phone after another number", "1234567 0912 200 2580", "1234567 █████"],
    ["a landline with its area in words", "کد ۰۱۳ شماره ۳۳۲۲۱۱۴۴", "کد █████"],
    ["a landline with its area in brackets", "(028)33245178", "(█████"],
  ])("%s", (_, written, read) => {
    expect(formal(written)).toBe(read);
  });

  test.each([
    ["a card with a wrong digit", "6037-9917-8577-6264"],
    ["a number of a court", "9409982850100121"],
    ["a Sheba that cannot be", "IR123456789012345678901234"],
    ["a file", "شماره پرونده ۳۳۴۱۲۵۶۷ و نامهٔ ۱۱۴۰/۲۲/۳۷۶۱"],
    ["a day and an hour", "۱۴۰۳/۰۱/۲۸ ۱۰:۳۰ و 14/07/1403 12"],
    ["an amount in Rials", "۴۳۲۴۵۳۳۳۱۸ ریال و ۹۱۲۲۰۰۲۵۸۰ تومان"],
    ["an amount in thousands", "4,324,533,318 و ۹٬۱۲۲٬۰۰۲٬۵۸۰"],
    ["a tracking code", "کد رهگیری ۸۸۱۴۰۲۱۱۵۰۰۰۳۷۲۶۱۰۴۴"],
  ])("not %s", (_, written) => {
    expect(formal(written)).toBe(written);
  });

  test.each([
    ["تلفن خونه‌مون ۳۳۲۴۵۱۷۸", "تلفن خونه‌مون █████"],
    ["شماره تماس منزل: 3324-5178 داخلی ۱۲", "شماره تماس منزل: █████ داخلی ۱۲"],
    ["به ۳۳۲۴۵۱۷۸ زنگ بزنید", "به █████ زنگ بزنید"],
    ["شماره‌مون ۳۳ ۲۴ ۵۱ ۷۸", "شماره‌مون █████"],
    ["تلفن ۲۸۳۳۲۴۵۱۷۸", "تلفن █████"],
    ["تلفن‌های ۳۳۲۴۵۱۷۸ و ۳۳۲۴۵۱۷۹", "تلفن‌های █████ و █████"],
    ["قبض تلفن ۳۳۲۴۵۱۷۸ بدهی ندارد", "قبض تلفن █████ بدهی ندارد"],
    ["منزل مادرم ۳۳۲۴۵۱۷۸ است", "منزل مادرم █████ است"],
    ["zang bezanid 33245178", "zang bezanid █████"],
  ])("a landline where the words say so: %s", (written, read) => {
    expect(formal(written)).toBe(read);
  });

  test.each([
    ["زنگ زدم گفتند پروندهٔ ۳۳۲۴۵۱۷۸"],
    ["کنتور منزل به شماره سریال ۳۳۲۴۵۱۷۸"],
    ["تلفن زدم. شمارهٔ ۳۳۲۴۵۱۷۸ ثبت شد"],
    ["تلفن نزدم! ۳۳۲۴۵۱۷۸"],
    ["داخلی ۳۳۲۴۵۱۷۸"],
    ["هزینهٔ تلفن ۳۳۲۴۵۱۷۸ ریال"],
    ["تماس گرفتم ۱۴۰۳/۰۲/۱۹"],
    ["ساعت ۹ بعدش ۱۰ آخرش ۱۲ گفتند بیا، باجهٔ ۴ بعد ۱۲۰۰۰۰ تومان گرفت"],
    ["شمارهٔ ۳۳۲۴۵۱۷۸"],
  ])("no landline where they say otherwise or nothing: %s", (written) => {
    expect(formal(written)).toBe(written);
  });

  test.each([
    ["bazresi.qzv@mail.ir"],
    ["mina۶۷ ات جیمیل دات کام"],
    ["mina.adeli [at] gmail [dot] com"],
    ["mostafa67khaki(at)yahoo.com"],
    ["l.zolghadr @ gmail . com"],
    ["ali.mohebbi55 at gmail dot com"],
    ["haghshenas نقطه n ات یاهو نقطه کام"],
    ["mina آندرلاین adeli ات چاپار دات آی‌آر"],
    ["mina-at-gmail-dot-com"],
    ["علی نقطه رضایی آندرلاین شصت و پنج ات یاهو دات کام"],
    ["mina55 @ جی‌میل"],
    ["mina@gmail,com"],
    ["mina.adeli67 جیمیل"],
    ["mina67 روی یاهو"],
    ["mina_adelihotmail.com"],
  ])("the address %s", (written) => {
    expect(formal(`ایمیل: ${written} است`)).toBe("ایمیل: █████ است");
  });

  test.each([
    ["look at google.com"],
    ["دو نقطه ات بود و نقطه کام"],
    ["@qazvin و www.qazvin.ir"],
    ["خانه‌ات و کتاب ات را آوردم"],
    ["man gmail nadaram, ali ham yahoo nadare"],
    ["جیمیل و یاهو باز نمی‌شود، www.mail.yahoo.com و accounts.google.com هم"],
  ])("no address: %s", (written) => {
    expect(formal(written)).toBe(written);
  });

  test.each([
    ".",
    "1",
    " ",
    "و",
    "و ",
    "1 ",
    "12 ",
    "۱ و ",
    "سی و دو ",
    "سیصد",
    "سیو",
    "a.",
    "a dot ",
    "a@",
    "ات ",
    "(at)",
    "%40",
    "%25",
    "a%40",
    "%D9%88",
    "&#64;",
    "&amp;",
    "1。",
    "①",
    "६ ",
    "one ",
    "double ",
    "double one ",
    "la-",
    "1 a ",
    "12 بعدش ",
    "1o",
    "a1 جیمیل ",
    "a.gmail ",
    "محمدرضا رضا ",
    "م.",
    "م ",
    "karimi ",
    "علی نقطه ",
    "شصت و ",
    "a شصت و ",
    "ا",
    "اال",
  ])("is looked for in a text of %j that is four times as long without trying each way to read it", (repeated) => {
    // Trying each pair of characters would take 16 times as long. Short times are mostly those of the compiler.
    const shortMs = Math.max(30, maskingMs(repeated, 2_000));
    expect(maskingMs(repeated, 8_000)).toBeLessThan(10 * shortMs);
  });
});

/** The processor time of masking so many characters of a repeated text, in milliseconds. */
function maskingMs(repeated: string, characters: number): number {
  const began = process.threadCpuUsage();
  maskText(repeated.repeat(characters / repeated.length), () => false);
  return process.threadCpuUsage(began).user / 1_000;
}
