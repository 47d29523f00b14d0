import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Citizen, parseNationalId, parsePhone } from "#shared/identities/identity.ts";

test.each([
  ["۰۹۱۲ ۲۰۰ ۲۵۸۰", "+989122002580"],
  ["٠٩١٢٢٠٠٢٥٨٠", "+989122002580"],
  ["०९१२२००२५८०", "+989122002580"],
  ["0098 912 200 2580", "+989122002580"],
  ["+98-912-200-2580", "+989122002580"],
  ["028 3322 2222", "+982833222222"],
  ["+49 30 901820", "+4930901820"],
  ["۰۹۱۲ـ۲۰۰ـ۲۵۸۰", "+989122002580"],
  ["0912\u2212200\u22122580", "+989122002580"],
  ["9122002580", "+989122002580"],
  ["989122002580", "+989122002580"],
  ["+98 28 3322 2222", "+982833222222"],
  ["982833222222", "+982833222222"],
  ["0049 30 901820", "+4930901820"],
  ["+98 (0)912 200 2580", "+989122002580"],
  ["۰۰۹۸۰۹۱۲۲۰۰۲۵۸۰", "+989122002580"],
  ["+98 (0)28 3322 2222", "+982833222222"],
])("the phone %s is read as %s", (typed, e164) => {
  expect(parsePhone(typed)).toBe(e164);
});

test.each([
  "0912200258",
  "128",
  "تلفن ندارم",
  "+0912",
  "00989122002580000000",
  "028332222221",
  "2833222222",
  "x09122002580",
  "+98 912 200 258",
  "+98 912 200 25801",
  "+98 091 220 0258",
  "98091220025",
  "0912 200 2580 داخلی",
])("%s is no phone", (typed) => {
  expect(parsePhone(typed)).toBeUndefined();
});

test.each([
  ["۰۰۸۴۵۷۵۹۴۸", "0084575948"],
  ["008-457594-8", "0084575948"],
])("the national id %s is read as %s", (typed, id) => {
  expect(parseNationalId(typed)).toBe(id);
});

test.each(["0084575947", "1111111111", "84575948", "", "00084575948", "00845759480", "x0084575948"])(
  "%j is no national id",
  (typed) => {
    expect(parseNationalId(typed)).toBeUndefined();
  },
);

describe("a citizen", () => {
  test("is neither shared with the agency nor called or messaged unless they agree", () => {
    expect(Citizen.parse({})).toEqual({ shareWithAgency: false, mayBeCalled: false, notifyBySms: false });
    const messaged = (phone: string) => Citizen.safeParse({ phone, notifyBySms: true }).success;
    expect(["09121234567", "+4915112345678", "02833334444"].map(messaged)).toEqual([true, true, false]);
  });

  test("is refused for each field that is wrong, by the rule it breaks", () => {
    const { error } = Citizen.safeParse({ nationalId: "1234567890", phone: "12", email: "nobody" });
    expect(error?.issues.map(({ path }) => path.join("."))).toEqual(["nationalId", "phone", "email"]);
  });

  test.each(["ali@example.com ", " ali@example.com", "\u200fali@example.com", "ali@example.com\u200e\n"])(
    "is not refused for what keyboards put around an e-mail address: %j",
    (email) => {
      expect(Citizen.parse({ email }).email).toBe("ali@example.com");
    },
  );

  test("is refused with more than 64 characters before the @ of an e-mail address", () => {
    const isValid = (length: number) => Citizen.safeParse({ email: `${"a".repeat(length)}@example.com` }).success;
    expect([64, 65].map(isValid)).toEqual([true, false]);
  });

  test("is stored with the numbers a machine would compare", () => {
    expect(Citizen.parse({ nationalId: "۰۰۸-۴۵۷۵۹۴-۸", phone: "۰۹۱۲۲۰۰۲۵۸۰" })).toMatchObject({
      nationalId: "0084575948",
      phone: "+989122002580",
    });
  });

  test("has a national id with the right check digit, wherever it was issued", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 9, maxLength: 9 }), (digits) => {
        const sum = digits.reduce((total, digit, n) => total + digit * (10 - n), 0) % 11;
        const right = sum < 2 ? sum : 11 - sum;
        fc.pre(new Set(digits).size > 1 && digits.slice(3).some((digit) => digit > 0));
        for (let check = 0; check < 10; check++) {
          const id = [...digits, check].join("");
          expect(parseNationalId(id)).toBe(check === right ? id : undefined);
        }
      }),
    );
  });
});
