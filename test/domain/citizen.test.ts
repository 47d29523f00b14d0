import { createIranianNationalId } from "@persian-tools/persian-tools";
import { describe, expect, test } from "vitest";
import { Citizen, readNationalId, readPhone } from "../../shared/domain/citizen.ts";

test.each([
  ["۰۹۱۲ ۲۰۰ ۲۵۸۰", "+989122002580"],
  ["٠٩١٢٢٠٠٢٥٨٠", "+989122002580"],
  ["0098 912 200 2580", "+989122002580"],
  ["+98-912-200-2580", "+989122002580"],
  ["028 3322 2222", "+982833222222"],
  ["+49 30 901820", "+4930901820"],
])("the phone %s is read as %s", (typed, e164) => {
  expect(readPhone(typed)).toBe(e164);
});

test.each(["0912200258", "128", "تلفن ندارم", "+0912", "00989122002580000000"])("%s is no phone", (typed) => {
  expect(readPhone(typed)).toBeUndefined();
});

test.each([
  ["۰۰۸۴۵۷۵۹۴۸", "0084575948"],
  ["008-457594-8", "0084575948"],
])("the national id %s is read as %s", (typed, id) => {
  expect(readNationalId(typed)).toBe(id);
});

test.each(["0084575947", "1111111111", "84575948", ""])("%j is no national id", (typed) => {
  expect(readNationalId(typed)).toBeUndefined();
});

describe("a citizen", () => {
  test("is not shared with the agency unless asked", () => {
    expect(Citizen.parse({})).toEqual({ shareWithAgency: false });
  });

  test("is refused for each field that is wrong, by the rule it breaks", () => {
    const { error } = Citizen.safeParse({ nationalId: "1234567890", phone: "12", email: "nobody" });
    expect(error?.issues.map(({ path }) => path.join("."))).toEqual(["nationalId", "phone", "email"]);
  });

  test("is stored with the number a machine would compare", () => {
    const id = String(createIranianNationalId?.() ?? "0084575948");
    expect(Citizen.parse({ nationalId: id, phone: "۰۹۱۲۲۰۰۲۵۸۰" })).toMatchObject({
      nationalId: id,
      phone: "+989122002580",
    });
  });
});
