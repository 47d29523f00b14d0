import fc from "fast-check";
import { expect, test } from "vitest";
import { duplicateKey } from "#functions/pipelines/duplicate-keys.ts";

test.each([
  ['{"a":1,"a":2}', "a"],
  ['{"a":1,"\\u0061":2}', "a"],
  ['{"x":{"b":[{"c":1,"d":2,"c":3}]}}', "c"],
  ['{"a":{"a":1},"b":[{"a":1},{"a":2}]}', undefined],
  ['{"a":"\\"a\\":","b":"{\\"b\\":1}"}', undefined],
  ['{"":1,"":2}', ""],
  ['["a","a"]', undefined],
  ['"a"', undefined],
])("%s names %s twice", (json, name) => {
  expect(duplicateKey(json)).toBe(name);
});

test("what JSON writes names nothing twice, and does once a name is written again", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (value) => {
      const json = JSON.stringify(value);
      expect(duplicateKey(json)).toBeUndefined();
      const [name = ""] = Object.keys(value);
      expect(duplicateKey(`${json.slice(0, -1)},${JSON.stringify(name)}:0}`)).toBe(name);
    }),
  );
});
