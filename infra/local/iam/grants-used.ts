import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Asked, Statement } from "./statement.ts";

/** One use of a grant: which action, and which of the patterns it stands under, with the text that they were asked for. */
export type Use = { statement: string; action: string; pattern: string; text: string };

/**
 * Writes down what each statement was used for, once for every use that differs from those before, so that a process
 * that is killed loses nothing. Where no folder is named, nothing is written.
 */
export function usesIn(folder: string | undefined): (asked: Asked, statements: Statement[]) => void {
  if (folder === undefined) return () => {};
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${process.pid}-${Date.now()}.jsonl`);
  const seen = new Set<string>();
  return (asked, statements) => {
    for (const statement of statements)
      for (const use of usesOf(asked, statement)) {
        const line = `${JSON.stringify(use)}\n`;
        if (seen.has(line)) continue;
        seen.add(line);
        appendFileSync(file, line);
      }
  };
}

function usesOf({ action, resource, context }: Asked, { id, resources, conditions }: Statement): Use[] {
  const under = [
    ...resources.map((pattern) => ({ ...pattern, texts: [resource] })),
    ...conditions.flatMap(({ key, allows }) => allows.map((pattern) => ({ ...pattern, texts: context[key] ?? [] }))),
  ];
  return under.flatMap(({ pattern, fits, texts }) =>
    texts.filter(fits).map((text) => ({ statement: id, action, pattern, text: withoutName(text) })),
  );
}

/** What comes before the last separator: how far two texts must agree for a pattern to be no wider than it needs to be. */
function withoutName(text: string): string {
  return text.replace(/[^#/]*$/, "");
}
