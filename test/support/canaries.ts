import { randomInt } from "node:crypto";
import { latinDigits } from "#shared/text.ts";

/** Words that stand nowhere else, so that wherever one is found again it came from what the test sent. */
export function createUniqueIdentity() {
  const nationalId = aNationalId();
  const subscriber = digits(7);
  const [given, family] = [aWord(), aWord()];
  return {
    /** Who complains. */
    citizen: {
      name: `${given} ${family}`,
      nationalId,
      phone: `0912${subscriber}`,
      email: `${aLatinWord()}@mail.example`,
    },
    /** The citizen as others may write it. */
    identity: { given, family, nationalId, subscriber: `912${subscriber}` },
    word: aLatinWord,
  };
}

/** Those of the needles that are in the text, in any script and with whatever stands between digits. */
export function needlesFound(needles: Iterable<string>, text: string): string[] {
  const bare = latinDigits(text);
  const joined = bare.replace(/(?<=\d)[\s\-().\u200c]+(?=\d)/g, "");
  return [...needles].filter((needle) => bare.includes(needle) || joined.includes(needle));
}

const aWord = () => pick("بپتجدرزسشفقکگلمنه", 9);
const aLatinWord = () => `canary${pick("bcdfghjkmnpqrstvwxz", 9)}`;
const digits = (count: number) => pick("0123456789", count);

function pick(alphabet: string, count: number): string {
  return Array.from({ length: count }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/** Ten digits whose last one checks the others. */
function aNationalId(): string {
  const nine = `0${digits(8)}`;
  const rest = [...nine].reduce((sum, digit, n) => sum + Number(digit) * (10 - n), 0) % 11;
  return `${nine}${rest < 2 ? rest : 11 - rest}`;
}

/** Somebody who gives all of themselves, and writes it wherever a text may be written. */
export function createComplainant() {
  const { citizen, identity } = createUniqueIdentity();
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
export type Complainant = ReturnType<typeof createComplainant>;

/** Those of the needles that are in the text, found in one pass however many there are. */
export function needlesLeaked(needles: ReadonlySet<string>, text: string): string[] {
  const latin = text.replace(/[۰-۹]/g, (digit) => String("۰۱۲۳۴۵۶۷۸۹".indexOf(digit)));
  const joined = latin.replace(/(?<=\d)[\s\-().\u200c]+(?=\d)/g, "");
  const parts = new Set<string>();
  for (const [part] of latin.matchAll(/[\w.]+@[\w.]+|[\p{L}\p{M}]+|\d+/gu)) parts.add(part);
  for (const [run] of joined.matchAll(/\d{10,}/g))
    for (let from = 0; from + 10 <= run.length; from++) parts.add(run.slice(from, from + 10));
  return [...parts].filter((part) => needles.has(part));
}
