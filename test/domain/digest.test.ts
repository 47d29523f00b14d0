import { describe, expect, test } from "vitest";
import { fingerprint, hmacHex } from "#shared/digest.ts";
import { addressDigest, spellingDigest } from "#shared/identities/address-mark.ts";
import { identityDigest } from "#shared/identities/mask.ts";

describe.each([
  ["a keyed digest", (...parts: string[]) => hmacHex("a key", ...parts)],
  ["a fingerprint", fingerprint],
])("%s", (_, of) => {
  test("has 32 hex digits, the same for the same parts", () => {
    expect(of("a", "b")).toMatch(/^[0-9a-f]{32}$/);
    expect(of("a", "b")).toBe(of("a", "b"));
  });

  test("differs for any other list of parts, though they be the same letters", () => {
    const lists = [["a", "b"], ["b", "a"], ["ab"], ["a", "", "b"], ["a,b"], ['a","b'], []];
    expect(new Set(lists.map((parts) => of(...parts))).size).toBe(lists.length);
  });
});

test("a digest is another under another key, and the fingerprint has none", () => {
  expect(new Set([hmacHex("a key", "a"), hmacHex("another key", "a"), fingerprint("a")]).size).toBe(3);
});

describe("an address's mark", () => {
  const mark = () => addressDigest("a key", "zahra@mail.example");

  test.each(["Zahra@MAIL.example", " zahra@mail.example\n"])("is the same for %j", (typed) => {
    expect(addressDigest("a key", typed)).toBe(mark());
  });

  test.each(["zahrakarimi", "Zahra.Karimi", "z.a.h.r.a.karimi+foad", "zahra.karimi+a.b"])(
    "is the same for every spelling that leads to one mailbox of Gmail: %s",
    (name) => {
      for (const domain of ["gmail.com", "googlemail.com", "GMail.com"])
        expect(addressDigest("a key", `${name}@${domain}`)).toBe(addressDigest("a key", "zahra.karimi@gmail.com"));
    },
  );

  test.each([
    ["zahra.karimi@mail.example", "zahrakarimi@mail.example"],
    ["zahra.karimi@gmail.com.example", "zahrakarimi@gmail.com.example"],
    ["zahra@gmail.com", "zahra@googlemail.example"],
  ])("is another where dots may lead to another mailbox: %s and %s", (one, other) => {
    expect(addressDigest("a key", one)).not.toBe(addressDigest("a key", other));
  });

  test("is another for another address, and under another key", () => {
    expect(addressDigest("a key", "zahra@mail.example.com")).not.toBe(mark());
    expect(addressDigest("another key", "zahra@mail.example")).not.toBe(mark());
  });
});

describe("the mark of an address as it is written", () => {
  test("is the same in capital letters and between spaces", () => {
    expect(spellingDigest("a key", " Zahra@MAIL.example\n")).toBe(spellingDigest("a key", "zahra@mail.example"));
  });

  test.each(["zahra.karimi+x@gmail.com", "zahrakarimi@gmail.com", "zahra.karimi@googlemail.com"])(
    "is another for another spelling of the mailbox: %s",
    (written) => {
      expect(addressDigest("a key", written)).toBe(addressDigest("a key", "zahra.karimi@gmail.com"));
      expect(spellingDigest("a key", written)).not.toBe(spellingDigest("a key", "zahra.karimi@gmail.com"));
    },
  );
});

/** They stand in the tables: were one made otherwise in a later version, what was written before would be lost. */
test.each([
  ["an address", () => addressDigest("a key", "zahra@mail.example"), "dac64d467a6c7d14c7eb660938b96418"],
  [
    "an address as it is written",
    () => spellingDigest("a key", "zahra@mail.example"),
    "5e84faee895d3b645d11e85b444c7368",
  ],
  ["a word of a citizen's name", () => identityDigest("a key", "زهرا"), "360dd793aa17b314"],
  ["a caller's key", () => fingerprint("a", "b"), "0473ef2dc0d324ab659d3580c1134e9d"],
])("the mark of %s stays what it was in every version", (_, mark, written) => {
  expect(mark()).toBe(written);
});
