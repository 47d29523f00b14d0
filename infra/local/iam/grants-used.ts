import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Asked, Statement } from "./statement.ts";

/** One statement that allows something, and the patterns that requests must fit: of resources, then of conditions. */
export type Grant = { id: string; actions: string[]; under: string[] };

/**
 * What a statement was used for: by which action, and for which of its patterns a text such as this was asked for;
 * `alone` where no other statement allows it.
 */
export type Use = { id: string; action: string; under: string; text: string; alone: boolean };

export type Count = { judged: number; refused: number };

/**
 * Writes down in a folder what is granted and what of it is used: each use once, as it comes, so that a process that is
 * killed loses nothing. Where no folder is named, nothing is written.
 */
export function grantsIn(folder: string | undefined) {
  const seen = new Set<string>();
  if (folder) mkdirSync(folder, { recursive: true });
  const file = folder && join(folder, `${process.pid}-${Date.now()}.jsonl`);
  return {
    granted(statements: Statement[]): void {
      if (!folder) return;
      const allowing = statements.filter(({ effect }) => effect === "Allow");
      for (const [stack, ones] of Map.groupBy(allowing, ({ id }) => id.split("/")[0]))
        writeFileSync(join(folder, `${stack}.grants.json`), JSON.stringify(ones.map(grantOf)));
    },
    /** At the end, how often it was asked. */
    counted(count: Count): void {
      if (file) appendFileSync(file, `${JSON.stringify(count)}\n`);
    },
    used(asked: Asked, statements: Statement[]): void {
      const alone = statements.length === 1;
      for (const use of file ? statements.flatMap((statement) => usesOf(asked, statement)) : []) {
        const line = `${JSON.stringify({ ...use, alone })}\n`;
        if (seen.has(line) || !file) continue;
        seen.add(line);
        appendFileSync(file, line);
      }
    },
  };
}

function grantOf({ id, actions, resources, conditions }: Statement): Grant {
  const patterns = [...resources, ...conditions.flatMap(({ allows }) => allows)];
  return { id, actions: actions.map(({ pattern }) => pattern), under: patterns.map(({ pattern }) => lasting(pattern)) };
}

function usesOf({ action, resource, context }: Asked, { id, resources, conditions }: Statement): Omit<Use, "alone">[] {
  const under = [
    ...resources.map((pattern) => ({ ...pattern, texts: [resource] })),
    ...conditions.flatMap(({ key, allows }) => allows.map((pattern) => ({ ...pattern, texts: context[key] ?? [] }))),
  ];
  // What stands with its resource need name none.
  if (under.length === 0) return [{ id, action, under: "", text: "" }];
  return under.flatMap(({ pattern, fits, texts }) =>
    texts.filter(fits).map((text) => ({ id, action, under: lasting(pattern), text: withoutName(text) })),
  );
}

/** A stream is named by when it was made. */
const lasting = (pattern: string) => pattern.replace(/(\/stream\/)[\d:.T-]+$/, "$1*");

/** What comes before the name of one thing: so far texts must differ for a pattern to be as wide as it is. */
const withoutName = (text: string) => text.replace(/[^#/]*$/, "");
