import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { trackedFiles } from "./support/tracked-files.ts";

const root = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const isProgram = (file: string) => /\.(ts|tsx|mjs|js)$/.test(file);
const aComment = /\/\*[\s\S]*?\*\/|(?<![:"'`\w])\/\/.*$/gm;
const commentsIn = (file: string) => (read(file).match(aComment) ?? []).join("\n");

const programs = trackedFiles.filter(isProgram);
const sources = trackedFiles.filter(
  (file) => isProgram(file) || /\.(json|css|html|grit)$/.test(file) || file === ".ci/run",
);
const pages = trackedFiles.filter((file) => file.endsWith(".md") && !file.startsWith("docs/research/"));

/** Names that are composed: outputs of a stack with the id of their construct, and a message with the type of its event. */
const composed = ["ApiUrl", "ApiDomainTarget", "ComplaintDeadlinesMoved"];

test("a name that a comment or a page puts in backticks is a name of the code", () => {
  const names = new Set(composed);
  for (const file of sources) {
    const code = isProgram(file) ? read(file).replace(aComment, "") : read(file);
    for (const [name] of code.matchAll(/[A-Za-z_$][\w$]*/g)) names.add(name);
  }
  // Words of plain language stand in backticks too, such as statuses: what has a capital letter inside is a name.
  const aName = /`([a-z]\w*[A-Z]\w*|[A-Z][a-z]\w*[A-Z]\w*)(?:\(\))?`/g;
  const unknown = [...programs, ...pages].flatMap((file) =>
    [...(isProgram(file) ? commentsIn(file) : read(file)).matchAll(aName)]
      .map(([, name = ""]) => name)
      .filter((name) => !names.has(name))
      .map((name) => `${file}: ${name}`),
  );
  expect(unknown).toEqual([]);
});

test("a file that a comment names is there", () => {
  const unknown = programs.flatMap((file) =>
    [...commentsIn(file).matchAll(/(?<![\w*/.-])(\w[\w./-]*\.(?:ts|tsx|md|mjs))\b/g)]
      .map(([, name = ""]) => name)
      .filter((name) => !trackedFiles.some((one) => `/${one}`.endsWith(`/${name}`)))
      .map((name) => `${file}: ${name}`),
  );
  // The types of the client are made when it is built.
  expect(unknown.filter((one) => !one.endsWith(": paths.d.ts"))).toEqual([]);
});
