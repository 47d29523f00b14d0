import { randomInt } from "node:crypto";
import { latinDigits } from "#shared/domain/text.ts";

/** Words that stand nowhere else, so that wherever one is found again it came from what the test sent. */
export function canaries() {
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
export function found(needles: Iterable<string>, text: string): string[] {
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
