import fc from "fast-check";
import { expect, test } from "vitest";
import { toDotPath } from "zod/v4/core";
import { duplicateKey } from "#functions/http/request.ts";
import { processorTimeOf } from "../support/processor-time.ts";

test.each([
  ['{"a":1,"a":2}', "a"],
  ['{"a":1,"\\u0061":2}', "a"],
  ['{"x":{"b":[{"c":1,"d":2,"c":3}]}}', "x.b[0].c"],
  ['{"citizen":{"phone":"1","phone":"2"}}', "citizen.phone"],
  ['{"a":[1,2],"actions":[{"text":",","by":"x"},{"text":"[{","text":""}]}', "actions[1].text"],
  ['{"a":[[],[{},[{"b":1,"b":2}]]]}', "a[1][1][0].b"],
  ['[{"a":{"b":[1,2,3]},"c":1,"c":2}]', "[0].c"],
  ['{"a":{"نام":1,"نام":2}}', 'a["نام"]'],
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
      expect(duplicateKey(`${json.slice(0, -1)},${JSON.stringify(name)}:0}`)).toBe(toDotPath([name]));
    }),
  );
});

test("a name is called by its whole path, whatever stands before it", () => {
  const before = fc.array(fc.jsonValue(), { maxLength: 5 });
  fc.assert(
    fc.property(before, fc.string(), before, (outer, name, inner) => {
      const json = JSON.stringify([...outer, { [name]: [...inner, "#here#"] }]);
      const path = toDotPath([outer.length, name, inner.length, "a"]);
      expect(duplicateKey(json.replace('"#here#"', '{"a":{"a":[1]},"a":2}'))).toBe(path);
    }),
  );
});

test("the longest body is read at once, however deep it is and however many names it has", async () => {
  const deep = 40_000;
  const names = Array.from({ length: 20_000 }, (_, n) => `"${n}":[1,2]`).join(",");
  const ms = await processorTimeOf(() => {
    expect(duplicateKey(`${'{"a":'.repeat(deep)}{"b":1,"b":2}${"}".repeat(deep)}`)).toBe(`${"a.".repeat(deep)}b`);
    expect(duplicateKey(`{${names},"last":1,"last":2}`)).toBe("last");
  });
  expect(ms).toBeLessThan(2_000);
});
