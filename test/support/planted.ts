import { canaries } from "./canaries.ts";

/** Somebody who gives all of themselves, and writes it wherever a text may be written. */
export function someone() {
  const { citizen, identity } = canaries();
  const { given, family, nationalId, subscriber } = identity;
  const persian = (text: string) => text.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[Number(digit)] ?? digit);
  const apart = `${subscriber.slice(0, 3)} ${subscriber.slice(3, 6)} ${subscriber.slice(6)}`;
  const names = [`من ${given} ${family} هستم`, `خانم ${family}، ${given}`, `${given}‌جان`];
  /** Known by their form alone, whoever's they are. */
  const forms = [
    `کد ملی ${nationalId}`,
    `کد ${persian(nationalId)}`,
    `تلفن ${citizen.phone}`,
    `یا ${persian(citizen.phone)}`,
    `+98 ${apart}`,
    `0098${subscriber}`,
    `رایانامه ${citizen.email}`,
  ];
  const spellings = [...names, ...forms];
  let planted = 0;
  const written = (among: string[]) => (count: number) => {
    const first = planted;
    planted += count;
    return Array.from({ length: count }, (_, n) => among[(first + n) % among.length]).join("؛ ");
  };
  return {
    citizen,
    /** By which each is known again, wherever it is found. */
    needles: [given, family, nationalId, subscriber, citizen.email],
    /** A text with so many of them. */
    text: written(spellings),
    /** As an agency may come to write it that was not told the name: its texts are compared with nobody. */
    textOfAgency: written(forms),
    count: () => planted,
  };
}
export type Someone = ReturnType<typeof someone>;

/** Those of the needles that are in the text, found in one pass however many there are. */
export function leaked(needles: ReadonlySet<string>, text: string): string[] {
  const latin = text.replace(/[۰-۹]/g, (digit) => String("۰۱۲۳۴۵۶۷۸۹".indexOf(digit)));
  const joined = latin.replace(/(?<=\d)[\s\-().\u200c]+(?=\d)/g, "");
  const parts = new Set<string>();
  for (const [part] of latin.matchAll(/[\w.]+@[\w.]+|[\p{L}\p{M}]+|\d+/gu)) parts.add(part);
  for (const [run] of joined.matchAll(/\d{10,}/g))
    for (let from = 0; from + 10 <= run.length; from++) parts.add(run.slice(from, from + 10));
  return [...parts].filter((part) => needles.has(part));
}
