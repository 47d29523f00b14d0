import { latinDigits } from "../text.ts";
import type { TextSpan } from "./decoded-text.ts";
import type { IsIdentityToken } from "./identity.ts";
import { numberWord } from "./number-words.ts";

/** An e-mail address with the characters that the API accepts in addresses. */
const plainAddress = /(?<![\w.'+\p{Nd}-])[\w.'+\p{Nd}-]+@(?:[a-z\d-]+\.)+[a-z]{2,}/giu;

/** Spaces, hyphens and brackets, which people put around words such as "dot". */
const gaps = String.raw`[\s\p{Cf}()[\]{}<>-]`;
const [gap, optionalGap] = [`${gaps}{1,3}`, `${gaps}{0,3}`];
/** Mail providers: their domain, and the names that people write for them. */
const mailProviders: [string, string][] = [
  ["gmail.com", `g${optionalGap}mail|جی${optionalGap}میل`],
  ["yahoo.com", "yahoo|یاهو"],
  ["hotmail.com", `hot${optionalGap}mail|هات${optionalGap}میل`],
  ["outlook.com", `outlook|[آا]وت${optionalGap}لوک`],
  ["icloud.com", `icloud|[آا]ی${optionalGap}کلاد`],
  ["chmail.ir", `chmail|چی?${optionalGap}میل`],
  ["ymail.com", `ymail|وای${optionalGap}میل`],
];
const providerName = mailProviders.map(([, names]) => names).join("|");
const dot = "(?:dot|دات|نقطه)";
const line = `(?:[آا]ندر${optionalGap}لاین|خط${optionalGap}تیره|underscore|dash)`;
const label = String.raw`[\p{L}\p{M}\p{Nd}+'_]+`;
const local = String.raw`(?<![\p{L}\p{M}\p{Nd}.+'_-])${label}(?:(?:[.-]|${gap}(?:${dot}|${line})${gap})${label}|\s\p{Nd}+|${gap}(?:و${gap})?${numberWord}(?![\p{L}\p{M}])){0,6}`;
const atSign = String.raw`(?:${optionalGap}[@＠]${optionalGap}|\s?[([{<]\s?(?:at|[آا]ت)\s?[)\]}>]\s?)`;
const atWord = `${gap}(?:at|[آا]َ?ت(?:${optionalGap}ساین)?|[آا]د${optionalGap}ساین)${gap}`;
const ending = String.raw`(?:com|ir|net|org|info|co|کام|نت|ارگ|[آا]ی${optionalGap}[آا]ر)(?![\p{L}\p{M}])`;
const providers = `(?:${providerName}|mail|میل)`;
const anyDot = String.raw`${optionalGap}(?:\.|${dot})${optionalGap}`;
const atProvider = String.raw`${providers}(?:(?:${anyDot}|[\s,،]{0,2})${ending})?(?![\p{L}\p{M}\p{Nd}])`;
const spokenDomain = `(?:${label}${optionalGap}${dot}${optionalGap}){1,3}${ending}`;
const typedDomain = String.raw`[a-z\d-]+(?:\.[a-z\d-]+)*(?:\.[a-z]{2,}|${anyDot}${ending})`;

/**
 * Addresses that are dictated, or spelled out to hide them from programs. A function, because Node takes long to
 * compile an expression with classes of letters, and most runs mask no text.
 */
const spelledAddress = () =>
  new RegExp(
    `${local}(?:${atSign}(?:${spokenDomain}|${typedDomain}|${atProvider})|${atWord}(?:${spokenDomain}|${atProvider}))`,
    "giu",
  );

/** An address without its `@`: "karimi.mr64gmail.com". */
const joinedAddress =
  /(?<![\w.'+-])[\w.'+-]+?(?<=\w)(?:gmail|yahoo|hotmail|outlook|icloud|chmail|ymail)[.,]?(?:com|ir)(?!\w)/giu;

/**
 * Letters and digits before the `@`. An address begins with up to four such pieces: "karimi.mr64", "karimi نقطه mr64".
 */
const piece = /[a-z\p{Nd}]+/giu;
const betweenPieces = new RegExp(String.raw`^(?:[\s.'+_-]{1,3}|${gap}(?:${dot}|${line})${gap})$`, "iu");
const mostPieces = 4;
/** Signs and words between the letters. They are dropped, because people write them in different ways. */
const betweenLetters = new RegExp(`${dot}|${line}|[^a-z\\d]`, "giu");
/** A shorter beginning may be an English word. */
const shortestBeginning = 5;
/** The end of an address that has no `@`, or another sign instead: " جیمیل", "#gmail.com", " at mail.example". */
const signs = String.raw`[\s\p{P}\p{S}\p{Cf}]`;
const missingAtSign = `${signs}{1,4}(?:(?:a|at|on|dar|[آا]ت|[آا]د${optionalGap}ساین|روی?|توی?|در|${dot})${signs}{1,3})?`;
const namedDomain = String.raw`(?<domain>(?:[a-z\d-]{1,40}\.){1,4}[a-z]{2,20})|(?<named>${providerName})(?:${anyDot}${ending})?`;
const restOfAddress = () => new RegExp(`${missingAtSign}(?:${namedDomain})(?![\\p{L}\\p{M}\\p{Nd}])`, "iuy");

/** Returns the tokens of the citizen's e-mail address: the whole address, and the letters and digits before its `@`. */
export function emailTokens(email: string): string[] {
  const whole = email.toLowerCase();
  return [whole, ...beginningTokens(whole.split("@")[0] ?? "")];
}

/** Finds all e-mail addresses in a text. The citizen's own address is also found without its `@` or its domain. */
export function emailAddresses(text: string, isGiven: IsIdentityToken): TextSpan[] {
  const whole = [plainAddress, spelledAddress(), joinedAddress].flatMap((form) => [...text.matchAll(form)]);
  return [...whole.map(spanOf), ...addressesWithoutAtSign(text, isGiven)];
}

function addressesWithoutAtSign(text: string, isGiven: IsIdentityToken): TextSpan[] {
  const pieces = [...text.matchAll(piece)].map(spanOf);
  return pieces.flatMap(({ to }, n) => {
    const { end, domains, isProvider } = domainFrom(text, to);
    const isAddress = (from: number) => {
      const beginning = text.slice(from, to);
      const whole = domains.map((domain) => `${beginning}@${domain}`.toLowerCase());
      return [...beginningTokens(beginning), ...whole].some(isGiven) || (isProvider && hasDigitsOrDots(beginning));
    };
    const from = beginningsOf(text, pieces.slice(Math.max(0, n + 1 - mostPieces), n + 1)).find(isAddress);
    return from === undefined ? [] : [{ from, to: end }];
  });
}

/**
 * Returns the places where an address may begin that ends with the last of these pieces. The longest address comes
 * first.
 */
function beginningsOf(text: string, pieces: TextSpan[]): number[] {
  const firstConnected = pieces.findLastIndex(
    ({ from }, n) => n > 0 && !betweenPieces.test(text.slice(pieces[n - 1]?.to, from)),
  );
  return pieces.slice(Math.max(0, firstConnected)).map(({ from }) => from);
}

/**
 * Reads the domain of an address whose beginning ends at `from`. `end`: where the domain ends. `domains`: the domains
 * that may be meant. `isProvider`: whether it is the name of a mail provider.
 */
function domainFrom(text: string, from: number): { end: number; domains: string[]; isProvider: boolean } {
  const rest = restOfAddress();
  rest.lastIndex = from;
  const { 0: written = "", groups: { domain, named } = {} } = rest.exec(text) ?? {};
  const meant = mailProviders.filter(([, names]) => named && new RegExp(`^(?:${names})$`, "iu").test(named));
  const domains = [...(domain ? [domain] : []), ...meant.map(([meantDomain]) => meantDomain)];
  return { end: from + written.length, domains, isProvider: named !== undefined };
}

/** Returns whether a beginning has digits or dots among its letters. Words of a sentence have none. */
function hasDigitsOrDots(beginning: string): boolean {
  return /^(?=.*[a-z])\S*[\p{Nd}._]\S*$/iu.test(beginning);
}

function beginningTokens(beginning: string): string[] {
  const letters = latinDigits(beginning).replace(betweenLetters, "").toLowerCase();
  return letters.length >= shortestBeginning && /[a-z]/.test(letters) ? [`${letters}@`] : [];
}

function spanOf({ 0: written, index: from }: RegExpExecArray): TextSpan {
  return { from, to: from + written.length };
}
