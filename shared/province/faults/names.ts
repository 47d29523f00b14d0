import { longestText } from "#shared/domain/policy-numbers.ts";
import { line, unseen } from "#shared/domain/text.ts";
import type { ProvinceFault } from "./fault.ts";

const persian = /[\u0600-\u06ff]/;
const latin = /[A-Za-z]/;
const betweenLines = /[\t\n\v\f\r\u0085\u2028\u2029]/;

type Wrong = { key: string; message: string };

/** Names with something in them that nobody sees, and such whose Persian stands in English letters or the other way round. */
export function nameFaults(value: unknown, path: ProvinceFault["path"] = []): ProvinceFault[] {
  if (typeof value !== "object" || value === null) return [];
  const here = "fa" in value && "en" in value ? wrongIn({ fa: String(value.fa), en: String(value.en) }) : [];
  const inside = Object.entries(value).flatMap(([key, inner]) =>
    nameFaults(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [...here.map(({ key, message }) => ({ path: [...path, key], message })), ...inside];
}

function wrongIn(name: { fa: string; en: string }): Wrong[] {
  const hidden = Object.entries(name).flatMap(([key, text]) => {
    const message = hiddenIn(text.trim());
    return message ? [{ key, message }] : [];
  });
  return [...hidden, ...swapped(name)];
}

/** What the trimmed text of a name hides from its reader; a blank one is told of by its form. */
function hiddenIn(text: string): string | undefined {
  if (betweenLines.test(text)) return "has a line's end or a tab in it: write it on one line";
  const [sign] = text.match(unseen) ?? [];
  if (sign) return `has ${codeOf(sign)} in it, which no reader sees: take it out`;
  if (text === "" || line({ max: longestText }).safeParse(text).success) return undefined;
  return "has nothing in it that a reader sees: fill it in";
}

const codeOf = (sign: string) => `U+${sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`;

function swapped({ fa, en }: { fa: string; en: string }): Wrong[] {
  const faults = [];
  if (latin.test(fa) && !persian.test(fa))
    faults.push({ key: "fa", message: "is the Persian name, and has no Persian letter: write it in Persian" });
  if (persian.test(en) && !latin.test(en))
    faults.push({ key: "en", message: "is the English name, and is written in Persian: write it in English" });
  return faults;
}
