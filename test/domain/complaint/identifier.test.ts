import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkSymbol,
  complaintId,
  complaintSecrets,
  parseComplaintId,
  parseIdStart,
  phoneCheckDigit,
  phoneIdOf,
  secretGenerationOf,
} from "#shared/identifier.ts";

const pepper = "a pepper for tests";
const anId = (key: string, attempt = 0) =>
  complaintId({ pepper, prefix: "QZ", clientId: "call-centre-128", key, attempt });
const prefixes = { idPrefix: "QZ", phonePrefix: "28" };
const symbol = fc.constantFrom(..."0123456789ABCDEFGHJKMNPQRSTVWXYZ");
const key = fc.string({ minLength: 8, maxLength: 40 });

/** As a Persian or Arabic keyboard writes it. */
const inDigitsFrom = (zero: string, text: string) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(digit)));

/** As it comes out of a text in Persian: marks of direction and joiners, another hyphen, a space that does not break. */
const pasted = (text: string) =>
  `\u200f\u2067${text.replaceAll("-", "\u2013").replace(/(?<=.)(?=..$)/, "\u200c\u00a0")}\u2069`;

describe("a complaint's id", () => {
  test("has the province's letters, eight symbols and a check symbol", () => {
    fc.assert(
      fc.property(key, (k) => /^QZ-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$/.test(anId(k))),
    );
  });

  test("is the same for the same caller and key, another for any other", () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(anId(a)).toBe(anId(a));
        if (a !== b) expect(anId(a)).not.toBe(anId(b));
        expect(anId(a, 1)).not.toBe(anId(a, 0));
      }),
    );
  });

  test("is read as meant, however it is typed", () => {
    fc.assert(
      fc.property(key, (k) => {
        const id = anId(k);
        const sloppy = id.slice(3).replaceAll("0", "o").replaceAll("1", "l").replaceAll("-", " ");
        expect(parseComplaintId(`qz${sloppy.toLowerCase()}`, prefixes)).toBe(id);
        expect(parseComplaintId(inDigitsFrom("۰", id), prefixes)).toBe(id);
        expect(parseComplaintId(inDigitsFrom("٠", id), prefixes)).toBe(id);
        expect(parseComplaintId(pasted(id), prefixes)).toBe(id);
      }),
    );
  });

  test("with one wrong symbol is no id", () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 0, max: 7 }), symbol, (k, at, wrong) => {
        const compact = anId(k).replaceAll("-", "");
        const typed = compact.slice(0, 2 + at) + wrong + compact.slice(3 + at);
        expect(parseComplaintId(typed, prefixes)).toBe(typed === compact ? anId(k) : undefined);
      }),
    );
  });

  test("with two neighbours swapped is no id, but for the one pair Luhn cannot see", () => {
    fc.assert(
      fc.property(fc.array(symbol, { minLength: 8, maxLength: 8 }), fc.integer({ min: 0, max: 6 }), (symbols, at) => {
        const [a = "", b = ""] = symbols.slice(at);
        const swapped = symbols.with(at, b).with(at + 1, a);
        const blind = a === b || new Set([a, b]).difference(new Set(["0", "Z"])).size === 0;
        expect(checkSymbol(swapped.join("")) === checkSymbol(symbols.join(""))).toBe(blind);
      }),
    );
  });

  test.each([
    ["00000000", "0"],
    ["00000001", "Y"],
    ["00000010", "Z"],
    ["0000000G", "Z"],
    ["000000G0", "G"],
    ["0000000Z", "1"],
    ["7K3M9XPT", "Q"],
  ])("%s has the check symbol %s, as worked out by hand", (symbols, check) => {
    expect(checkSymbol(symbols)).toBe(check);
  });

  test.each(["", "QZ", "QZ-7K3M-9XPT", "QZ-7K3M-9XPT-Q-C", "12-7K3M-9XPT-C", "QZ-7U3M-9XPT-C", "کد"])(
    "%j is no id",
    (typed) => {
      expect(parseComplaintId(typed, prefixes)).toBeUndefined();
    },
  );
});

/** Luhn's check of a number of a bank card. */
const isCardNumber = (digits: string) =>
  [...digits].reverse().reduce((sum, digit, n) => {
    const value = Number(digit) * (n % 2 === 0 ? 1 : 2);
    return sum + (value > 9 ? value - 9 : value);
  }, 0) %
    10 ===
  0;

describe("a complaint's id for a keypad", () => {
  const phoneId = (k: string) => phoneIdOf(anId(k), prefixes);
  const digitsOf = (k: string) => phoneId(k).replaceAll("-", "");
  const digit = fc.constantFrom(..."0123456789");

  test("has the province's two digits, 13 of the id and a check digit, in groups of five, five and six", () => {
    fc.assert(fc.property(key, (k) => /^28\d{3}-\d{5}-\d{6}$/.test(phoneId(k))));
  });

  test("leads to the same complaint, however it is typed", () => {
    fc.assert(
      fc.property(key, (k) => {
        for (const typed of [phoneId(k), digitsOf(k), phoneId(k).replaceAll("-", " "), pasted(phoneId(k))])
          for (const zero of ["0", "۰", "٠"])
            expect(parseComplaintId(inDigitsFrom(zero, typed), prefixes)).toBe(anId(k));
        expect(parseIdStart(phoneId(k), prefixes)).toBe(anId(k).replaceAll("-", ""));
      }),
    );
  });

  test.each(["00000000", "ZZZZZZZZ", "7K3M9XPT"])("holds every id: %s", (symbols) => {
    const id = `QZ-${symbols.slice(0, 4)}-${symbols.slice(4)}-${checkSymbol(symbols)}`;
    expect(parseComplaintId(phoneIdOf(id, prefixes), prefixes)).toBe(id);
  });

  test("is never a number of a bank card", () => {
    fc.assert(fc.property(key, (k) => !isCardNumber(digitsOf(k))));
    expect(isCardNumber("6037991234567893")).toBe(true);
  });

  test("with one wrong digit is no id", () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 0, max: 15 }), digit, (k, at, wrong) => {
        const typed = digitsOf(k).slice(0, at) + wrong + digitsOf(k).slice(at + 1);
        expect(parseComplaintId(typed, prefixes)).toBe(typed === digitsOf(k) ? anId(k) : undefined);
      }),
    );
  });

  test("with two neighbours swapped is no id, but for the one pair Luhn cannot see", () => {
    fc.assert(
      fc.property(fc.array(digit, { minLength: 15, maxLength: 15 }), fc.integer({ min: 0, max: 13 }), (digits, at) => {
        const [a = "", b = ""] = digits.slice(at);
        const swapped = digits.with(at, b).with(at + 1, a);
        const blind = a === b || new Set([a, b]).difference(new Set(["0", "9"])).size === 0;
        expect(phoneCheckDigit(swapped.join("")) === phoneCheckDigit(digits.join(""))).toBe(blind);
      }),
    );
  });

  test("of another province, of a number that no id has, or of another length is no id", () => {
    const withCheck = (digits: string) => digits + phoneCheckDigit(digits);
    const id = digitsOf("a key of some caller");
    expect(parseComplaintId(withCheck(`26${id.slice(2, 15)}`), prefixes)).toBeUndefined();
    expect(parseComplaintId(withCheck(`28${String(2 ** 40).padStart(13, "0")}`), prefixes)).toBeUndefined();
    expect(parseComplaintId(withCheck(`28${String(2 ** 40 - 1).padStart(13, "0")}`), prefixes)).toBe("QZ-ZZZZ-ZZZZ-8");
    for (const typed of [id.slice(1), `${id}0`, withCheck(id)])
      expect(parseComplaintId(typed, prefixes)).toBeUndefined();
  });
});

describe("a complaint's secret", () => {
  const id = anId("a key of some caller");
  const { secret, phoneSecret } = complaintSecrets(pepper, id);

  test("is two groups of four symbols", () => {
    expect(secret).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  test("opens its own complaint, however it is typed", () => {
    expect(secretGenerationOf({ pepper, id, typed: ` ${secret.toLowerCase().replace("-", "")} ` })).toBe(0);
    expect(secretGenerationOf({ pepper, id, typed: inDigitsFrom("۰", secret) })).toBe(0);
    expect(secretGenerationOf({ pepper, id, typed: pasted(secret) })).toBe(0);
  });

  test.each(["0YW1-BRB7", "OYWI-BRB7", "OYWL-BRB7", "oywl brb7", "oywibrb7"])(
    "is read as meant where it has a 0 and a 1, typed as %s",
    (typed) => {
      expect(secretGenerationOf({ pepper, id: "QZ-P7FC-0ZMF-4", typed })).toBe(0);
    },
  );

  test("is also twelve digits for a keypad, in groups of four, which open the complaint too", () => {
    expect(phoneSecret).toMatch(/^\d{4}-\d{4}-\d{4}$/);
    for (const typed of [phoneSecret, phoneSecret.replaceAll("-", ""), pasted(phoneSecret)])
      for (const zero of ["0", "۰", "٠"])
        expect(secretGenerationOf({ pepper, id, typed: inDigitsFrom(zero, typed) })).toBe(0);
    expect(secretGenerationOf({ pepper, id, typed: phoneSecret.slice(1) })).toBeUndefined();
    expect(secretGenerationOf({ pepper, id, typed: `${phoneSecret}0` })).toBeUndefined();
  });

  test("has digits that are spread over all numbers, and that do not follow from the symbols", () => {
    const many = Array.from({ length: 2_000 }, (_, n) => complaintSecrets(pepper, anId(`key ${n}`)));
    for (let at = 0; at < 12; at++) {
      const counts = Map.groupBy(many, ({ phoneSecret }) => phoneSecret.replaceAll("-", "")[at]);
      expect(counts.size).toBe(10);
      for (const [, found] of counts) expect(Math.abs(found.length - 200)).toBeLessThan(100);
    }
    expect(new Set(many.map((one) => one.phoneSecret)).size).toBe(2_000);
  });

  test("opens no other", () => {
    fc.assert(
      fc.property(key, (k) => {
        const typed = complaintSecrets(pepper, anId(k)).phoneSecret;
        return secretGenerationOf({ pepper, id, typed }) === undefined || anId(k) === id;
      }),
    );
    fc.assert(
      fc.property(
        key,
        (k) => secretGenerationOf({ pepper, id: anId(k), typed: secret }) === undefined || anId(k) === id,
      ),
    );
    expect(secretGenerationOf({ pepper: "another pepper", id, typed: secret })).toBeUndefined();
    expect(secretGenerationOf({ pepper, id, typed: "" })).toBeUndefined();
  });
});

describe("a renewed secret", () => {
  const id = anId("a key of some caller");
  const generations = Array.from({ length: 6 }, (_, generation) => complaintSecrets(pepper, id, generation));

  test("is another one in each of six generations, in both forms, and tells which", () => {
    expect(new Set(generations.flatMap(({ secret, phoneSecret }) => [secret, phoneSecret])).size).toBe(12);
    for (const [generation, { secret, phoneSecret }] of generations.entries())
      for (const typed of [secret, phoneSecret]) expect(secretGenerationOf({ pepper, id, typed })).toBe(generation);
  });

  test("of a seventeenth generation opens nothing", () => {
    const { secret, phoneSecret } = complaintSecrets(pepper, id, 16);
    for (const typed of [secret, phoneSecret]) expect(secretGenerationOf({ pepper, id, typed })).toBeUndefined();
  });
});

/** A citizen keeps them for months, and neither is stored: made otherwise in a later version, they would be lost. */
test("an id and a secret that were given out are the same in every version", () => {
  const id = anId("a key of some caller");
  expect([id, phoneIdOf(id, prefixes)]).toEqual(["QZ-EG0P-BRXB-N", "28049-82396-609719"]);
  expect(complaintSecrets(pepper, id)).toEqual({ secret: "WPX2-MPCB", phoneSecret: "7563-8458-2239" });
  expect(complaintSecrets(pepper, id, 1)).toEqual({ secret: "C080-849S", phoneSecret: "6991-3947-0434" });
});
