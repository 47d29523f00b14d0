import { describe, expect, test } from "vitest";
import { jsonFaults } from "#shared/province/province-file.ts";

describe("A text of JSON", () => {
  test.each([
    ["a comma too many in an object", '{\n  "id": "qazvin",\n}', "3:1 } stands where a field's name in double quotes"],
    ["a comma too many in a list", "[\n  1,\n]", "3:1 ] stands where a value should"],
    ["a comma that is missing", '{\n  "a": 1\n  "b": 2\n}', '3:3 "b" stands where a comma or } should'],
    ["a colon that is missing", '{ "a" 1 }', "1:7 1 stands where a colon should"],
    ["single quotes", "{ 'a': 1 }", "1:3 'a': is no JSON"],
    ["a comment", '{\n  "a": 1 // one\n}', "2:10 // is no JSON"],
    ["a text that does not end", '{ "a": "b\n}', "1:8 a text that is not closed by a quote"],
    ["a bracket that is missing", '{ "a": [1, 2', "1:13 the text ends where a comma or ] should stand"],
    ["a bracket too many", "{} }", "1:4 } stands where nothing more"],
    ["a number with a leading zero", '{ "a": 012 }', "1:8 012 is no JSON"],
    ["nothing at all", "", "1:1 the text ends where a value should stand"],
    ["marks of a merge", '<<<<<<< HEAD\n{ "a": 1 }', "1:1 <<<<<<< is no JSON"],
    ["a field twice", '{\n  "a": { "b": 1 },\n  "a": 2\n}', '3:3 "a" is said twice in one object'],
  ])("is refused for %s, and the place is named", (_, text, said) => {
    const [fault, ...more] = jsonFaults(text).map(({ line, column, message }) => `${line}:${column} ${message}`);
    expect(fault?.startsWith(said), fault).toBe(true);
    expect(more).toEqual([]);
  });

  test("may hold every kind of value, and the same name in two objects", () => {
    const text = JSON.stringify({ a: [1, -2.5e3, true, false, null, '«ق\\"\u200c»', {}, []], b: { a: {} } }, null, 2);
    expect(jsonFaults(text)).toEqual([]);
  });
});
