import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkSymbol,
  complaintId,
  complaintSecret,
  isSecretOf,
  parseComplaintId,
} from "#shared/domain/complaint/identifier.ts";

const pepper = "a pepper for tests";
const anId = (key: string, attempt = 0) =>
  complaintId({ pepper, prefix: "QZ", clientId: "call-centre-128", key, attempt });
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
        expect(parseComplaintId(`qz${sloppy.toLowerCase()}`)).toBe(id);
        expect(parseComplaintId(inDigitsFrom("۰", id))).toBe(id);
        expect(parseComplaintId(inDigitsFrom("٠", id))).toBe(id);
        expect(parseComplaintId(pasted(id))).toBe(id);
      }),
    );
  });

  test("with one wrong symbol is no id", () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 0, max: 7 }), symbol, (k, at, wrong) => {
        const compact = anId(k).replaceAll("-", "");
        const typed = compact.slice(0, 2 + at) + wrong + compact.slice(3 + at);
        expect(parseComplaintId(typed)).toBe(typed === compact ? anId(k) : undefined);
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
      expect(parseComplaintId(typed)).toBeUndefined();
    },
  );
});

describe("a complaint's secret", () => {
  const id = anId("a key of some caller");
  const secret = complaintSecret(pepper, id);

  test("is two groups of four symbols", () => {
    expect(secret).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  test("opens its own complaint, however it is typed", () => {
    expect(isSecretOf({ pepper, id, typed: ` ${secret.toLowerCase().replace("-", "")} ` })).toBe(true);
    expect(isSecretOf({ pepper, id, typed: inDigitsFrom("۰", secret) })).toBe(true);
    expect(isSecretOf({ pepper, id, typed: pasted(secret) })).toBe(true);
  });

  test.each(["0YW1-BRB7", "OYWI-BRB7", "OYWL-BRB7", "oywl brb7", "oywibrb7"])(
    "is read as meant where it has a 0 and a 1, typed as %s",
    (typed) => {
      expect(isSecretOf({ pepper, id: "QZ-P7FC-0ZMF-4", typed })).toBe(true);
    },
  );

  test("opens no other", () => {
    fc.assert(fc.property(key, (k) => !isSecretOf({ pepper, id: anId(k), typed: secret }) || anId(k) === id));
    expect(isSecretOf({ pepper: "another pepper", id, typed: secret })).toBe(false);
    expect(isSecretOf({ pepper, id, typed: "" })).toBe(false);
  });
});

/** A citizen keeps them for months, and neither is stored: made otherwise in a later version, they would be lost. */
test("an id and a secret that were given out are the same in every version", () => {
  const id = anId("a key of some caller");
  expect([id, complaintSecret(pepper, id)]).toEqual(["QZ-EG0P-BRXB-N", "WPX2-MPCB"]);
});
