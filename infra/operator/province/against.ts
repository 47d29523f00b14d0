import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { toDotPath } from "zod/v4/core";
import { releaseFile } from "#infra/releases.ts";
import { idsAmong, provinceFile, provinceIds, provincesFolder } from "#infra/settings.ts";
import { effectsOf } from "#shared/province/changes/effects.ts";
import { readParts } from "#shared/province/changes/readable.ts";
import { Lasting } from "#shared/province/changes/release.ts";
import { removalFaults } from "#shared/province/changes/removals.ts";
import type { Province } from "#shared/province/province.ts";
import type { ProvinceFault } from "#shared/province/province-faults.ts";
import { calendarBeside, readContent } from "#shared/province/province-folder.ts";
import { commitOf, namesAt, textAt } from "./git.ts";

/**
 * What a province's file does that the one at a git ref did not; refused where something of it would be lost. The file
 * at the ref may be of an older schema: what cannot be read of it is named.
 */
export function compareWith(ref: string, later: Province): { text: string; refused: boolean } {
  const file = provinceFile(later.id);
  const commit = commitOf(ref, dirname(file));
  const title = `${later.id} against ${ref} (commit ${commit.slice(0, 8)})`;
  const content = contentAt(commit, file);
  if (content === undefined) return { text: `${title}: its file was not there yet, all of it is new.`, refused: false };
  const { effects, unread } = effectsOf({ content, calendar: contentAt(commit, calendarBeside(file)) }, later);
  const lost = [...listGone(commit, file), ...lossesOf(content, { later, ref })];
  const said = [
    ...effects.map(lineOf),
    ...section(
      "Not compared, since it was of another form or not there:",
      unread.map((part) => `  ${part}`),
    ),
    ...section("Refused, since something would be lost:", lost.map(lineOf)),
  ];
  const text = said.length === 0 ? `${title}: nothing changes.` : [`${title}:`, ...said].join("\n");
  return { text, refused: lost.length > 0 };
}

/** Provinces that stood at the ref and have no file any more: nobody could deploy, check or name what they hold. */
export function provincesGone(ref: string): { text: string; refused: boolean }[] {
  const there = provinceIds();
  const before = namesAt(commitOf(ref, provincesFolder), provincesFolder);
  const gone = idsAmong(before).filter((id) => !there.includes(id));
  const why = "its stacks would stay, and nothing would name them. Another id is another province";
  return gone.map((id) => ({ text: `${id} stood in ${ref} and has no file any more: ${why}.`, refused: true }));
}

function contentAt(commit: string, file: string): unknown {
  const text = textAt(commit, file);
  const { content, faults = [] } = text === undefined ? {} : readContent(text);
  if (faults.length > 0)
    throw new Error(`${file} is no JSON in commit ${commit.slice(0, 8)}, so nothing can be compared: ${faults[0]}`);
  return content;
}

/** Whatever stood in the file counts as released: who compares with a ref wants to deploy over it. */
function lossesOf(content: unknown, { later, ref }: { later: Province; ref: string }): ProvinceFault[] {
  const { read: lasting, unread } = readParts(Lasting, { content, otherwise: Lasting.parse(later) });
  const unknown = unread.map((part) => ({
    path: [part],
    message: `cannot be read as it was in ${ref}, so nobody can say what would be lost`,
  }));
  return [...unknown, ...removalFaults(later, { lasting, said: `stands in ${ref}` })];
}

function listGone(commit: string, file: string): ProvinceFault[] {
  const list = releaseFile(file);
  if (existsSync(list) || textAt(commit, list) === undefined) return [];
  return [{ path: [], message: `the list of its last release is gone: git checkout ${commit.slice(0, 8)} -- ${list}` }];
}

const section = (heading: string, lines: string[]) => (lines.length > 0 ? [heading, ...lines] : []);

function lineOf({ path, message }: ProvinceFault): string {
  return `  ${toDotPath(path) || "(top)"}: ${message}`;
}
