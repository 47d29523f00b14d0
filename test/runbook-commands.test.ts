import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const page = (name: string) => readFileSync(new URL(`../docs/${name}.md`, import.meta.url), "utf8");
const commandsOf = (text: string) => [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].map(([, block = ""]) => block);

/** Names that a line gives a value to (by `=`, in a loop, or by `read`), or asks for in a sentence (`${NAME:?Set NAME to …}`). */
const given = /(?:^|[\s;])(?:export )?(\w+)=|\bfor (\w+) in\b|\bread -r ([\w ]+);|\$\{(\w+):\?Set \w+ to /g;
const used = /\$\{?([A-Za-z]\w+)/g;

function unset(text: string): string[] {
  const known = new Set<string>();
  return commandsOf(text)
    .flatMap((block) => block.split("\n"))
    .flatMap((line) => {
      const names = [...line.matchAll(given)].flatMap((found) => found.slice(1).join(" ").trim().split(" "));
      for (const name of names) known.add(name);
      return [...line.matchAll(used)].flatMap(([, name = ""]) => (known.has(name) ? [] : [`${name}: ${line.trim()}`]));
    });
}

test.each(["deploy", "operations", "upgrade"])(
  "every variable of a command in docs/%s.md is given a value before, or asked for in a sentence",
  (name) => {
    expect(commandsOf(page(name)).length).toBeGreaterThan(2);
    expect(unset(page(name))).toEqual([]);
  },
);

test("every section of the runbook that looks for a resource says where PROVINCE and resource come from", () => {
  const sections = page("operations").split(/^## /m).slice(1);
  const needing = sections.filter((text) => commandsOf(text).join("").includes("resource "));
  expect(needing.length).toBeGreaterThan(4);
  const silent = needing.filter(
    (text) => !text.startsWith("Alarms\n") && !/`PROVINCE` and `resource` .*\[Alarms\]\(#alarms\)/s.test(text),
  );
  expect(silent.map((text) => text.split("\n")[0])).toEqual([]);
});
