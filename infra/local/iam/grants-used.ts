import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Asked, Statement } from "./statement.ts";

/** One statement that allows something, and the patterns that requests must fit: of resources, then of conditions. */
export type Grant = { id: string; actions: string[]; under: string[] };

/** What a statement was used for: by which action, and for which of its patterns a text such as this was asked for. */
export type Use = { id: string; action: string; under: string; text: string };

export const grantsFile = "grants.json";

/**
 * Writes down in a folder what is granted and what of it is used: each use once, as it comes, so that a process that is
 * killed loses nothing. Where no folder is named, nothing is written.
 */
export function grantsIn(folder: string | undefined) {
  const seen = new Set<string>();
  const file = folder && join(folder, `${process.pid}-${Date.now()}.jsonl`);
  return {
    granted(statements: Statement[]): void {
      if (!folder) return;
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        join(folder, grantsFile),
        JSON.stringify(statements.filter(({ effect }) => effect === "Allow").map(grantOf)),
      );
    },
    used(asked: Asked, statements: Statement[]): void {
      for (const use of file ? statements.flatMap((statement) => usesOf(asked, statement)) : []) {
        const line = `${JSON.stringify(use)}\n`;
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

function usesOf({ action, resource, context }: Asked, { id, resources, conditions }: Statement): Use[] {
  const under = [
    ...resources.map((pattern) => ({ ...pattern, texts: [resource] })),
    ...conditions.flatMap(({ key, allows }) => allows.map((pattern) => ({ ...pattern, texts: context[key] ?? [] }))),
  ];
  return under.flatMap(({ pattern, fits, texts }) =>
    texts.filter(fits).map((text) => ({ id, action, under: lasting(pattern), text: withoutName(text) })),
  );
}

/** A stream is named by when it was made. */
const lasting = (pattern: string) => pattern.replace(/(\/stream\/)[\d:.T-]+$/, "$1*");

/** What comes before the name of one thing: so far texts must differ for a pattern to be as wide as it is. */
const withoutName = (text: string) => text.replace(/[^#/]*$/, "");
