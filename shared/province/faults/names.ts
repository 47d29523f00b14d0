import type { ProvinceFault } from "./fault.ts";

const persian = /[\u0600-\u06ff]/;
const latin = /[A-Za-z]/;

/** Names whose Persian stands in English letters and the other way round. */
export function swappedNames(value: unknown, path: ProvinceFault["path"] = []): ProvinceFault[] {
  if (typeof value !== "object" || value === null) return [];
  const here = "fa" in value && "en" in value ? swapped(String(value.fa), String(value.en)) : [];
  const inside = Object.entries(value).flatMap(([key, inner]) =>
    swappedNames(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [...here.map(({ key, message }) => ({ path: [...path, key], message })), ...inside];
}

function swapped(fa: string, en: string): { key: string; message: string }[] {
  const faults = [];
  if (latin.test(fa) && !persian.test(fa))
    faults.push({ key: "fa", message: "is the Persian name, and has no Persian letter: write it in Persian" });
  if (persian.test(en) && !latin.test(en))
    faults.push({ key: "en", message: "is the English name, and is written in Persian: write it in English" });
  return faults;
}
